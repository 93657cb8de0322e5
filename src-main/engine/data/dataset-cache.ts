import { join } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import { storedFiles } from '@shared/data/stored-dataset'
import { fileStamp } from '../files'
import { openDataset, type Dataset } from './dataset'

/** A data set in use: it stays open at least until it is released. */
export interface Lease {
  readonly dataset: Dataset
  release(): void
}

interface Entry {
  readonly stamp: string
  readonly opening: Promise<Dataset>
  users: number
  evicted: boolean
}

/** How many data sets stay open between calls. */
const capacity = 2

/** Keeps the data sets last used open, by their source. A set whose files changed on disk is opened anew. */
export class DatasetCache {
  private readonly entries = new Map<string, Entry>()

  /** Opens a data set or takes the open one; the caller releases it. */
  async lease(source: DatasetSource): Promise<Lease> {
    const key = JSON.stringify(source)
    const stamp = await stampOf(source)
    const kept = this.entries.get(key)
    if (kept && kept.stamp !== stamp) this.evict(key, kept)
    const entry = this.entries.get(key) ?? { stamp, opening: openDataset(source), users: 0, evicted: false }
    entry.users += 1
    // The last used one stands last.
    this.entries.delete(key)
    this.entries.set(key, entry)
    try {
      const dataset = await entry.opening
      this.trim()
      let released = false
      return {
        dataset,
        release: () => {
          if (!released) this.release(entry)
          released = true
        },
      }
    } catch (error) {
      this.entries.delete(key)
      throw error
    }
  }

  /** Runs `use` with an open data set. */
  async with<T>(source: DatasetSource, use: (dataset: Dataset) => T | Promise<T>): Promise<T> {
    const lease = await this.lease(source)
    try {
      return await use(lease.dataset)
    } finally {
      lease.release()
    }
  }

  private trim(): void {
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= capacity) return
      this.evict(key, entry)
    }
  }

  private evict(key: string, entry: Entry): void {
    this.entries.delete(key)
    entry.evicted = true
    if (entry.users === 0) closeWhenOpen(entry)
  }

  private release(entry: Entry): void {
    entry.users -= 1
    if (entry.evicted && entry.users === 0) closeWhenOpen(entry)
  }
}

function closeWhenOpen({ opening }: Entry): void {
  opening.then(
    (dataset) => dataset.close(),
    () => undefined,
  )
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
