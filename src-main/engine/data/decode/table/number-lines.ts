const [lineFeed, carriageReturn, quote, space] = [0x0a, 0x0d, 0x22, 0x20]

/** The lines of a file, from one on, as ranges of its bytes; those that are empty are left out. */
export function* lineRanges(bytes: Uint8Array): Generator<{ number: number; from: number; to: number }> {
  let from = 0
  for (let number = 1; from < bytes.length; number++) {
    const found = bytes.indexOf(lineFeed, from)
    const next = found < 0 ? bytes.length : found
    const to = bytes[next - 1] === carriageReturn ? next - 1 : next
    if (to > from) yield { number, from, to }
    from = next + 1
  }
}

/**
 * Reads a line of numbers between delimiters into `into`. Returns how many cells there are, or -1 where one holds no
 * number. `skip` is a column that is not read as one: its text is in `skipped`.
 */
export function readNumbers(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  into: Float64Array,
  skip: number,
): { cells: number; skipped: string } {
  let cells = 0
  let skipped = ''
  let start = from
  while (start <= to) {
    let end = start
    while (end < to && bytes[end] !== delimiter) end++
    if (cells === skip) skipped = cellText(bytes, start, end)
    else {
      const value = wholeNumber(bytes, start, end) ?? decimal(bytes, start, end)
      if (value === undefined) return { cells: -1, skipped }
      into[skip >= 0 && cells > skip ? cells - 1 : cells] = value
    }
    cells++
    start = end + 1
  }
  return { cells, skipped }
}

/** The usual case, digits only. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end === start || end - start > 15) return undefined
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

function decimal(bytes: Uint8Array, start: number, end: number): number | undefined {
  const text = cellText(bytes, start, end)
  const value = Number(text)
  return text === '' || !Number.isFinite(value) ? undefined : value
}

function cellText(bytes: Uint8Array, start: number, end: number): string {
  const blank = (at: number) => bytes[at] === space || bytes[at] === quote
  let [from, to] = [start, end]
  while (from < to && blank(from)) from++
  while (to > from && blank(to - 1)) to--
  return Buffer.from(bytes.subarray(from, to)).toString('utf8')
}
