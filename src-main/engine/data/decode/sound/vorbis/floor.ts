import { Refusal } from '../../contract'
import { bitLength, type PacketReader } from './bits'
import { damagedSetup, type Codebook } from './codebook'

/** A spectral envelope (Vorbis I, 7): a curve of straight lines, in decibels, between points. */
export interface Floor {
  /** Reads one packet's heights; `undefined` where the channel is silent. */
  decode(bits: PacketReader, books: readonly Codebook[]): Int32Array | undefined
  /** Multiplies a spectrum by the curve. */
  apply(heights: Int32Array, spectrum: Float64Array): void
}

interface PartitionClass {
  readonly dimensions: number
  readonly subclassBits: number
  readonly masterBook: number
  readonly books: readonly number[]
}

const ranges = [256, 128, 86, 64]
const pointLimit = 65

/** The heights of the curve are steps of 140/256 dB below full scale. */
const decibels = Float64Array.from({ length: 256 }, (_, step) => 10 ** (((step - 255) * 140) / 256 / 20))

function heightAt(step: number): number {
  return decibels[Math.max(0, Math.min(255, step))] ?? 1
}

export function readFloor(bits: PacketReader, bookCount: number): Floor {
  const type = bits.read(16)
  if (type === 0) throw new Refusal('codec-not-read', { format: 'Ogg', codec: 'Vorbis (floor 0)' })
  if (type !== 1) throw damagedSetup()
  const partitions = Array.from({ length: bits.read(5) }, () => bits.read(4))
  const classes = Array.from({ length: Math.max(-1, ...partitions) + 1 }, () => readClass(bits, bookCount))
  const multiplier = bits.read(2) + 1
  const rangeBits = bits.read(4)
  const points = [0, 2 ** rangeBits]
  for (const partition of partitions) {
    const count = classes[partition]?.dimensions ?? 0
    for (let n = 0; n < count; n++) points.push(bits.read(rangeBits))
  }
  if (points.length > pointLimit || new Set(points).size < points.length || bits.ended) throw damagedSetup()
  return makeFloor(points, partitions, classes, multiplier)
}

function readClass(bits: PacketReader, bookCount: number): PartitionClass {
  const dimensions = bits.read(3) + 1
  const subclassBits = bits.read(2)
  const masterBook = subclassBits > 0 ? bits.read(8) : -1
  const books = Array.from({ length: 2 ** subclassBits }, () => bits.read(8) - 1)
  if (masterBook >= bookCount || books.some((book) => book >= bookCount)) throw damagedSetup()
  return { dimensions, subclassBits, masterBook, books }
}

function makeFloor(
  points: readonly number[],
  partitions: readonly number[],
  classes: readonly PartitionClass[],
  multiplier: number,
): Floor {
  const range = ranges[multiplier - 1] ?? 0
  const order = points.map((_, n) => n).sort((a, b) => (points[a] ?? 0) - (points[b] ?? 0))
  const neighbours = points.map((_, n) => nearest(points, n))

  function decode(bits: PacketReader, books: readonly Codebook[]): Int32Array | undefined {
    if (!bits.flag()) return undefined
    const width = bitLength(range - 1)
    const read = [bits.read(width), bits.read(width)]
    for (const partition of partitions) {
      const { dimensions, subclassBits, masterBook, books: own } = classes[partition] ?? emptyClass
      let choice = subclassBits > 0 ? (books[masterBook]?.decode(bits) ?? -1) : 0
      if (choice < 0) return undefined
      for (let n = 0; n < dimensions; n++) {
        const book = own[choice & (2 ** subclassBits - 1)] ?? -1
        choice >>= subclassBits
        read.push(book < 0 ? 0 : (books[book]?.decode(bits) ?? -1))
      }
    }
    return bits.ended || read.some((value) => value < 0) ? undefined : heightsOf(read)
  }

  /** Each point is given as its distance from the line through its neighbours; small ones go to either side. */
  function heightsOf(read: readonly number[]): Int32Array {
    const heights = new Int32Array(points.length)
    const used = new Uint8Array(points.length)
    for (let n = 0; n < points.length; n++) {
      const value = read[n] ?? 0
      const { low, high } = neighbours[n] ?? { low: 0, high: 1 }
      if (n < 2) {
        heights[n] = value
        used[n] = 1
        continue
      }
      const predicted = lineAt(
        points[low] ?? 0,
        heights[low] ?? 0,
        points[high] ?? 0,
        heights[high] ?? 0,
        points[n] ?? 0,
      )
      if (value > 0) used[n] = used[low] = used[high] = 1
      heights[n] = predicted + unfold(value, predicted, range - predicted)
    }
    // A point that nothing has moved draws no line of its own.
    return heights.map((height, n) => (used[n] === 1 ? height : -1))
  }

  function apply(heights: Int32Array, spectrum: Float64Array): void {
    let fromX = 0
    let fromY = (heights[0] ?? 0) * multiplier
    for (const n of order.slice(1)) {
      const height = heights[n] ?? -1
      if (height < 0) continue
      const x = points[n] ?? 0
      drawLine(fromX, fromY, x, height * multiplier, spectrum)
      fromX = x
      fromY = height * multiplier
    }
    for (let x = fromX; x < spectrum.length; x++) spectrum[x] = (spectrum[x] ?? 0) * heightAt(fromY)
  }

  return { decode, apply }
}

const emptyClass: PartitionClass = { dimensions: 0, subclassBits: 0, masterBook: -1, books: [] }

/** Of the points before one in the list, the nearest on each side. */
function nearest(points: readonly number[], at: number): { low: number; high: number } {
  const x = points[at] ?? 0
  let low = 0
  let high = 1
  for (let n = 0; n < at; n++) {
    const other = points[n] ?? 0
    if (other < x && other >= (points[low] ?? 0)) low = n
    if (other > x && other <= (points[high] ?? 0)) high = n
  }
  return { low, high }
}

function unfold(value: number, below: number, above: number): number {
  const room = 2 * Math.min(below, above)
  if (value === 0) return 0
  if (value >= room) return above > below ? value - below : above - value - 1
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}

function lineAt(x0: number, y0: number, x1: number, y1: number, x: number): number {
  return y0 + Math.trunc(((y1 - y0) * (x - x0)) / (x1 - x0))
}

/** Bresenham's line in whole steps, which the encoder has drawn just so. */
function drawLine(x0: number, y0: number, x1: number, y1: number, spectrum: Float64Array): void {
  const width = x1 - x0
  const base = Math.trunc((y1 - y0) / width)
  const rest = Math.abs(y1 - y0) - Math.abs(base) * width
  const up = y1 < y0 ? base - 1 : base + 1
  let y = y0
  let error = 0
  const end = Math.min(x1, spectrum.length)
  for (let x = x0; x < end; x++) {
    spectrum[x] = (spectrum[x] ?? 0) * heightAt(y)
    error += rest
    if (error >= width) {
      error -= width
      y += up
    } else y += base
  }
}
