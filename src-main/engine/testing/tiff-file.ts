import { deflateSync } from 'node:zlib'

/** A page of a TIFF as the specification has it, for tests: every layout that readers must know. */
export interface TiffPlan {
  readonly width: number
  readonly height: number
  readonly samples: number
  readonly bits: number
  readonly format: 'uint' | 'int' | 'float'
  /** Channels last. */
  readonly values: readonly number[]
  /** The two below count for the whole file, by its first page. */
  readonly big?: boolean
  readonly order?: 'little' | 'big'
  readonly separate?: boolean
  readonly tile?: readonly [width: number, height: number]
  readonly rowsPerStrip?: number
  readonly packing?: 'none' | 'deflate' | 'packbits' | 'lzw'
  readonly predictor?: 1 | 2 | 3
  readonly photometric?: number
  readonly orientation?: number
  readonly palette?: readonly number[]
  readonly extraSamples?: readonly number[]
}

type Entry = readonly [tag: number, size: number, values: readonly number[]]

const packings = { none: 1, lzw: 5, deflate: 8, packbits: 32773 } as const
const formats = { uint: 1, int: 2, float: 3 } as const
/** The code of a whole number by its bytes. */
const types = new Map([
  [2, 3],
  [4, 4],
  [8, 16],
])

/** The bytes of a file with one page after another. */
export function tiffFile(first: TiffPlan, ...others: readonly TiffPlan[]): Buffer {
  const { big = false, order = 'little' } = first
  const little = order === 'little'
  const wide = big ? 8 : 4
  const number = (value: number, size: number) => numberBytes(value, size, 'uint', little)
  const head = Buffer.concat([
    Buffer.from(little ? 'II' : 'MM'),
    number(big ? 43 : 42, 2),
    ...(big ? [number(8, 2), number(0, 2)] : []),
    Buffer.alloc(wide),
  ])
  const parts: Buffer[] = [head]
  let length = head.length
  const append = (part: Buffer) => {
    const at = length
    parts.push(part, Buffer.alloc(part.length % 2))
    length += part.length + (part.length % 2)
    return at
  }
  // The last bytes of the head, and of each directory, say where the next directory lies.
  let last: Buffer = head
  for (const page of [first, ...others]) {
    const pieces = piecesOf(page, little)
    const entries = entriesOf(page, pieces.map(append), pieces, wide).map(([tag, size, values]) => {
      const content = Buffer.concat(values.map((value) => number(value, size)))
      const value = Buffer.alloc(wide)
      if (content.length <= wide) content.copy(value)
      else number(append(content), wide).copy(value)
      return Buffer.concat([number(tag, 2), number(types.get(size) ?? 0, 2), number(values.length, wide), value])
    })
    const directory = Buffer.concat([number(entries.length, big ? 8 : 2), ...entries, Buffer.alloc(wide)])
    number(append(directory), wide).copy(last, last.length - wide)
    last = directory
  }
  return Buffer.concat(parts)
}

function entriesOf(page: TiffPlan, positions: readonly number[], pieces: readonly Buffer[], wide: number): Entry[] {
  const lengths = pieces.map((piece) => piece.length)
  const strips: Entry[] = [
    [273, wide, positions],
    [278, 4, [page.rowsPerStrip ?? page.height]],
    [279, 4, lengths],
  ]
  const tiles = ([width, height]: readonly [number, number]): Entry[] => [
    [322, 4, [width]],
    [323, 4, [height]],
    [324, wide, positions],
    [325, 4, lengths],
  ]
  const entries: Entry[] = [
    [256, 4, [page.width]],
    [257, 4, [page.height]],
    [258, 2, new Array<number>(page.samples).fill(page.bits)],
    [259, 2, [packings[page.packing ?? 'none']]],
    [262, 2, [page.photometric ?? (page.samples >= 3 ? 2 : 1)]],
    [274, 2, [page.orientation ?? 1]],
    [277, 2, [page.samples]],
    [284, 2, [page.separate ? 2 : 1]],
    [317, 2, [page.predictor ?? 1]],
    [339, 2, new Array<number>(page.samples).fill(formats[page.format])],
    ...(page.tile ? tiles(page.tile) : strips),
  ]
  if (page.palette) entries.push([320, 2, page.palette])
  if (page.extraSamples) entries.push([338, 2, page.extraSamples])
  return entries.sort(([one], [other]) => one - other)
}

function numberBytes(value: number, size: number, format: TiffPlan['format'], little: boolean): Buffer {
  const bytes = Buffer.alloc(size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, size)
  if (format === 'float' && size === 8) view.setFloat64(0, value, little)
  else if (format === 'float') view.setFloat32(0, value, little)
  else if (size === 1) view.setUint8(0, value)
  else if (size === 2) view.setUint16(0, value, little)
  else if (size === 4) view.setUint32(0, value, little)
  else view.setBigUint64(0, BigInt(value), little)
  return bytes
}

/** The packed strips or tiles of a page, in the order in which it lists them. */
function piecesOf(page: TiffPlan, little: boolean): Buffer[] {
  const { width, height, samples, values } = page
  const [pieceWidth, pieceHeight] = page.tile ?? [width, page.rowsPerStrip ?? height]
  const all = Array.from({ length: samples }, (_, n) => n)
  const pieces: Buffer[] = []
  for (const channels of page.separate ? all.map((one) => [one]) : [all]) {
    for (let top = 0; top < height; top += pieceHeight) {
      for (let left = 0; left < width; left += pieceWidth) {
        const rows: Buffer[] = []
        const bottom = page.tile ? top + pieceHeight : Math.min(height, top + pieceHeight)
        for (let y = top; y < bottom; y++) {
          const row: number[] = []
          for (let x = left; x < left + pieceWidth; x++) {
            const isInside = x < width && y < height
            for (const channel of channels) row.push(isInside ? (values[(y * width + x) * samples + channel] ?? 0) : 0)
          }
          rows.push(rowBytes(row, channels.length, page, little))
        }
        pieces.push(pack(rows, page.packing ?? 'none'))
      }
    }
  }
  return pieces
}

function rowBytes(row: readonly number[], perPixel: number, page: TiffPlan, little: boolean): Buffer {
  const { bits, format, predictor = 1 } = page
  if (bits % 8 !== 0) return bytesOfBits(row.map((value) => value.toString(2).padStart(bits, '0')).join(''))
  const size = bits / 8
  const before = (values: ArrayLike<number>, at: number) => (at >= perPixel ? (values[at - perPixel] ?? 0) : 0)
  if (predictor === 3) {
    const numbers = row.map((value) => numberBytes(value, size, format, false))
    const places = Array.from({ length: size }, (_, place) => Buffer.from(numbers.map((one) => one[place] ?? 0)))
    const sorted = Buffer.concat(places)
    return Buffer.from(sorted.map((byte, at) => byte - before(sorted, at)))
  }
  const range = 2 ** bits
  const wrapped = (value: number) => (format === 'float' ? value : ((value % range) + range) % range)
  const differences = predictor === 2 ? row.map((value, at) => value - before(row, at)) : row
  return Buffer.concat(differences.map((value) => numberBytes(wrapped(value), size, format, little)))
}

function bytesOfBits(text: string): Buffer {
  const length = Math.ceil(text.length / 8)
  const whole = text.padEnd(length * 8, '0')
  return Buffer.from(Array.from({ length }, (_, n) => parseInt(whole.slice(n * 8, n * 8 + 8), 2)))
}

function pack(rows: readonly Buffer[], packing: NonNullable<TiffPlan['packing']>): Buffer {
  const bytes = Buffer.concat(rows)
  if (packing === 'deflate') return deflateSync(bytes)
  if (packing === 'packbits') return Buffer.concat(rows.map(packBits))
  return packing === 'lzw' ? packLzw(bytes) : bytes
}

/** Runs of one byte where there are any, else bytes as they are, with a byte between that means nothing. */
function packBits(row: Buffer): Buffer {
  const parts: number[] = []
  for (let at = 0; at < row.length;) {
    const byte = row[at] ?? 0
    let run = 1
    while (run < 128 && row[at + run] === byte) run++
    if (run > 1) parts.push(257 - run, byte)
    else parts.push(0, byte, 128)
    at += run
  }
  return Buffer.from(parts)
}

/** LZW as TIFF has it: the highest bit first, and codes that grow one before they would have to. */
function packLzw(bytes: Buffer): Buffer {
  const codes: string[] = []
  let size = 9
  let table = new Map<string, number>()
  let next = 258
  const put = (code: number | undefined) => codes.push((code ?? 0).toString(2).padStart(size, '0'))
  const reset = () => {
    put(256)
    size = 9
    next = 258
    table = new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(byte), byte]))
  }
  reset()
  let text = ''
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte)
    if (table.has(text + letter)) {
      text += letter
      continue
    }
    put(table.get(text))
    table.set(text + letter, next++)
    if (next === 512 || next === 1024 || next === 2048) size++
    if (next === 4094) reset()
    text = letter
  }
  if (text) put(table.get(text))
  put(257)
  return bytesOfBits(codes.join(''))
}
