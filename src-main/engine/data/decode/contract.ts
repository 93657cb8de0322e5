import type { ErrorParams } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'

/** What lies in a decoded file's `values`. Types without an array of their own (bool, int64, float16) become wider ones. */
export type Values =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

export type ValueType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'

/** Something that a person should know of a file that came in all the same; its text is `decode.notes.<code>`. */
export interface Note {
  readonly code: string
  readonly params: ErrorParams
  /** Whether it may make the data worse (values that are no numbers), so that the report warns of it. */
  readonly warns: boolean
}

/**
 * Numbers in C order, before any resizing.
 * - `picture`: `[height, width, channels]`, 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; upright, palette applied,
 *   without gamma or colour profile.
 * - `volume`: `[depth, height, width, channels]` for frames, pages and slices; as the file says for NIfTI.
 * - `sound`: `[frames, channels]`, -1 to 1.
 * - `array`: any shape.
 */
export interface DecodedValues {
  readonly kind: 'picture' | 'volume' | 'sound' | 'array'
  /** The format as people call it: PNG, WAV, NumPy array. */
  readonly format: string
  readonly shape: readonly number[]
  readonly dtype: ValueType
  readonly values: Values
  /** Samples a second, of a sound. */
  readonly rate?: number
  readonly notes: readonly Note[]
}

/** Several arrays by name in one file: an `.npz`, a pickle. */
export interface DecodedArrays {
  readonly kind: 'arrays'
  readonly format: string
  readonly arrays: ReadonlyMap<string, DecodedValues>
  /** Names that a file brings beside its numbers, as a CIFAR batch's file names. */
  readonly texts: ReadonlyMap<string, readonly string[]>
  readonly notes: readonly Note[]
}

/** A table of texts, row by row without its head; what a column means is the importer's to find out. */
export interface DecodedTable {
  readonly kind: 'table'
  readonly format: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly Note[]
}

export type Decoded = DecodedValues | DecodedArrays | DecodedTable

/**
 * Why a file does not come in.
 * - `skipped`: it cannot be read, or is over a limit; the rest goes on.
 * - `refused`: it could be read and must not be, since that would be dangerous.
 * - `ignored`: it is no data at all; it is counted and needs no line of its own.
 */
export type RefusalOutcome = 'skipped' | 'refused' | 'ignored'

/** Thrown by readers, and by nothing but readers caught: `decodeFile` makes it a value. Its text is `decode.reasons.<code>`. */
export class Refusal extends Error {
  readonly code: string
  readonly params: ErrorParams
  readonly outcome: RefusalOutcome

  constructor(code: string, params: ErrorParams = {}, outcome: RefusalOutcome = 'skipped') {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.params = params
    this.outcome = outcome
  }
}

/** What stopped the reading of a file: a refusal as it is, anything else as the file's being damaged. */
export function asRefusal(thrown: unknown): Refusal {
  return thrown instanceof Refusal ? thrown : new Refusal('damaged', { detail: messageOf(thrown) })
}

/** A file on disk, an entry of an archive, or bytes: readers do not know which. */
export interface SourceFile {
  /** Its path as a person knows it; within an archive the entry's. */
  readonly name: string
  readonly size: number
  /** `length` bytes from `position` on; fewer where the file ends. The caller may keep and change them. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

/** What a single file may cost. All are checked from headers, before memory is taken. */
export interface Limits {
  /** Bytes of a file that has to be in memory as a whole, and of what is unpacked from it. */
  readonly bytes: number
  /** Pixels of a picture; of a volume, those of all its frames. */
  readonly pixels: number
  /** Numbers of any other array, frames times channels of a sound. */
  readonly values: number
}

export interface ReadOptions {
  readonly limits: Limits
  /** Of files with several frames or pages: the first as a picture, or all as a volume. */
  readonly frames: 'first' | 'all'
}

export const usualLimits: Limits = { bytes: 2 ** 31, pixels: 2 ** 26, values: 2 ** 29 }

/**
 * One format. Files packed with gzip are unpacked before a reader sees them (`gzip.ts`). It is chosen by what a file begins with; the name decides only where that says nothing (CSV, CIFAR).
 */
export interface Reader {
  /** For tests and logs. */
  readonly name: string
  /** How names of such files usually end, without the dot; a file of the format that is named as another gets a note. */
  readonly endings?: readonly string[]
  /** `head` is the file's first `headLength` bytes, or all of a shorter one. */
  recognizes(head: Uint8Array, name: string, size: number): boolean
  /** Throws a `Refusal` for what it cannot or must not read, and nothing else for any bytes whatever. */
  read(file: SourceFile, options: ReadOptions): Promise<Decoded>
}

export const headLength = 4096
