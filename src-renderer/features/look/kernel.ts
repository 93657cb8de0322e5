/** A kernel's weights in TensorFlow's order, `[height, width, inputs, filters]`. */
export interface Kernel {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

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
  const filters = shape[3] ?? 1
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

/**
 * The side of a mosaic's tiles in pixels, so that `count` of them fill a place as well as they can: the largest of
 * `sides` with which all rows fit, else the smallest. `gap` is what a tile needs beside it, `caption` below it.
 */
export function tileSide(
  count: number,
  room: { readonly width: number; readonly height: number },
  { sides, gap, caption }: { readonly sides: readonly number[]; readonly gap: number; readonly caption: number },
): number {
  const fitting = sides.filter((side) => {
    const columns = Math.max(1, Math.floor(room.width / (side + gap)))
    return Math.ceil(count / columns) * (side + caption) <= room.height && side + gap <= room.width
  })
  return fitting.length > 0 ? Math.max(...fitting) : Math.min(...sides)
}
