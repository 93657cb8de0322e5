import type { SamplePage } from '@shared/data/dataset'
import { toRgba } from '@/ui/pixels'

/** Height, width and channels of one sample; what a shape leaves out is 1. */
export function pictureShape(shape: readonly number[]): { height: number; width: number; channels: number } {
  const [height = 1, width = 1, channels = 1] = shape
  return { height, width, channels }
}

/**
 * The side of a thumbnail's square in CSS pixels, near to what is wanted: a picture that is shown enlarged gets a whole
 * number of the screen's own pixels for each of its own (`ratio` of them make a CSS pixel), so that all look alike.
 */
export function thumbnailSide(wanted: number, shape: readonly number[], ratio: number): number {
  const { height, width } = pictureShape(shape)
  const longest = Math.max(height, width)
  const zoom = (wanted * ratio) / longest
  return zoom < 1 ? wanted : (longest * Math.round(zoom)) / ratio
}

const sprites = new WeakMap<SamplePage, OffscreenCanvas>()

/** A page's pictures one below the other, ready to be drawn from; made once for each page. */
export function spriteOf(page: SamplePage): OffscreenCanvas {
  const known = sprites.get(page)
  if (known) return known
  const { height, width, channels } = pictureShape(page.shape)
  const rows = Math.max(1, height * page.indices.length)
  const sprite = new OffscreenCanvas(width, rows)
  const rgba = toRgba({ height: rows, width, channels, data: page.pixels })
  sprite.getContext('2d')?.putImageData(new ImageData(rgba, width, rows), 0, 0)
  sprites.set(page, sprite)
  return sprite
}

/** The bytes of one sample of a page. */
export function samplePixels(page: SamplePage, offset: number): Uint8Array {
  const { height, width, channels } = pictureShape(page.shape)
  const size = height * width * channels
  return page.pixels.subarray(offset * size, (offset + 1) * size)
}
