import type { DatasetSource } from '@shared/data/dataset'
import { openIdxSource } from './idx-dataset'
import { madeSet } from './made-set'
import { installed, sampleSet } from './sample-sets'
import { openStoredSource } from './stored-dataset'
import type { OpenSource } from './table'

/** Opens a data set that ships; the caller closes it. At the first time it may have to be made, which takes seconds. */
export async function openSampleSet(source: Extract<DatasetSource, { kind: 'sample' }>): Promise<OpenSource> {
  const set = sampleSet(source.id)
  if ('directory' in set) return openIdxSource(source)
  const { title } = set
  const directory = await madeSet(title, installed(set, set.files))
  return { ...(await openStoredSource({ kind: 'stored', title, directory })), source }
}
