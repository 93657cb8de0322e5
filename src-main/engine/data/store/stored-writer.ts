import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Preprocessing, SampleValues } from '@shared/data/preprocessing'
import {
  sampleFlags,
  storedFiles,
  storedParts,
  type SampleFlag,
  type SampleName,
  type SkippedFile,
  type StoredDataset,
  type StoredPart,
} from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'
import { isMissing, writing } from '../../files'
import { byteStatistics, floatStatistics, type Statistics } from './channel-statistics'
import { LinesWriter } from './lines-writer'
import type { NpyType } from './npy-header'
import { NpyWriter } from './npy-writer'

/** What is known of a data set before its first sample. */
export interface StoredPlan {
  readonly title: string
  readonly kind: StoredDataset['kind']
  readonly classes: readonly string[]
  /** Of every sample, channels last. */
  readonly shape: readonly number[]
  readonly type: 'uint8' | 'float32'
  /** Values are divided by this on their way into a network. */
  readonly divisor: number
  /** Whether each channel is then brought to mean 0 and deviation 1, by the training part's. */
  readonly normalize: boolean
  readonly rate: number | null
  readonly resize?: Preprocessing['resize']
  readonly volumeFit?: Preprocessing['volumeFit'] | 'skip'
  readonly sound?: Preprocessing['sound']
  /** Whether the test part was drawn, where the source has none of its own. */
  readonly testDrawn?: boolean
  /** When it was begun, an ISO time; now, if absent. */
  readonly createdAt?: string
  readonly making: StoredDataset['making']
  /** Names, sizes and times of all sources, in an order of their own: its hash tells whether they changed. */
  readonly sources: string
}

export interface StoredSample {
  readonly values: SampleValues
  /** Position in the classes. */
  readonly label: number
  readonly part: StoredPart
  readonly name: SampleName
  readonly flags?: readonly SampleFlag[]
}

/** Samples with what goes with each. */
export interface StoredSamples {
  /** One behind the other. */
  readonly values: SampleValues
  readonly labels: Uint16Array
  /** Positions in `storedParts`. */
  readonly parts: Uint8Array
  /** As `flagBits` gives them. */
  readonly flags: Uint16Array
  readonly names: readonly SampleName[]
}

/** Flags as bits, by their positions in `sampleFlags`. */
export function flagBits(flags: readonly SampleFlag[]): number {
  let bits = 0
  for (const flag of flags) bits |= 1 << sampleFlags.indexOf(flag)
  return bits
}

/** What of a data set is safely handed to the system. */
export interface StoredMark {
  readonly rows: number
  /** Length of the file of names. */
  readonly nameBytes: number
}

/** A row that an earlier writer wrote. */
export interface StoredRow {
  /** The receiver's own. */
  readonly values: SampleValues
  readonly label: number
  readonly part: StoredPart
}

interface Files {
  readonly samples: NpyWriter
  readonly labels: NpyWriter
  readonly parts: NpyWriter
  readonly flags: NpyWriter
  readonly names: LinesWriter
}

/**
 * Writes a stored data set sample by sample, in memory that does not grow. Its folder appears whole at `finish` or not
 * at all. Until then it lies in a temporary one beside it, which `close` leaves for `resume` to go on with and `discard`
 * removes; so it is where writing fails (`disk-full`, `write-failed`).
 */
export class StoredWriter {
  readonly #directory: string
  readonly #temporary: string
  readonly #plan: StoredPlan
  readonly #files: Files
  readonly #statistics: Statistics
  /** Values of a sample. */
  readonly #length: number
  #low = Number.POSITIVE_INFINITY
  #high = Number.NEGATIVE_INFINITY

  private constructor(directory: string, temporary: string, plan: StoredPlan, files: Files) {
    this.#directory = directory
    this.#temporary = temporary
    this.#plan = plan
    this.#files = files
    this.#length = sizeOf(plan.shape)
    const channels = plan.shape.at(-1) ?? 1
    this.#statistics = plan.type === 'uint8' ? byteStatistics(channels) : floatStatistics(channels)
  }

  /** Begins a data set that becomes the folder `directory`, a new or an empty one. */
  static async create(directory: string, plan: StoredPlan): Promise<StoredWriter> {
    const target = resolve(directory)
    await refuseUsed(target)
    const temporary = temporaryFor(target)
    try {
      await writing(target, () => mkdir(temporary, { recursive: true }))
      const files = await filesIn(
        temporary,
        plan,
        (path, type, rowShape) => NpyWriter.create(path, type, rowShape),
        (path) => LinesWriter.create(path),
      )
      return new StoredWriter(target, temporary, plan, files)
    } catch (error) {
      await rm(temporary, { recursive: true, force: true })
      throw error
    }
  }

  /**
   * Goes on with what a writer of the same plan left in `temporary`, from what was safe; what came after is cut off.
   * Every row that is there goes to `onRow`, in order. Where files are missing or too short it throws, and they stay.
   */
  static async resume(
    temporary: string,
    directory: string,
    plan: StoredPlan,
    mark: StoredMark,
    onRow: (row: StoredRow) => void,
  ): Promise<StoredWriter> {
    const target = resolve(directory)
    await refuseUsed(target)
    const files = await filesIn(
      temporary,
      plan,
      (path, type, rowShape) => NpyWriter.resume(path, type, rowShape, mark.rows),
      (path) => LinesWriter.resume(path, mark.nameBytes),
    )
    const writer = new StoredWriter(target, temporary, plan, files)
    try {
      await writer.#reread(onRow)
      return writer
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  /** The folder that the data set becomes. */
  get directory(): string {
    return this.#directory
  }

  /** Where it lies until it is finished. */
  get temporary(): string {
    return this.#temporary
  }

  get count(): number {
    return this.#files.samples.count
  }

  /** Adds a sample; see `addAll`. */
  add({ values, label, part, name, flags = [] }: StoredSample): Promise<void> | undefined {
    return this.addAll({
      values,
      labels: Uint16Array.of(label),
      parts: Uint8Array.of(storedParts.indexOf(part)),
      flags: Uint16Array.of(flagBits(flags)),
      names: [name],
    })
  }

  /**
   * Adds samples, whose values may be changed once this has returned; undefined: nothing has to be waited for before the
   * next. Floats have to be finite: one that is not would spoil every step that it comes into.
   */
  addAll({ values, labels, parts, flags, names }: StoredSamples): Promise<void> | undefined {
    const { classes } = this.#plan
    const odd = labels.find((label) => label >= classes.length)
    if (odd !== undefined) throw new RangeError(`No class ${odd} of ${classes.length}`)
    this.#measure(values, parts)
    const files = this.#files
    const waits = [
      files.samples.append(values),
      files.labels.append(labels),
      files.parts.append(parts),
      files.flags.append(flags),
      files.names.append(names.map((name) => JSON.stringify(name)).join('\n')),
    ].filter((wait) => wait !== undefined)
    return waits.length > 0 ? this.#naming(() => allOf(waits)) : undefined
  }

  /** Hands everything so far to the system, so that a process that dies loses none of it. */
  async flush(): Promise<StoredMark> {
    await this.#naming(() => allOf(Object.values(this.#files).map((file) => file.flush())))
    return { rows: this.count, nameBytes: this.#files.names.bytes }
  }

  /** Puts what was flushed on disk, so that a machine that loses its power keeps it. More may be added meanwhile. */
  async sync(): Promise<void> {
    await this.#naming(() => allOf(Object.values(this.#files).map((file) => file.sync())))
  }

  /** Puts everything on disk and gives the folder its name. `files` tells what became of the sources' files. */
  async finish(files: { found: number; used: number; skipped: readonly SkippedFile[] }): Promise<StoredDataset> {
    const { title, kind, classes, rate, making, sources, testDrawn, createdAt } = this.#plan
    if (this.count === 0) throw new AppError('dataset-empty', { path: this.#directory })
    await this.#naming(() => allOf(Object.values(this.#files).map((file) => file.finish())))
    const manifest: StoredDataset = {
      format: 'patchwork-dataset',
      version: 1,
      title: title.slice(0, 200),
      kind,
      createdAt: createdAt ?? new Date().toISOString(),
      fingerprint: { sources: sha256(sources), making: sha256(JSON.stringify(Object.entries(making).sort())) },
      making,
      count: this.count,
      ...(testDrawn ? { testDrawn } : {}),
      preprocessing: this.#preprocessing(),
      classes: [...classes],
      rate,
      files: { ...files, skipped: [...files.skipped] },
    }
    await writing(this.#directory, async () => {
      await writeFile(join(this.#temporary, storedFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
      // An empty folder of that name is taken for none; a rename onto one fails on some systems.
      await rmdir(this.#directory).catch(() => undefined)
      await rename(this.#temporary, this.#directory)
    })
    return manifest
  }

  /** Leaves what was flushed for `resume`. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#files).map((file) => file.close()))
  }

  /** Gives the data set up and removes what there is of it; after `finish` there is nothing to remove. */
  async discard(): Promise<void> {
    await this.close()
    await rm(this.#temporary, { recursive: true, force: true })
  }

  /** Errors name the folder that a person asked for, not the file that was being written on the way there. */
  async #naming(write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      throw new AppError(thrown.code, { ...thrown.params, path: this.#directory }, { cause: thrown })
    }
  }

  /** Takes samples into what is known of all values. */
  #measure(values: SampleValues, parts: Uint8Array): void {
    const { normalize, type } = this.#plan
    if (type === 'float32') this.#widen(values)
    if (!normalize) return
    for (const [n, part] of parts.entries()) {
      if (storedParts[part] === 'train') this.#statistics.add(this.#sampleIn(values, n))
    }
  }

  #sampleIn(values: SampleValues, n: number): SampleValues {
    return values.subarray(n * this.#length, (n + 1) * this.#length)
  }

  #widen(values: SampleValues): void {
    for (const value of values) {
      if (!Number.isFinite(value)) throw new RangeError(`A sample holds ${value}`)
      if (value < this.#low) this.#low = value
      if (value > this.#high) this.#high = value
    }
  }

  async #reread(onRow: (row: StoredRow) => void): Promise<void> {
    const { samples, labels, parts } = this.#files
    const length = this.#length
    const most = Math.max(1, Math.floor(rereadValues / length))
    const values = this.#plan.type === 'uint8' ? new Uint8Array(most * length) : new Float32Array(most * length)
    const [ofLabels, ofParts] = [new Uint16Array(most), new Uint8Array(most)]
    for (let from = 0; from < this.count; from += most) {
      const count = Math.min(most, this.count - from)
      await Promise.all([
        samples.read(from, count, values),
        labels.read(from, count, ofLabels),
        parts.read(from, count, ofParts),
      ])
      this.#measure(values.subarray(0, count * length), ofParts.subarray(0, count))
      for (let n = 0; n < count; n++) {
        const part = storedParts[ofParts[n] ?? 0] ?? 'train'
        onRow({ values: this.#sampleIn(values, n).slice(), label: ofLabels[n] ?? 0, part })
      }
    }
  }

  #preprocessing(): Preprocessing {
    const { shape, type, divisor, normalize, resize, sound, volumeFit } = this.#plan
    const normalization = normalize ? this.#statistics.result(divisor) : undefined
    return {
      shape: [...shape],
      ...(resize ? { resize } : {}),
      ...(volumeFit === 'scale' || volumeFit === 'center' ? { volumeFit } : {}),
      divisor,
      ...(normalization ? { normalization } : {}),
      ...(type === 'float32' ? { floats: { low: this.#low, high: this.#high } } : {}),
      ...(sound ? { sound } : {}),
    }
  }
}

/** So many values are read at a time where a data set is gone on with. */
const rereadValues = 2 ** 20

/** A name beside a folder that nothing else has. */
function temporaryFor(target: string): string {
  return `${target}.${randomBytes(4).toString('hex')}.tmp`
}

/** Opens all files of a data set, or none. */
async function filesIn(
  folder: string,
  plan: StoredPlan,
  array: (path: string, type: NpyType, rowShape: readonly number[]) => Promise<NpyWriter>,
  lines: (path: string) => Promise<LinesWriter>,
): Promise<Files> {
  const opened: { close(): Promise<void> }[] = []
  const keep = <File extends { close(): Promise<void> }>(file: File): File => {
    opened.push(file)
    return file
  }
  const at = (name: keyof typeof storedFiles) => join(folder, storedFiles[name])
  try {
    return {
      samples: keep(await array(at('samples'), plan.type, plan.shape)),
      labels: keep(await array(at('labels'), 'uint16', [])),
      parts: keep(await array(at('parts'), 'uint8', [])),
      flags: keep(await array(at('flags'), 'uint16', [])),
      names: keep(await lines(at('names'))),
    }
  } catch (error) {
    for (const file of opened) await file.close()
    throw error
  }
}

/** Waits for all, also where one fails: nothing goes on behind the back of whoever cleans up. */
async function allOf(waits: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(waits)).find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

/** Refuses a folder in which something lies. */
export async function refuseUsed(directory: string): Promise<void> {
  try {
    if ((await readdir(directory)).length === 0) return
  } catch (cause) {
    if (isMissing(cause)) return
    throw new AppError('write-failed', { path: directory, detail: String(cause) }, { cause })
  }
  throw new AppError('folder-not-empty', { path: directory })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
