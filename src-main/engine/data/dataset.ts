import type { DatasetSource, DatasetSummary, Part } from '@shared/data/dataset'
import type { Preprocessing } from '@shared/data/preprocessing'
import { readEdits } from './edits/read-log'
import { openIdxSource } from './idx-dataset'
import { makeDataset } from './make-dataset'
import type { DatasetPart } from './part'
import { openSampleSet } from './sample-dataset'
import type { Labels } from './split'
import type { RowSource } from './store/rows'
import { openStoredSource } from './stored-dataset'
import type { OpenSource, SampleNames } from './table'

export type { DatasetPart } from './part'

/** An opened data set. `hold` takes its samples into memory where they are few, `close` lets its files go. */
export interface Dataset {
  readonly summary: DatasetSummary
  /** How its samples become a network's input. */
  readonly preprocessing: Preprocessing
  readonly train: DatasetPart
  readonly test: DatasetPart
  /** Positions in the training part that the source itself holds out for validation; absent: each run draws its own. */
  readonly validation?: Uint32Array
  /** Every sample by its row, removed ones too, for who looks at them. */
  readonly all: AllSamples
  hold(): Promise<void>
  close(): void
}

export interface AllSamples {
  readonly count: number
  readonly labels: Labels
  /** Positions in `storedParts`. */
  readonly parts: Uint8Array
  /** A bit for each of `sampleMarks`. */
  readonly marks: Uint16Array
  readonly names: SampleNames
  /** Where samples lie now, by their rows. */
  readonly source: RowSource
}

/** Opens a source as its files have it, whatever its edits; the caller closes it. */
export function openSource(source: DatasetSource): Promise<OpenSource> {
  if (source.kind === 'sample') return openSampleSet(source)
  return source.kind === 'stored' ? openStoredSource(source) : openIdxSource(source)
}

/** A source with its edits; it closes the source when it is closed itself. */
export async function withEdits(open: OpenSource, source: DatasetSource): Promise<Dataset> {
  return makeDataset(open, source, source.edits && (await readEdits(source.edits)))
}

/** Opens a data set from its source; the caller closes it. */
export async function openDataset(source: DatasetSource): Promise<Dataset> {
  const open = await openSource(source)
  try {
    return await withEdits(open, source)
  } catch (error) {
    open.close()
    throw error
  }
}

/** The part of a data set by its name. */
export function partOf(dataset: Dataset, part: Part): DatasetPart {
  return part === 'train' ? dataset.train : dataset.test
}
