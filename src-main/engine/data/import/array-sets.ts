import type { StoredPart } from '@shared/data/stored-dataset'
import type { DecodedArrays, DecodedValues } from '../decode/contract'
import { partNamed } from './layout'

/** Samples with their labels in one file: `[count, …shape]` and one label each. */
export interface ArraySet {
  readonly samples: DecodedValues
  readonly labels: readonly string[]
  readonly part: StoredPart | undefined
}

const sampleNames = /^(images?|data|x|samples?|inputs?|features|arr_0)$/i
const labelNames = /^(labels?|y|targets?|classes|fine_labels?|arr_1)$/i

/**
 * The sets of samples in a file of arrays, by the arrays' names: `images` and `labels`, `x_train` and `y_train`,
 * `test_images` and `test_labels`, … `fileName` tells the part where the names do not (`test_batch.bin`).
 */
export function arraySetsOf({ arrays, texts }: DecodedArrays, fileName: string): ArraySet[] {
  const named = [...arrays].map(([name, array]) => ({ array, ...splitName(name) }))
  const ofFile = partInFileName(fileName)
  return named.flatMap(({ array, part, rest }) => {
    if (!sampleNames.test(rest) || array.shape.length < 2) return []
    const labels = named.find((other) => other.part === part && labelNames.test(other.rest))?.array
    const words = labels ? labelTexts(labels) : [...texts].find(([name]) => labelNames.test(name))?.[1]
    return words && words.length === array.shape[0] ? [{ samples: array, labels: words, part: part ?? ofFile }] : []
  })
}

/** `train_images`, `x_train`, `images`: the part and what is left of the name. */
function splitName(name: string): { part: StoredPart | undefined; rest: string } {
  const words = name.split(/[_\-. ]/)
  const at = words.findIndex((word) => partNamed(word) !== undefined)
  if (at < 0) return { part: undefined, rest: name }
  return { part: partNamed(words[at] ?? ''), rest: words.filter((_, n) => n !== at).join('_') }
}

/** The part that a file's name tells: `t10k` is what MNIST calls its test part. */
export function partInFileName(name: string): StoredPart | undefined {
  const words = (name.split('/').at(-1) ?? '').split(/[_\-. ]/)
  const parts = words.flatMap((word) => (word === 't10k' ? 'test' : (partNamed(word) ?? [])))
  return parts[0]
}

/** Labels as whole numbers, `[count]` or `[count, 1]`. */
function labelTexts({ shape, values }: DecodedValues): readonly string[] | undefined {
  if (shape.length > 2 || (shape.length === 2 && shape[1] !== 1)) return undefined
  return Array.from(values, String)
}

/** One sample of a set, as if it had been a file of its own. */
export function sampleOf({ samples }: ArraySet, n: number): DecodedValues {
  const shape = samples.shape.slice(1)
  const size = shape.reduce((product, one) => product * one, 1)
  return { ...samples, kind: 'array', shape, values: samples.values.subarray(n * size, (n + 1) * size) }
}
