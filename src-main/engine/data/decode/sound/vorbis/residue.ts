import type { PacketReader } from './bits'
import { damagedSetup, type Codebook } from './codebook'

/** What of a spectrum is left when the floor is taken out (Vorbis I, 8), in partitions of classes. */
export interface Residue {
  readonly type: number
  readonly begin: number
  readonly end: number
  readonly partitionSize: number
  readonly classBook: number
  /** For each class the book of each of eight passes; -1 for none. */
  readonly books: readonly (readonly number[])[]
}

export function readResidue(bits: PacketReader, books: readonly Codebook[]): Residue {
  const type = bits.read(16)
  const begin = bits.read(24)
  const end = bits.read(24)
  const partitionSize = bits.read(24) + 1
  const classes = bits.read(6) + 1
  const classBook = bits.read(8)
  const cascades = Array.from({ length: classes }, () => {
    const low = bits.read(3)
    return low + (bits.flag() ? bits.read(5) * 8 : 0)
  })
  const used = cascades.map((cascade) =>
    Array.from({ length: 8 }, (_, pass) => ((cascade >> pass) & 1 ? bits.read(8) : -1)),
  )
  const fits = used.flat().every((book) => book < 0 || books[book]?.vectors !== undefined)
  if (type > 2 || end < begin || !books[classBook] || books[classBook].dimensions === 0 || !fits || bits.ended) {
    throw damagedSetup()
  }
  return { type, begin, end, partitionSize, classBook, books: used }
}

/** Adds a packet's residue to the spectra of some channels; those that are `undefined` are silent. */
export function decodeResidue(
  bits: PacketReader,
  residue: Residue,
  books: readonly Codebook[],
  spectra: readonly (Float64Array | undefined)[],
  length: number,
): void {
  if (spectra.every((spectrum) => !spectrum)) return
  if (residue.type !== 2) return decodeVectors(bits, residue, books, spectra, length)
  // All channels as one, value by value in turn.
  const together = new Float64Array(length * spectra.length)
  decodeVectors(bits, residue, books, [together], together.length)
  for (const [channel, spectrum] of spectra.entries()) {
    if (!spectrum) continue
    for (let n = 0; n < length; n++) spectrum[n] = together[n * spectra.length + channel] ?? 0
  }
}

function decodeVectors(
  bits: PacketReader,
  residue: Residue,
  books: readonly Codebook[],
  spectra: readonly (Float64Array | undefined)[],
  length: number,
): void {
  const { partitionSize, books: passes } = residue
  const begin = Math.min(residue.begin, length)
  const partitions = Math.floor((Math.min(residue.end, length) - begin) / partitionSize)
  const classBook = books[residue.classBook]
  if (!classBook || partitions <= 0) return
  const classesOf = spectra.map(() => new Uint8Array(partitions + classBook.dimensions))
  for (let pass = 0; pass < 8; pass++) {
    for (let partition = 0; partition < partitions; partition++) {
      if (pass === 0 && partition % classBook.dimensions === 0) {
        for (const [channel, classes] of classesOf.entries()) {
          if (!spectra[channel]) continue
          const word = classBook.decode(bits)
          if (word < 0) return
          spell(word, passes.length, classBook.dimensions, classes, partition)
        }
      }
      for (const [channel, spectrum] of spectra.entries()) {
        const book = books[passes[classesOf[channel]?.[partition] ?? 0]?.[pass] ?? -1]
        if (!spectrum || !book) continue
        const at = begin + partition * partitionSize
        if (!addPartition(bits, book, spectrum, at, partitionSize, residue.type === 0)) return
      }
    }
  }
}

/** One entry names the classes of several partitions: it is a number whose digits they are. */
function spell(word: number, base: number, digits: number, into: Uint8Array, at: number): void {
  let rest = word
  for (let n = digits - 1; n >= 0; n--) {
    into[at + n] = rest % base
    rest = Math.floor(rest / base)
  }
}

/** Adds vectors until a partition is full; false where the packet ends. */
function addPartition(
  bits: PacketReader,
  book: Codebook,
  spectrum: Float64Array,
  at: number,
  size: number,
  spread: boolean,
): boolean {
  const { dimensions, vectors } = book
  if (!vectors) return false
  // Type 0 spreads each vector over the partition; the others lay them one after another.
  const stride = spread ? Math.floor(size / dimensions) : 1
  const step = spread ? 1 : dimensions
  const end = spread ? stride : size
  for (let n = 0; n < end; n += step) {
    const entry = book.decode(bits)
    if (entry < 0) return false
    for (let d = 0; d < dimensions; d++) {
      const target = at + n + d * stride
      if (!spread && n + d >= size) break
      spectrum[target] = (spectrum[target] ?? 0) + (vectors[entry * dimensions + d] ?? 0)
    }
  }
  return true
}
