import { Refusal } from '../../contract'
import { bitLength, type PacketReader } from './bits'

/** A codebook (Vorbis I, 3): a Huffman code for entries, and mostly a vector that each entry stands for. */
export interface Codebook {
  readonly dimensions: number
  readonly entries: number
  /** Vectors one after another, `[entries, dimensions]`; none in a book for plain numbers. */
  readonly vectors: Float32Array | undefined
  /** Reads an entry; -1 where the packet ends or holds no code of the book. */
  decode(bits: PacketReader): number
}

export const damagedSetup = () => new Refusal('header-damaged', { format: 'Ogg Vorbis' })

/** Real books are far smaller; larger ones would take memory that no file pays for. */
const entryLimit = 2 ** 18
const vectorLimit = 2 ** 22

export function readCodebook(bits: PacketReader): Codebook {
  if (bits.read(24) !== 0x564342) throw damagedSetup()
  const dimensions = bits.read(16)
  const entries = bits.read(24)
  if (entries > entryLimit || entries * dimensions > vectorLimit) throw damagedSetup()
  const lengths = bits.flag() ? orderedLengths(bits, entries) : plainLengths(bits, entries)
  const vectors = readVectors(bits, entries, dimensions)
  if (bits.ended) throw damagedSetup()
  const tree = huffmanTree(lengths)
  return {
    dimensions,
    entries,
    vectors,
    decode: (packet) => {
      let node = 0
      do node = tree[2 * node + packet.read(1)] ?? noCode
      while (node > 0)
      return packet.ended || node === noCode ? -1 : -1 - node
    },
  }
}

function orderedLengths(bits: PacketReader, entries: number): Uint8Array {
  const lengths = new Uint8Array(entries)
  let length = bits.read(5) + 1
  for (let entry = 0; entry < entries; length++) {
    const count = bits.read(bitLength(entries - entry))
    if (length > 32 || entry + count > entries || bits.ended) throw damagedSetup()
    lengths.fill(length, entry, entry + count)
    entry += count
  }
  return lengths
}

function plainLengths(bits: PacketReader, entries: number): Uint8Array {
  const sparse = bits.flag()
  const lengths = new Uint8Array(entries)
  for (let entry = 0; entry < entries; entry++) if (!sparse || bits.flag()) lengths[entry] = bits.read(5) + 1
  return lengths
}

function readVectors(bits: PacketReader, entries: number, dimensions: number): Float32Array | undefined {
  const type = bits.read(4)
  if (type === 0) return undefined
  if (type > 2 || dimensions === 0) throw damagedSetup()
  const lowest = unpackFloat(bits.read(32))
  const step = unpackFloat(bits.read(32))
  const width = bits.read(4) + 1
  const sums = bits.flag()
  const grid = type === 1 ? gridSize(entries, dimensions) : entries * dimensions
  const steps = Float64Array.from({ length: grid }, () => bits.read(width))
  const vectors = new Float32Array(entries * dimensions)
  for (let entry = 0; entry < entries; entry++) {
    let last = 0
    let divisor = 1
    for (let n = 0; n < dimensions; n++) {
      const at = type === 1 ? Math.floor(entry / divisor) % grid : entry * dimensions + n
      const value = (steps[at] ?? 0) * step + lowest + last
      if (sums) last = value
      divisor *= grid
      vectors[entry * dimensions + n] = value
    }
  }
  return vectors
}

/** The most points on each axis of a grid that has no more points than entries. */
function gridSize(entries: number, dimensions: number): number {
  let size = Math.floor(entries ** (1 / dimensions))
  // A root is rounded: it is mended by whole numbers.
  while ((size + 1) ** dimensions <= entries) size++
  while (size > 0 && size ** dimensions > entries) size--
  return size
}

function unpackFloat(packed: number): number {
  const mantissa = packed & 0x1fffff
  const exponent = (packed >>> 21) & 0x3ff
  return (packed >>> 31 ? -mantissa : mantissa) * 2 ** (exponent - 788)
}

const noCode = -(2 ** 31)

/**
 * A binary tree as pairs of what follows a 0 and a 1: a node's number, or `-1 - entry`. Each entry takes the first free
 * place of its length, from the left.
 */
function huffmanTree(lengths: Uint8Array): Int32Array {
  const nodes = [noCode, noCode]
  // For each length the code, left-justified, that is free next.
  const free = new Float64Array(33)
  let used = 0
  let last = noCode
  for (const [entry, length] of lengths.entries()) {
    if (length === 0) continue
    const code = used > 0 ? takeCode(free, length) : firstCode(free, length)
    insert(nodes, code, length, -1 - entry)
    used++
    last = -1 - entry
  }
  // A book of one entry spends a bit on it, which may be either.
  return Int32Array.from(used === 1 ? [last, last] : nodes)
}

function firstCode(free: Float64Array, length: number): number {
  for (let n = 1; n <= length; n++) free[n] = 2 ** (32 - n)
  return 0
}

function takeCode(free: Float64Array, length: number): number {
  let at = length
  while (at > 0 && free[at] === 0) at--
  if (at === 0) throw damagedSetup()
  const code = free[at] ?? 0
  free[at] = 0
  for (let n = length; n > at; n--) free[n] = code + 2 ** (32 - n)
  return code
}

function insert(nodes: number[], code: number, length: number, leaf: number): void {
  let node = 0
  for (let depth = 1; depth < length; depth++) {
    const at = 2 * node + bitAt(code, depth)
    let next = nodes[at] ?? noCode
    if (next === noCode) {
      next = nodes.length / 2
      nodes[at] = next
      nodes.push(noCode, noCode)
    }
    node = next
  }
  nodes[2 * node + bitAt(code, length)] = leaf
}

function bitAt(code: number, depth: number): number {
  return Math.floor(code / 2 ** (32 - depth)) % 2
}
