import type { CapturedSample } from '@shared/data/collection'
import { pngOf } from './frames'

/** Pictures without a file of their own (pasted, or dragged out of a browser), as samples; what is no picture is left out. */
export async function pastedPictures(files: readonly File[]): Promise<CapturedSample[]> {
  const samples: CapturedSample[] = []
  for (const file of files) {
    const bytes = await asPng(file)
    if (bytes) samples.push({ name: 'pasted', format: 'png', bytes })
  }
  return samples
}

async function asPng(file: File): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (file.type === 'image/png') return new Uint8Array(await file.arrayBuffer())
  try {
    const picture = await createImageBitmap(file)
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    return await pngOf(canvas)
  } catch {
    return undefined
  }
}
