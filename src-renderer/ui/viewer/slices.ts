import type { BytePicture } from '../pixels'

/** The axes of a volume along which it can be cut. */
export const cutAxes = ['depth', 'height', 'width'] as const
export type CutAxis = (typeof cutAxes)[number]

/** `[depth, height, width, channels]`, channels last. */
type VolumeShape = readonly [number, number, number, number]

/** A volume's four sizes, whatever is missing taken for one. */
export function volumeShape([depth = 1, height = 1, width = 1, channels = 1]: readonly number[]): VolumeShape {
  return [depth, height, width, channels]
}

/** How many slices there are along an axis. */
export function sliceCount(shape: readonly number[], axis: CutAxis): number {
  return volumeShape(shape)[cutAxes.indexOf(axis)] ?? 1
}

/** Height and width of a slice: of one across the depth its rows and columns, of the others depth is a side. */
export function sliceSize(shape: readonly number[], axis: CutAxis): { height: number; width: number } {
  const [depth, height, width] = volumeShape(shape)
  if (axis === 'depth') return { height, width }
  return axis === 'height' ? { height: depth, width } : { height: depth, width: height }
}

/** Where the values of a point of a slice begin, among all values of the volume. */
export function valueAt(shape: readonly number[], axis: CutAxis, slice: number, x: number, y: number): number {
  const [, height, width, channels] = volumeShape(shape)
  const [z, row, column] = axis === 'depth' ? [slice, y, x] : axis === 'height' ? [y, slice, x] : [y, x, slice]
  return ((z * height + row) * width + column) * channels
}

/** One slice of a volume as a picture; `data` are the bytes of the whole. */
export function sliceOf(shape: readonly number[], data: Uint8Array, axis: CutAxis, slice: number): BytePicture {
  const channels = volumeShape(shape)[3]
  const { height, width } = sliceSize(shape, axis)
  const picture = new Uint8Array(height * width * channels)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = valueAt(shape, axis, slice, x, y)
      picture.set(data.subarray(from, from + channels), (y * width + x) * channels)
    }
  }
  return { height, width, channels, data: picture }
}
