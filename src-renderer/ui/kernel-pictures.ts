import { signedScale } from './colour-scales'
import { colourTiles, filterTiles, stripTiles } from './filter-tiles'
import type { PixelSource } from './pixels'

/** Weights in TensorFlow's order, `[…places, inputs, filters]`: places along one axis, two, or three. */
export interface Kernel {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** What is drawn of the input channels: their mean, all side by side, all as red, green and blue, or one by its place. */
export type KernelView = 'mean' | 'strip' | 'colour' | number

/** A range of weights, symmetric around zero. */
type Range = readonly [number, number]

/** How large one filter's picture is on screen, and how many of its pixels one of the picture's takes. */
export interface TileBox {
  readonly width: number
  readonly height: number
  readonly zoom: number
}

/** One filter as it is drawn, and the values that are. */
export interface KernelPicture {
  readonly source: PixelSource
  readonly values: Float32Array
}

/** A curve is so many times wider than it is high. */
const curveAspect = 1.5

/** The axes that a kernel is moved along: 1 for sequences, 2 for pictures, 3 for volumes. */
export function axesOf({ shape }: Pick<Kernel, 'shape'>): number {
  return shape.length - 2
}

/** The views that a kernel has, the one to begin with first; where there is one channel, there is nothing to choose. */
export function viewsOf(kernel: Pick<Kernel, 'shape'>): readonly KernelView[] {
  const inputs = kernel.shape.at(-2) ?? 1
  if (inputs === 1) return ['mean']
  const together = axesOf(kernel) === 1 ? (['strip'] as const) : inputs === 3 ? (['colour'] as const) : []
  return [...together, 'mean', ...Array.from({ length: inputs }, (_, channel) => channel)]
}

/**
 * Where a filter is drawn: a picture or one slice of a volume with its longer side `side` pixels long, slices side by side;
 * a sequence as high as that.
 */
export function tileBox(shape: readonly number[], side: number): TileBox {
  if (shape.length === 3) return { width: Math.round(side * curveAspect), height: Math.round(side), zoom: 1 }
  const { height, width, columns, rows } = slicesOf(shape)
  const zoom = side / Math.max(height, width)
  return { width: zoom * (columns * (width + 1) - 1), height: zoom * (rows * (height + 1) - 1), zoom }
}

/** Each filter of a kernel as a picture for a tile of that side; all through one scale, so that they can be compared. */
export function kernelPictures(kernel: Kernel, view: KernelView, range: Range, side: number): KernelPicture[] {
  const { values, shape } = kernel
  const box = tileBox(shape, side)
  if (view === 'strip') {
    const size = { places: shape[0] ?? 1, inputs: shape[1] ?? 1 }
    return stripTiles(values, shape).map((tile) => ({ values: tile, source: stripOf(tile, size, range, box) }))
  }
  const tiles = filterTiles(values, shape, typeof view === 'number' ? view : null)
  if (axesOf(kernel) === 1) return tiles.map((tile) => ({ values: tile, source: curveOf(tile, range, box) }))
  const slices = slicesOf(shape)
  const colours = view === 'colour' ? colourTiles(values, shape, range) : []
  return tiles.map((tile, filter) => ({
    values: tile,
    source: inRows(slices, tile, colours[filter], range),
  }))
}

/**
 * A row of weights as columns that stand on zero or hang from it, each in the colour of its weight. Where there are more
 * weights than columns, a column reaches from the lowest to the highest of its own.
 */
function curveOf(weights: Float32Array, range: Range, box: TileBox): PixelSource {
  const half = Math.max(1, Math.floor((box.height - 1) / 2))
  const height = 2 * half + 1
  // Each weight gets the same number of columns, where there are enough of them.
  const { width } = box
  const columns = weights.length < width ? weights.length * Math.floor(width / weights.length) : width
  const data = new Float32Array(height * columns).fill(Number.NaN)
  const reach = (weight: number) => Math.round((Math.abs(weight) / (range[1] || 1)) * half)
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * weights.length) / columns)
    const last = Math.max(first + 1, Math.floor(((column + 1) * weights.length) / columns))
    const own = weights.subarray(first, last)
    const [low, high] = [Math.min(0, ...own), Math.max(0, ...own)]
    for (let row = 1; row <= reach(high); row++) data[(half - row) * columns + column] = high
    for (let row = 1; row <= reach(low); row++) data[(half + row) * columns + column] = low
  }
  return { height, width: columns, data, scale: signedScale, range }
}

/** All channels of a filter over sequences, one below the other, each weight stretched so that they fill the tile. */
function stripOf(
  weights: Float32Array,
  { places, inputs }: { readonly places: number; readonly inputs: number },
  range: Range,
  box: TileBox,
): PixelSource {
  const [across, down] = [Math.max(1, Math.floor(box.width / places)), Math.max(1, Math.floor(box.height / inputs))]
  const [width, height] = [places * across, inputs * down]
  const data = new Float32Array(width * height)
  for (let at = 0; at < data.length; at++) {
    const [row, column] = [Math.floor(at / width), at % width]
    data[at] = weights[Math.floor(row / down) * places + Math.floor(column / across)] ?? Number.NaN
  }
  return { height, width, data, scale: signedScale, range }
}

interface Slices {
  readonly depth: number
  readonly height: number
  readonly width: number
  readonly columns: number
  readonly rows: number
}

/** The slices of a kernel and how they are laid out: up to five in one row, more in a square. */
function slicesOf(shape: readonly number[]): Slices {
  const [depth = 1, height = 1, width = 1] = [1, ...shape.slice(0, -2)].slice(-3)
  const columns = depth <= 5 ? depth : Math.ceil(Math.sqrt(depth))
  return { depth, height, width, columns, rows: Math.ceil(depth / columns) }
}

/** Slices side by side with a transparent line between them; with `colour`, that is drawn in place of the values. */
function inRows(
  { height, width, columns, rows, depth }: Slices,
  values: Float32Array,
  colour: Uint8ClampedArray | undefined,
  range: Range,
): PixelSource {
  const size = { height: rows * (height + 1) - 1, width: columns * (width + 1) - 1 }
  const laid = new Float32Array(size.height * size.width).fill(Number.NaN)
  const coloured = new Uint8ClampedArray(laid.length * 4)
  for (let place = 0; place < depth * height * width; place++) {
    const slice = Math.floor(place / (height * width))
    const row = Math.floor(slice / columns) * (height + 1) + (Math.floor(place / width) % height)
    const at = row * size.width + (slice % columns) * (width + 1) + (place % width)
    laid[at] = values[place] ?? Number.NaN
    if (colour) coloured.set([...colour.subarray(place * 3, place * 3 + 3), 255], at * 4)
  }
  if (colour) return { ...size, channels: 4, data: coloured }
  return { ...size, data: laid, scale: signedScale, range }
}
