import type { ClipForm } from '@shared/data/collection'
import { npyFile } from './npy'

/** A picture's size, in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What of a picture is taken so that it fills another one whole, without being stretched: its middle. */
export function middleOf(source: Size, target: Size): { x: number; y: number } & Size {
  const scale = Math.min(source.width / target.width, source.height / target.height)
  const [width, height] = [target.width * scale, target.height * scale]
  return { x: (source.width - width) / 2, y: (source.height - height) / 2, width, height }
}

/** Something that is drawn again and again in one size: a camera's pictures, a video's frames. */
export class FrameCanvas {
  readonly #canvas: OffscreenCanvas
  readonly #context: OffscreenCanvasRenderingContext2D

  constructor(readonly size: Size) {
    this.#canvas = new OffscreenCanvas(size.width, size.height)
    const context = this.#canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('There is no canvas to draw on')
    context.imageSmoothingQuality = 'high'
    this.#context = context
  }

  /** Draws the middle of what a video shows now, turned as in a mirror if wanted. */
  draw(video: HTMLVideoElement, mirror = false): void {
    const { width, height } = this.size
    const from = middleOf({ width: video.videoWidth, height: video.videoHeight }, this.size)
    this.#context.setTransform(mirror ? -1 : 1, 0, 0, 1, mirror ? width : 0, 0)
    this.#context.drawImage(video, from.x, from.y, from.width, from.height, 0, 0, width, height)
  }

  png(): Promise<Uint8Array<ArrayBuffer>> {
    return pngOf(this.#canvas)
  }

  /** The values, channels last: red, green and blue, or their luma (ITU-R BT.601) alone. */
  values(channels: 1 | 3): Uint8Array {
    return withoutAlpha(this.#context.getImageData(0, 0, this.size.width, this.size.height).data, channels)
  }
}

/** What a canvas shows as a file. */
export async function pngOf(canvas: OffscreenCanvas): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

/** Red, green, blue and alpha without alpha, or as grey. */
export function withoutAlpha(rgba: Uint8ClampedArray, channels: 1 | 3): Uint8Array {
  const pixels = rgba.length / 4
  const values = new Uint8Array(pixels * channels)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [red = 0, green = 0, blue = 0] = [rgba[pixel * 4], rgba[pixel * 4 + 1], rgba[pixel * 4 + 2]]
    if (channels === 1) values[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
    else values.set([red, green, blue], pixel * 3)
  }
  return values
}

/** Frames one after another as a volume, in NumPy's format. */
export function clipFile(
  frames: readonly Uint8Array[],
  { height, width, channels }: ClipForm,
): Uint8Array<ArrayBuffer> {
  const size = height * width * channels
  const values = new Uint8Array(frames.length * size)
  frames.forEach((frame, n) => values.set(frame, n * size))
  return npyFile([frames.length, height, width, channels], values)
}
