/** A number as names on disk have it: four digits or more, so that lists of them are in order. */
export function numberedName(number: number): string {
  return String(number).padStart(4, '0')
}

/** The name after those that are there; names that are no numbers do not count. */
export function nextName(there: readonly string[]): string {
  return numberedName(Math.max(0, ...there.map(Number).filter(Number.isInteger)) + 1)
}
