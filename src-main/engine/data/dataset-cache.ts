import { join } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import type { Edit } from '@shared/data/edits'
import { storedFiles } from '@shared/data/stored-dataset'
import { fileStamp } from '../files'
import { openSource, withEdits, type Dataset } from './dataset'
import { readEdits } from './edits/read-log'
import { Leases, type Leased } from './leases'
import { makeDataset } from './make-dataset'
import type { OpenSource } from './table'

/** A data set in use: it stays open at least until it is released. */
export interface Lease {
  readonly dataset: Dataset
  release(): void
}

/** How many sources, and how many states of their edits, stay open between calls. */
const capacity = 2

/**
 * Keeps the data sets last used open, by their source. A set whose files changed on disk is opened anew. An edit opens no
 * file again: all states of a source share the source.
 */
export class DatasetCache {
  private readonly sources = new Leases<OpenSource>(capacity)
  private readonly datasets = new Leases<Dataset>(capacity)

  /** Opens a data set or takes the open one; the caller releases it. */
  async lease(source: DatasetSource): Promise<Lease> {
    const stamp = await stampOf(source)
    const { value, release } = await this.datasets.lease(JSON.stringify(source), stamp, () => this.open(source, stamp))
    return { dataset: value, release }
  }

  /** Runs `use` with an open data set. */
  async with<T>(source: DatasetSource, use: (dataset: Dataset) => T | Promise<T>): Promise<T> {
    const { dataset, release } = await this.lease(source)
    try {
      return await use(dataset)
    } finally {
      release()
    }
  }

  /** Throws where an edit cannot be made to a data set as it is. Tells how many samples its source has. */
  async check(source: DatasetSource, edit: Edit): Promise<{ samples: number }> {
    const { value, release } = await this.leaseSource(source, await stampOf(source))
    try {
      const { count } = value.table
      const before = source.edits ? await readEdits(source.edits) : { path: '', lines: [] }
      const line = { at: new Date().toISOString(), samples: count, edit }
      makeDataset(value, source, { ...before, lines: [...before.lines, line] })
      return { samples: count }
    } finally {
      release()
    }
  }

  private async open(source: DatasetSource, stamp: string): Promise<Dataset> {
    const { value, release } = await this.leaseSource(source, stamp)
    try {
      return await withEdits({ ...value, close: release }, source)
    } catch (error) {
      release()
      throw error
    }
  }

  private leaseSource(source: DatasetSource, stamp: string): Promise<Leased<OpenSource>> {
    const files: DatasetSource = { ...source, edits: undefined }
    return this.sources.lease(JSON.stringify(files), stamp, () => openSource(files))
  }
}

/** Sizes and times of a source's files; a missing one is left to the opening to report. */
async function stampOf(source: DatasetSource): Promise<string> {
  return (await Promise.all(filesOf(source).map(fileStamp))).join(', ')
}

function filesOf(source: DatasetSource): string[] {
  if (source.kind === 'sample') return []
  if (source.kind === 'stored') return Object.values(storedFiles).map((name) => join(source.directory, name))
  const pairs = [source.train, ...(source.test ? [source.test] : [])]
  return pairs.flatMap(({ images, labels }) => [images, labels])
}
