import type { DatasetSource } from '@shared/data/dataset'
import type { Dataset } from './dataset'
import { openIdxDataset } from './idx-dataset'
import { madeSet } from './made-set'
import { installed, sampleSet } from './sample-sets'
import { openStoredDataset } from './stored-dataset'

/** Opens a data set that ships; the caller closes it. At the first time it may have to be made, which takes seconds. */
export async function openSampleSet(source: Extract<DatasetSource, { kind: 'sample' }>): Promise<Dataset> {
  const set = sampleSet(source.id)
  if ('directory' in set) return openIdxDataset(source)
  const { title } = set
  const directory = await madeSet(title, installed(set, set.files))
  const dataset = await openStoredDataset({ kind: 'stored', title, directory })
  return { ...dataset, summary: { ...dataset.summary, source } }
}
