import { join } from 'node:path'
import { storedFiles, type SampleName } from '@shared/data/stored-dataset'
import { readManifest } from '../data/store/open-stored'
import { storedNames } from '../data/store/stored-names'

/** Where each sample of a stored data set comes from. */
export async function readNames(directory: string): Promise<SampleName[]> {
  const { count } = await readManifest(directory)
  const names: SampleName[] = []
  await storedNames(join(directory, storedFiles.names), count).each((name) => void names.push(name))
  return names
}
