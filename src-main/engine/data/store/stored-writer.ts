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
  /** Whether the test part was drawn, where the source has none of its own. */
  readonly testDrawn?: boolean
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

/**
 * Writes a stored data set sample by sample, in memory that does not grow. Its folder appears whole at `finish` or not
 * at all; where writing fails (`disk-full`, `write-failed`), `discard` leaves nothing behind.
 */
export class StoredWriter {
  readonly #directory: string
  readonly #temporary: string
  readonly #plan: StoredPlan
  readonly #samples: NpyWriter
  readonly #columns: { readonly labels: NpyWriter; readonly parts: NpyWriter; readonly flags: NpyWriter }
  readonly #names: LinesWriter
  readonly #statistics: Statistics
  #low = Number.POSITIVE_INFINITY
  #high = Number.NEGATIVE_INFINITY

  private constructor(
    directory: string,
    temporary: string,
    plan: StoredPlan,
    samples: NpyWriter,
    columns: { labels: NpyWriter; parts: NpyWriter; flags: NpyWriter },
    names: LinesWriter,
  ) {
    this.#directory = directory
    this.#temporary = temporary
    this.#plan = plan
    this.#samples = samples
    this.#columns = columns
    this.#names = names
    const channels = plan.shape.at(-1) ?? 1
    this.#statistics = plan.type === 'uint8' ? byteStatistics(channels) : floatStatistics(channels)
  }

  /** Begins a data set that becomes the folder `directory`, a new or an empty one. */
  static async create(directory: string, plan: StoredPlan): Promise<StoredWriter> {
    const target = resolve(directory)
    await refuseUsed(target)
    const temporary = `${target}.${randomBytes(4).toString('hex')}.tmp`
    const opened: { discard(): Promise<void> }[] = []
    const keep = <File extends { discard(): Promise<void> }>(file: File): File => {
      opened.push(file)
      return file
    }
    const array = async (name: keyof typeof storedFiles, type: NpyType, rowShape: readonly number[]) =>
      keep(await NpyWriter.create(join(temporary, storedFiles[name]), type, rowShape))
    try {
      await writing(target, () => mkdir(temporary, { recursive: true }))
      const samples = await array('samples', plan.type, plan.shape)
      const columns = {
        labels: await array('labels', 'uint16', []),
        parts: await array('parts', 'uint8', []),
        flags: await array('flags', 'uint16', []),
      }
      const names = keep(await LinesWriter.create(join(temporary, storedFiles.names)))
      return new StoredWriter(target, temporary, plan, samples, columns, names)
    } catch (error) {
      for (const file of opened) await file.discard()
      await rm(temporary, { recursive: true, force: true })
      throw error
    }
  }

  get count(): number {
    return this.#samples.count
  }

  /** Floats have to be finite: one that is not would spoil every step that it comes into. */
  async add({ values, label, part, name, flags = [] }: StoredSample): Promise<void> {
    const { classes, normalize, type } = this.#plan
    if (!(label >= 0 && label < classes.length)) throw new RangeError(`No class ${label} of ${classes.length}`)
    if (type === 'float32') this.#widen(values)
    const bits = flags.reduce((bits, flag) => bits | (1 << sampleFlags.indexOf(flag)), 0)
    await this.#naming(async () => {
      await this.#samples.append(values)
      await this.#columns.labels.append(Uint16Array.of(label))
      await this.#columns.parts.append(Uint8Array.of(storedParts.indexOf(part)))
      await this.#columns.flags.append(Uint16Array.of(bits))
      await this.#names.append(JSON.stringify(name))
    })
    if (normalize && part === 'train') this.#statistics.add(values)
  }

  /** Puts everything on disk and gives the folder its name. `files` tells what became of the sources' files. */
  async finish(files: { found: number; used: number; skipped: readonly SkippedFile[] }): Promise<StoredDataset> {
    const { title, kind, classes, rate, making, sources, testDrawn } = this.#plan
    if (this.count === 0) throw new AppError('dataset-empty', { path: this.#directory })
    const { labels, parts, flags } = this.#columns
    await this.#naming(async () => {
      for (const file of [this.#samples, labels, parts, flags, this.#names]) await file.finish()
    })
    const manifest: StoredDataset = {
      format: 'patchwork-dataset',
      version: 1,
      title: title.slice(0, 200),
      kind,
      createdAt: new Date().toISOString(),
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

  /** Gives the data set up and removes what there is of it; after `finish` there is nothing to remove. */
  async discard(): Promise<void> {
    const { labels, parts, flags } = this.#columns
    for (const file of [this.#samples, labels, parts, flags, this.#names]) await file.discard()
    await rm(this.#temporary, { recursive: true, force: true })
  }

  /** Errors name the folder that a person asked for, not the file that was being written on the way there. */
  async #naming(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      throw new AppError(thrown.code, { ...thrown.params, path: this.#directory }, { cause: thrown })
    }
  }

  #widen(values: SampleValues): void {
    for (const value of values) {
      if (!Number.isFinite(value)) throw new RangeError(`A sample holds ${value}`)
      if (value < this.#low) this.#low = value
      if (value > this.#high) this.#high = value
    }
  }

  #preprocessing(): Preprocessing {
    const { shape, type, divisor, normalize } = this.#plan
    const normalization = normalize ? this.#statistics.result(divisor) : undefined
    return {
      shape: [...shape],
      divisor,
      ...(normalization ? { normalization } : {}),
      ...(type === 'float32' ? { floats: { low: this.#low, high: this.#high } } : {}),
    }
  }
}

async function refuseUsed(directory: string): Promise<void> {
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
