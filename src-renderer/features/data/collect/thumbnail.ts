import type { CollectionKind } from '@shared/data/collection'
import { toRgba } from '@/ui/pixels'
import { pictureOf } from '../thumbnails'
import { readNpy } from './npy'

/** What is known of a sample that lies in a collection: how it looks, and of a sound how it sounds. */
export interface Look {
  readonly picture: ImageBitmap
  readonly sound: { readonly channels: readonly Float32Array<ArrayBuffer>[]; readonly rate: number } | null
}

/** The picture that stands for a file, `side` pixels at most; undefined where the browser cannot show it. */
export async function lookOf(
  kind: CollectionKind,
  file: Uint8Array<ArrayBuffer>,
  side: number,
): Promise<Look | undefined> {
  try {
    if (kind === 'sounds') return await soundLook(file, side)
    const clip = kind === 'volumes' ? readNpy(file) : undefined
    if (clip) return { picture: await bitmap(clip.shape, clip.values, side), sound: null }
    const picture = await createImageBitmap(new Blob([file]), { resizeWidth: side, resizeQuality: 'high' })
    return { picture, sound: null }
  } catch {
    // A format of which only the engine knows.
    return undefined
  }
}

async function soundLook(file: Uint8Array<ArrayBuffer>, side: number): Promise<Look> {
  // It brings every sound to its own rate, which only has to be one that can be played.
  const context = new OfflineAudioContext(1, 1, 44_100)
  const buffer = await context.decodeAudioData(file.slice().buffer)
  const channels = Array.from({ length: buffer.numberOfChannels }, (_value, n) => buffer.getChannelData(n))
  const [first = new Float32Array(1)] = channels
  const bytes = Uint8Array.from(first, (value) => Math.round(127.5 + 127.5 * Math.max(-1, Math.min(1, value))))
  return { picture: await bitmap([bytes.length, 1], bytes, side), sound: { channels, rate: buffer.sampleRate } }
}

function bitmap(shape: readonly number[], values: Uint8Array, side: number): Promise<ImageBitmap> {
  const picture = pictureOf(shape, values, side)
  return createImageBitmap(new ImageData(toRgba(picture), picture.width, picture.height))
}
