/** How the columns of a table of pixels lie. */
export interface PixelLayout {
  readonly columns: number
  /** Whether the first row names the columns. */
  readonly header: boolean
  /** The column of labels; -1 where there is none. */
  readonly label: number
  /** `[height, width, channels]`. */
  readonly shape: readonly [number, number, number]
}

const labelNames = /^(label|labels|class|target|y|digit|category|klass)$/i
const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Pictures of fewer pixels than these are measurements rather. */
const fewestPixels = 16

/** Whether rows are pictures, one a row, and how: all cells are numbers but for a label and a first row of names. */
export function pixelLayout(rows: readonly (readonly string[])[]): PixelLayout | undefined {
  const [first = []] = rows
  const columns = first.length
  const header = rows.length > 1 && textColumns(first).length > 1
  const whole = rows.slice(header ? 1 : 0).filter((row) => row.length === columns)
  const named = header ? first.findIndex((name) => labelNames.test(name)) : -1
  const fits = (texts: readonly number[]) =>
    texts.length === 0 || (texts.length === 1 && (named < 0 || texts[0] === named))
  // Single lines may be damaged: one that is not shows how all should be.
  const texts = whole.map(textColumns).find(fits)
  if (!texts) return undefined
  const label = texts[0] ?? (named >= 0 ? named : guessLabel(whole, columns))
  const shape = pictureShape(label < 0 ? columns : columns - 1)
  return shape && { columns, header, label, shape }
}

function textColumns(row: readonly string[]): number[] {
  return row.flatMap((cell, column) => (numeric.test(cell) ? [] : [column]))
}

/**
 * The label's column where no name tells it. The number of cells says whether there is one. It is the first, unless that
 * one never changes and the last one does: a picture's corner mostly never does.
 */
function guessLabel(rows: readonly (readonly string[])[], columns: number): number {
  if (!pictureShape(columns - 1)) return -1
  const changes = (column: number) => rows.some((row) => row[column] !== rows[0]?.[column])
  return !changes(0) && changes(columns - 1) ? columns - 1 : 0
}

/** Square pictures, grey or with three channels. */
function pictureShape(pixels: number): [number, number, number] | undefined {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(pixels / channels))
    if (side * side * channels === pixels && pixels >= fewestPixels) return [side, side, channels]
  }
  return undefined
}
