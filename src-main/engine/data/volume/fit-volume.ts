/** Numbers of a volume `[depth, height, width, channels]`, as they lie in a file. */
export interface Volume {
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/**
 * A volume scaled to another depth, height and width, axis by axis: linearly between the centres of voxels where it grows,
 * by the mean under a triangle as wide as a new voxel's neighbourhood where it shrinks, so that nothing is left out.
 */
export function scaleVolume({ shape, values }: Volume, to: readonly number[]): Float32Array {
  const sizes = [...shape]
  let scaled = Float32Array.from(values)
  for (let axis = 0; axis < 3; axis++) {
    const size = to[axis] ?? 1
    scaled = scaleAxis(scaled, sizes, axis, size)
    sizes[axis] = size
  }
  return scaled
}

function scaleAxis(
  values: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  axis: number,
  to: number,
): Float32Array<ArrayBuffer> {
  const from = shape[axis] ?? 1
  if (from === to) return values
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const outer = values.length / from / inner
  const scaled = new Float32Array(outer * to * inner)
  const line = new Float64Array(inner)
  const taps = Array.from({ length: to }, (_, n) => tapsOf(n, from, to))
  for (let block = 0; block < outer; block++) {
    for (const [n, { first, weights }] of taps.entries()) {
      line.fill(0)
      for (const [offset, weight] of weights.entries()) {
        const start = (block * from + first + offset) * inner
        for (let at = 0; at < inner; at++) line[at] = (line[at] ?? 0) + weight * (values[start + at] ?? 0)
      }
      scaled.set(line, (block * to + n) * inner)
    }
  }
  return scaled
}

/** Which old places the new place `n` is made of, and how much of each; the shares add up to 1. */
function tapsOf(n: number, from: number, to: number): { readonly first: number; readonly weights: readonly number[] } {
  const scale = from / to
  const reach = Math.max(1, scale)
  const center = (n + 0.5) * scale
  const first = Math.max(0, Math.floor(center - reach))
  const last = Math.min(from, Math.ceil(center + reach))
  const shares = Array.from({ length: last - first }, (_, at) =>
    Math.max(0, 1 - Math.abs(first + at + 0.5 - center) / reach),
  )
  const sum = shares.reduce((total, share) => total + share, 0)
  return { first, weights: shares.map((share) => share / sum) }
}

/**
 * A volume cut and filled up around its middle to another depth, height and width, its voxels as they are. What is added
 * has the volume's lowest value: air in a scan, black in pictures. Of an odd difference the larger half stands behind.
 */
export function centerVolume({ shape, values }: Volume, to: readonly number[]): Float32Array {
  const [depth = 1, height = 1, width = 1, channels = 1] = shape
  const [slices = 1, rows = 1, columns = 1] = to
  const placed = new Float32Array(slices * rows * columns * channels).fill(lowest(values))
  const [z, y, x] = [overlap(depth, slices), overlap(height, rows), overlap(width, columns)]
  for (let slice = 0; slice < z.length; slice++) {
    for (let row = 0; row < y.length; row++) {
      const from = (((slice + z.from) * height + row + y.from) * width + x.from) * channels
      const start = (((slice + z.to) * rows + row + y.to) * columns + x.to) * channels
      for (let at = 0; at < x.length * channels; at++) placed[start + at] = values[from + at] ?? 0
    }
  }
  return placed
}

/** Where the shared middle of a line of `from` places and one of `to` begins in each, and how long it is. */
function overlap(from: number, to: number): { from: number; to: number; length: number } {
  return {
    from: Math.max(0, Math.floor((from - to) / 2)),
    to: Math.max(0, Math.floor((to - from) / 2)),
    length: Math.min(from, to),
  }
}

function lowest(values: ArrayLike<number>): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < values.length; at++) least = Math.min(least, values[at] ?? 0)
  return Number.isFinite(least) ? least : 0
}
