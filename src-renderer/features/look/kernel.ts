import type { Kernel } from '@/ui/kernel-pictures'

/** One filter's weights in numbers. */
export interface FilterNumbers {
  readonly lowest: number
  readonly highest: number
  readonly mean: number
  /** The Euclidean length of the filter over all its input channels. */
  readonly norm: number
}

/** The weights of one filter, over all input channels. */
export function filterNumbers({ shape, values }: Kernel, filter: number): FilterNumbers {
  const filters = shape.at(-1) ?? 1
  let lowest = Infinity
  let highest = -Infinity
  let sum = 0
  let squares = 0
  let count = 0
  for (let index = filter; index < values.length; index += filters) {
    const value = values[index] ?? 0
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
    sum += value
    squares += value * value
    count++
  }
  return { lowest, highest, mean: sum / count, norm: Math.sqrt(squares) }
}

/** The smallest and the largest weight of the whole kernel; zeros for an empty one. */
export function kernelBounds(values: Float32Array): readonly [number, number] {
  let lowest = Infinity
  let highest = -Infinity
  for (const value of values) {
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  return lowest > highest ? [0, 0] : [lowest, highest]
}

interface TileSizes {
  readonly sides: readonly number[]
  /** What a tile needs beside it. */
  readonly gap: number
  /** What it needs below it. */
  readonly caption: number
  /** What a tile of a side measures. */
  readonly sizeOf: (side: number) => { readonly width: number; readonly height: number }
}

/**
 * The side of a mosaic's tiles in pixels, so that `count` of them fill a place as well as they can: the largest of
 * `sides` with which all rows fit, else the smallest.
 */
export function tileSide(
  count: number,
  room: { readonly width: number; readonly height: number },
  { sides, gap, caption, sizeOf }: TileSizes,
): number {
  const fitting = sides.filter((side) => {
    const { width, height } = sizeOf(side)
    const columns = Math.max(1, Math.floor(room.width / (width + gap)))
    return Math.ceil(count / columns) * (height + caption) <= room.height && width + gap <= room.width
  })
  return fitting.length > 0 ? Math.max(...fitting) : Math.min(...sides)
}
