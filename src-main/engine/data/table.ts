import type { DatasetSource, DatasetSummary } from '@shared/data/dataset'
import type { Preprocessing } from '@shared/data/preprocessing'
import type { SampleName } from '@shared/data/stored-dataset'
import type { Labels } from './split'
import type { SampleStore } from './store/sample-store'

/** Where the samples of a source come from, read as it is asked for. */
export interface SampleNames {
  /** The names of some rows, in their order. */
  at(rows: Uint32Array): Promise<SampleName[]>
  /** Tells the name of every row, from the first to the last. */
  each(visit: (name: SampleName, row: number) => void): Promise<void>
}

/** Every sample of a source by its row: what edits name. */
export interface SampleTable {
  readonly count: number
  readonly labels: Labels
  /** Positions in `storedParts`. */
  readonly parts: Uint8Array
  /** What an import noticed: a bit for each of `sampleFlags`. Without an import there is nothing. */
  readonly flags: Uint16Array | undefined
  /** Where samples lie: the rows of one store after those of the one before. */
  readonly stores: readonly SampleStore[]
  readonly names: SampleNames
}

/** A source as its files have it, before any edit; who opened it closes it. */
export interface OpenSource {
  readonly source: DatasetSource
  readonly title: string
  readonly classes: readonly string[]
  readonly preprocessing: Preprocessing
  /** The test part is the source's own. */
  readonly ownTest: boolean
  readonly files?: DatasetSummary['files']
  readonly table: SampleTable
  hold(): Promise<void>
  close(): void
}
