/** Cuts a stream's pieces into lines: returns a function that takes pieces, and gives each whole line to `listener`. */
export function lineSplitter(listener: (line: string) => void): (piece: Buffer | string) => void {
  const decoder = new TextDecoder()
  let rest = ''
  return (piece) => {
    const lines = (rest + (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim()) listener(line)
  }
}

/** Keeps the last few lines that it was given. */
export class LastLines {
  readonly #limit: number
  #lines: string[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  add(line: string): void {
    this.#lines = [...this.#lines, line.slice(0, 400)].slice(-this.#limit)
  }

  text(): string {
    return this.#lines.join('\n')
  }
}
