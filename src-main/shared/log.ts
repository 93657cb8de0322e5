/** Where a part of the program tells what happened. The main process writes it to a file, tests gather it. */
export interface Log {
  info(text: string): void
  warn(text: string): void
  /** `thrown` brings its stack. */
  error(text: string, thrown?: unknown): void
}

/** The stack of a thrown error, or the text of any other value. */
export function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${describe(thrown.cause)}`
  return `${thrown.stack ?? thrown.message}${cause}`
}
