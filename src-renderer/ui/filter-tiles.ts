/**
 * The kernels of a convolution as one small map per filter. `values` lie in the order `[height, width, inputs, filters]`
 * (as TensorFlow keeps them); `input` picks one input channel, null gives the mean over all of them.
 */
export function filterTiles(
  values: Float32Array,
  [height = 0, width = 0, inputs = 0, filters = 0]: readonly number[],
  input: number | null,
): Float32Array[] {
  const first = input ?? 0
  const last = input ?? inputs - 1
  return Array.from({ length: filters }, (_value, filter) => {
    const tile = new Float32Array(height * width)
    for (let place = 0; place < tile.length; place++) {
      let sum = 0
      for (let channel = first; channel <= last; channel++) {
        sum += values[(place * inputs + channel) * filters + filter] ?? Number.NaN
      }
      tile[place] = sum / (last - first + 1)
    }
    return tile
  })
}

/**
 * The kernels of a convolution over red, green and blue as one colour picture per filter, three bytes a place: middle
 * grey is zero, the ends of `range` are 0 and 255.
 */
export function colourTiles(
  values: Float32Array,
  [height = 0, width = 0, inputs = 0, filters = 0]: readonly number[],
  [low, high]: readonly [number, number],
): Uint8ClampedArray[] {
  return Array.from({ length: filters }, (_value, filter) =>
    Uint8ClampedArray.from({ length: height * width * 3 }, (_byte, index) => {
      const weight = values[(Math.floor(index / 3) * inputs + (index % 3)) * filters + filter] ?? Number.NaN
      return ((weight - low) / (high - low || 1)) * 255
    }),
  )
}
