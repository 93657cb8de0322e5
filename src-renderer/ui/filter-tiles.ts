/**
 * The kernels of a convolution as one small map per filter. `values` lie in the order `[…places, inputs, filters]` (as
 * TensorFlow keeps them; sequences have places along one axis, pictures along two, volumes along three); `input` picks one
 * input channel, null gives the mean over all of them.
 */
export function filterTiles(values: Float32Array, shape: readonly number[], input: number | null): Float32Array[] {
  const { places, inputs, filters } = sizesOf(shape)
  const first = input ?? 0
  const last = input ?? inputs - 1
  return Array.from({ length: filters }, (_value, filter) => {
    const tile = new Float32Array(places)
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

/** The kernels of a convolution of sequences as one map per filter: a row for each input channel, along it the places. */
export function stripTiles(values: Float32Array, shape: readonly number[]): Float32Array[] {
  const { places, inputs, filters } = sizesOf(shape)
  return Array.from({ length: filters }, (_value, filter) =>
    Float32Array.from({ length: inputs * places }, (_weight, index) => {
      const [channel, place] = [Math.floor(index / places), index % places]
      return values[(place * inputs + channel) * filters + filter] ?? Number.NaN
    }),
  )
}

/**
 * The kernels of a convolution over red, green and blue as one colour picture per filter, three bytes a place: middle
 * grey is zero, the ends of `range` are 0 and 255.
 */
export function colourTiles(
  values: Float32Array,
  shape: readonly number[],
  [low, high]: readonly [number, number],
): Uint8ClampedArray[] {
  const { places, inputs, filters } = sizesOf(shape)
  return Array.from({ length: filters }, (_value, filter) =>
    Uint8ClampedArray.from({ length: places * 3 }, (_byte, index) => {
      const weight = values[(Math.floor(index / 3) * inputs + (index % 3)) * filters + filter] ?? Number.NaN
      return ((weight - low) / (high - low || 1)) * 255
    }),
  )
}

function sizesOf(shape: readonly number[]): { places: number; inputs: number; filters: number } {
  const [inputs = 0, filters = 0] = shape.slice(-2)
  return { places: shape.slice(0, -2).reduce((product, size) => product * size, 1), inputs, filters }
}
