import { readSync } from 'node:fs'
import { messageOf } from '@shared/message-of'

/**
 * Samples of one size, numbered from 0: in memory that threads share, or in an open file. A descriptor is the whole
 * process's, so that any thread reads what one of them opened; who opened it closes it once nobody reads any more.
 */
export type RowSource = OneSource | JoinedRows

type OneSource = MemoryRows | FileRows

interface Rows {
  readonly count: number
  readonly rowBytes: number
}

interface MemoryRows extends Rows {
  readonly kind: 'memory'
  readonly buffer: SharedArrayBuffer
}

interface FileRows extends Rows {
  readonly kind: 'file'
  readonly descriptor: number
  /** Where the first row begins. */
  readonly offset: number
  /** For errors. */
  readonly path: string
}

/** Several sources as one: the rows of each follow those of the one before. */
interface JoinedRows extends Rows {
  readonly kind: 'joined'
  readonly pieces: readonly OneSource[]
}

/** Why rows could not be read, by the code and values of an `AppError`: this file is also a thread's, without texts. */
export class ReadFault extends Error {
  constructor(
    readonly code: 'file-changed' | 'read-failed',
    readonly params: Readonly<Record<string, string>>,
  ) {
    super(code)
  }
}

/** Copies rows, in the order in which they are named, one after another into `target`. */
export function gatherRows(source: RowSource, rows: Uint32Array, target: Uint8Array): void {
  const { count, rowBytes } = source
  if (rows.length * rowBytes > target.length) {
    throw new RangeError(`${target.length} bytes do not hold ${rows.length} samples`)
  }
  for (let n = 0; n < rows.length;) {
    const first = rows[n] ?? 0
    const length = runLength(rows, n)
    if (first + length > count) throw new RangeError(`No sample ${first + length - 1} of ${count}`)
    readRun(source, first, target.subarray(n * rowBytes, (n + length) * rowBytes))
    n += length
  }
}

/** Fills `target` with rows that follow each other. */
function readRun(source: RowSource, first: number, target: Uint8Array): void {
  const { rowBytes } = source
  if (source.kind === 'memory') {
    target.set(new Uint8Array(source.buffer, first * rowBytes, target.length))
  } else if (source.kind === 'file') {
    readPiece(source, target, first * rowBytes)
  } else {
    let before = 0
    for (const piece of source.pieces) {
      const from = Math.max(first, before)
      const to = Math.min(first + target.length / rowBytes, before + piece.count)
      if (from < to) readRun(piece, from - before, target.subarray((from - first) * rowBytes, (to - first) * rowBytes))
      before += piece.count
    }
  }
}

/** How many rows from `n` on follow each other in the source too: they are read at once. */
function runLength(rows: Uint32Array, n: number): number {
  const first = rows[n] ?? 0
  let length = 1
  while (n + length < rows.length && rows[n + length] === first + length) length += 1
  return length
}

/** Sources of samples of one size as one. */
export function joinRows(sources: readonly RowSource[]): RowSource {
  const pieces = sources.flatMap((source) => (source.kind === 'joined' ? source.pieces : [source]))
  const [first] = pieces
  if (!first) throw new RangeError('There is nothing to join')
  if (pieces.length === 1) return first
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0)
  return { kind: 'joined', count, rowBytes: first.rowBytes, pieces }
}

/** Fills `target` from the samples' byte `from` on. */
function readPiece({ descriptor, offset, path }: FileRows, target: Uint8Array, from: number): void {
  for (let filled = 0; filled < target.length;) {
    let found: number
    try {
      found = readSync(descriptor, target, filled, target.length - filled, offset + from + filled)
    } catch (cause) {
      throw new ReadFault('read-failed', { path, detail: messageOf(cause) })
    }
    // The length was checked when the file was opened, so it changed since.
    if (found === 0) throw new ReadFault('file-changed', { file: path })
    filled += found
  }
}
