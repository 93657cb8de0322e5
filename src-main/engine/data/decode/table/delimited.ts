import { Refusal, type Limits, type Note } from '../contract'

/** Lines of a table of texts (RFC 4180), with the number of the line on which each begins. */
export interface Rows {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
}

const delimiters = [',', ';', '\t', '|']

/** Bytes as text: UTF-8, with or without a mark in front, UTF-16 with one, and Latin-1 where it is none of these. */
export function decodeText(bytes: Uint8Array): string {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'windows-1252']
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  }
  throw new Refusal('not-text')
}

/** The character between cells: of those in use the one that divides the first line into most of them. */
export function delimiterOf(text: string): string | undefined {
  const first = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== '') ?? ''
  const counts = delimiters.map((delimiter) => unquoted(first).split(delimiter).length)
  const most = Math.max(...counts)
  return most < 2 ? undefined : delimiters[counts.indexOf(most)]
}

/** Divides a text into rows of cells; empty lines are no rows. */
export function readRows(text: string, delimiter: string, limits: Limits): Rows {
  const rows: string[][] = []
  const lines: number[] = []
  let cells: string[] = []
  let line = 1
  let begun = 1
  let count = 0
  const endRow = () => {
    if (cells.length > 1 || cells[0] !== '') {
      rows.push(cells)
      lines.push(begun)
    }
    cells = []
  }
  for (let at = 0; at <= text.length;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter)
    cells.push(cell.text)
    count++
    if (count > limits.values) throw new Refusal('too-many-values', { count, limit: limits.values })
    line += cell.breaks
    at = cell.end
    if (text[at] === delimiter) {
      at++
      continue
    }
    endRow()
    if (at >= text.length) break
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    line++
    begun = line
  }
  return { rows, lines }
}

/** Says by their numbers which lines were left out. */
export function badLines(lines: readonly number[]): Note[] {
  if (lines.length === 0) return []
  const shown = lines.slice(0, 10).join(', ') + (lines.length > 10 ? ', …' : '')
  return [{ code: 'bad-lines', params: { count: lines.length, lines: shown }, warns: true }]
}

interface Cell {
  readonly text: string
  readonly end: number
  /** Line breaks within it. */
  readonly breaks: number
}

function plainCell(text: string, at: number, delimiter: string): Cell {
  let end = at
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(at, end).trim(), end, breaks: 0 }
}

/** A cell between quotes; two of them within it stand for one. */
function quotedCell(text: string, at: number): Cell {
  let content = ''
  let from = at + 1
  for (;;) {
    const end = text.indexOf('"', from)
    if (end < 0) throw new Refusal('quote-not-closed')
    content += text.slice(from, end)
    from = end + 1
    if (text[from] !== '"') break
    content += '"'
    from++
  }
  return { text: content, end: from, breaks: content.split('\n').length - 1 }
}

function unquoted(line: string): string {
  return line.replace(/"[^"]*"/g, '')
}
