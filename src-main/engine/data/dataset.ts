import type { DatasetSource, DatasetSummary, Part } from '@shared/data/dataset'
import type { Preprocessing } from '@shared/data/preprocessing'
import { openIdxDataset } from './idx-dataset'
import type { DatasetPart } from './part'
import { openSampleSet } from './sample-dataset'
import { openStoredDataset } from './stored-dataset'

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
  hold(): Promise<void>
  close(): void
}

/** Opens a data set from its source; the caller closes it. */
export function openDataset(source: DatasetSource): Promise<Dataset> {
  if (source.kind === 'sample') return openSampleSet(source)
  return source.kind === 'stored' ? openStoredDataset(source) : openIdxDataset(source)
}

/** The part of a data set by its name. */
export function partOf(dataset: Dataset, part: Part): DatasetPart {
  return part === 'train' ? dataset.train : dataset.test
}
