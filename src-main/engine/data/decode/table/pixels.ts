import { Refusal, type DecodedArrays, type DecodedValues, type Limits } from '../contract'
import { checkedCount, plainArray } from '../array/array-values'
import { badLines } from './delimited'
import { lineRanges, readNumbers } from './number-lines'
import type { PixelLayout } from './pixel-layout'

/** Pictures from a table, one a row. Lines that hold another number of cells, or something else, are left out and named. */
export function readPixels(bytes: Uint8Array, delimiter: string, layout: PixelLayout, limits: Limits): DecodedArrays {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0
  const content = bytes.subarray(start)
  const size = layout.shape[0] * layout.shape[1] * layout.shape[2]
  // A line of so many cells has as many characters at least, and as many delimiters but one.
  const most = Math.min(countLines(content), Math.ceil((content.length + 1) / (2 * layout.columns)))
  checkedCount([most, size], limits)
  const pictures = new PictureList(size, most)
  const labels: string[] = []
  const bad: number[] = []
  const code = delimiter.charCodeAt(0)
  // Room for what is one cell too many, too.
  const row = new Float64Array(layout.columns)
  let first = true
  for (const { number, from, to } of lineRanges(content)) {
    const isHeader = first && layout.header
    first = false
    if (isHeader) continue
    const { cells, skipped } = readNumbers(content, from, to, code, row, layout.label)
    if (cells !== layout.columns || (layout.label >= 0 && skipped === '')) bad.push(number)
    else {
      pictures.add(row)
      labels.push(skipped)
    }
  }
  if (labels.length === 0) throw new Refusal('no-good-lines')
  const shape = [labels.length, ...layout.shape]
  const arrays = new Map<string, DecodedValues>([['images', plainArray('CSV', pictures.values(), shape)]])
  const texts = new Map<string, readonly string[]>()
  if (layout.label >= 0) addLabels(labels, arrays, texts)
  return { kind: 'arrays', format: 'CSV', arrays, texts, notes: badLines(bad) }
}

/** Labels that are whole numbers become numbers, all others stay texts. */
function addLabels(labels: string[], arrays: Map<string, DecodedValues>, texts: Map<string, readonly string[]>): void {
  const numbers = labels.map(Number)
  const whole = numbers.every((number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31)
  if (whole) arrays.set('labels', plainArray('CSV', Int32Array.from(numbers), [labels.length]))
  else texts.set('labels', labels)
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (const { from, to } of lineRanges(bytes)) if (to > from) count++
  return count
}

/** Pictures of one size: bytes as long as all values are such, else floats. */
class PictureList {
  private readonly size: number
  private readonly most: number
  private bytes: Uint8Array | undefined
  private floats: Float32Array | undefined
  private used = 0

  constructor(size: number, most: number) {
    this.size = size
    this.most = most
    this.bytes = new Uint8Array(size * most)
  }

  add(row: Float64Array): void {
    const picture = row.subarray(0, this.size)
    if (this.bytes && !picture.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)) {
      this.floats = new Float32Array(this.size * this.most)
      this.floats.set(this.bytes.subarray(0, this.used))
      this.bytes = undefined
    }
    const target = this.bytes ?? this.floats
    target?.set(picture, this.used)
    this.used += this.size
  }

  values(): Uint8Array | Float32Array {
    return (this.bytes ?? this.floats ?? new Uint8Array()).subarray(0, this.used)
  }
}
