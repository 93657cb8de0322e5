import { Refusal, type Decoded, type DecodedTable, type Limits, type Reader } from '../contract'
import { readAll } from '../source-file'
import { looksLikeText } from '../unreadable'
import { badLines, decodeText, delimiterOf, readRows } from './delimited'
import { pixelLayout } from './pixel-layout'
import { readPixels } from './pixels'

/** How much of a file is looked at to tell what its columns are. */
const sampleLength = 2 ** 18
const sampleRows = 50

/** Tables as text, `.csv` and `.tsv`: of pixels, one picture a row, or of anything else, as file names and labels. */
export const csv: Reader = {
  name: 'csv',
  endings: ['csv', 'tsv'],
  recognizes: (head, name) => /\.(csv|tsv)$/i.test(name) && (looksLikeText(head) || isUtf16(head) || isLatin1(head)),
  read: async (file, { limits }) => {
    const bytes = await readAll(file, limits.bytes)
    const sample = decodeText(wholeLines(bytes))
    const delimiter = delimiterOf(sample)
    if (delimiter === undefined) throw new Refusal('no-columns')
    const { rows } = readRows(sample, delimiter, limits)
    const layout = isUtf16(bytes) ? undefined : pixelLayout(rows.slice(0, sampleRows))
    return layout ? readPixels(bytes, delimiter, layout, limits) : readTable(decodeText(bytes), delimiter, limits)
  },
}

/** A table with its columns' names in the first row. */
function readTable(text: string, delimiter: string, limits: Limits): Decoded {
  const { rows, lines } = readRows(text, delimiter, limits)
  const [columns = [], ...rest] = rows
  const bad: number[] = []
  const good = rest.filter((row, n) => {
    const fits = row.length === columns.length
    if (!fits) bad.push(lines[n + 1] ?? 0)
    return fits
  })
  const table: DecodedTable = { kind: 'table', format: 'CSV', columns, rows: good, notes: badLines(bad) }
  return table
}

/** The beginning of a file up to the end of a line. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleLength) return bytes
  const end = bytes.lastIndexOf(0x0a, sampleLength)
  return bytes.subarray(0, end > 0 ? end : sampleLength)
}

function isUtf16(head: Uint8Array): boolean {
  return head[0] === 0xff && head[1] === 0xfe
}

/** Text in an older encoding holds no control characters either. */
function isLatin1(head: Uint8Array): boolean {
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32))
}
