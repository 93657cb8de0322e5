import { Refusal } from '../../contract'
import { fieldsOf, type ByteOrder, type Fields } from '../../fields'

/** A TIFF file's frame (TIFF 6.0; BigTIFF has wider numbers): its byte order and where its pages' directories lie. */
export interface TiffFile {
  readonly bytes: Uint8Array
  readonly fields: Fields
  readonly order: ByteOrder
  readonly big: boolean
  readonly pages: readonly Directory[]
}

/** The entries of one page. */
export interface Directory {
  readonly at: number
  /** All numbers of an entry; none where it is missing. */
  numbers(tag: number): readonly number[]
  /** The first number of an entry. */
  number(tag: number, missing: number): number
}

export const tags = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  colours: 262,
  fillOrder: 266,
  stripPositions: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planes: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tilePositions: 324,
  tileLengths: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const

/** More pages or entries than these are damage, or made to keep a reader busy. */
const mostPages = 65_536
const mostNumbers = 2 ** 22

/** Bytes per number of each type that can hold positions, sizes and settings. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 }

export function openTiff(bytes: Uint8Array): TiffFile {
  const order = bytes[0] === 0x4d ? 'big' : 'little'
  const fields = fieldsOf(bytes, order)
  const big = fields.u16(2) === 43
  const pages: Directory[] = []
  const seen = new Set<number>()
  let at = big ? fields.u64(8) : fields.u32(4)
  while (at !== 0) {
    if (seen.has(at) || pages.length >= mostPages) throw new Refusal('damaged', { detail: `TIFF directory ${at}` })
    seen.add(at)
    const [page, next] = readDirectory(fields, at, big)
    pages.push(page)
    at = next
  }
  if (pages.length === 0) throw new Refusal('no-picture-in-it')
  return { bytes, fields, order, big, pages }
}

function readDirectory(fields: Fields, at: number, big: boolean): [Directory, number] {
  const count = big ? fields.u64(at) : fields.u16(at)
  const [first, length] = big ? [at + 8, 20] : [at + 2, 12]
  if (first + count * length > fields.length) throw new Refusal('truncated')
  const entries = new Map<number, number>()
  for (let n = 0; n < count; n++) entries.set(fields.u16(first + n * length), first + n * length)
  const numbers = (tag: number, most: number) => {
    const entry = entries.get(tag)
    return entry === undefined ? [] : readNumbers(fields, entry, big, most)
  }
  const directory: Directory = {
    at,
    numbers: (tag) => numbers(tag, mostNumbers),
    number: (tag, missing) => numbers(tag, 1)[0] ?? missing,
  }
  const end = first + count * length
  return [directory, big ? fields.u64(end) : fields.u32(end)]
}

function readNumbers(fields: Fields, entry: number, big: boolean, most: number): number[] {
  const type = fields.u16(entry + 2)
  const size = sizes[type]
  if (size === undefined) return []
  const all = big ? fields.u64(entry + 4) : fields.u32(entry + 4)
  const count = Math.min(all, most)
  const value = entry + (big ? 12 : 8)
  const fits = all * size <= (big ? 8 : 4)
  const from = fits ? value : big ? fields.u64(value) : fields.u32(value)
  if (from + count * size > fields.length) throw new Refusal('truncated')
  return Array.from({ length: count }, (_, n) => {
    const at = from + n * size
    if (size === 1) return fields.u8(at)
    if (size === 2) return fields.u16(at)
    return size === 4 ? fields.u32(at) : fields.u64(at)
  })
}
