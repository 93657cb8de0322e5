import type { SamplePage } from '@shared/data/dataset'
import { toRgba, type BytePicture } from '@/ui/pixels'
import { samplePicture } from '@/ui/viewer/sample-picture'

/** The side of a sound's picture in a grid. */
const waveSide = 64

type PictureShape = Pick<BytePicture, 'height' | 'width' | 'channels'>

/**
 * Height, width and channels of the picture that stands for a sample: a picture itself, a volume's middle slice, of a
 * sequence its course.
 */
export function pictureShape(shape: readonly number[]): PictureShape {
  if (shape.length < 3) return { height: waveSide, width: waveSide, channels: 1 }
  const [height = 1, width = 1, channels = 1] = shape.slice(-3)
  return { height, width, channels }
}

/** The picture that stands for a sample, whose bytes are `pixels`. */
export function pictureOf(shape: readonly number[], pixels: Uint8Array, width = waveSide): BytePicture {
  return samplePicture(shape, pixels, { wave: { width, height: waveSide } })
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
  const { height, width } = pictureShape(page.shape)
  const sprite = new OffscreenCanvas(width, Math.max(1, height * page.rows.length))
  const context = sprite.getContext('2d')
  for (let at = 0; at < page.rows.length; at++) {
    const picture = pictureOf(page.shape, samplePixels(page, at))
    context?.putImageData(new ImageData(toRgba(picture), width, height), 0, at * height)
  }
  sprites.set(page, sprite)
  return sprite
}

/** The bytes of one sample of a page. */
export function samplePixels(page: SamplePage, offset: number): Uint8Array {
  const size = page.shape.reduce((product, axis) => product * axis, 1)
  return page.pixels.subarray(offset * size, (offset + 1) * size)
}
