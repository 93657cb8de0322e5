import { Part, type DatasetSummary, type SampleFilter } from '@shared/data/dataset'

/** What became of the samples of one part: `found` = `used` + `skipped`. */
export interface PartAccount {
  readonly part: Part
  readonly found: number
  readonly used: number
  readonly skipped: number
}

/** The sum of a list of counts. */
export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * What was found in each part. An IDX pair is read whole or refused (its header says how many samples there must be), so
 * all that was found is used, but for what a person removed.
 */
export function accountOf({ counts, edits }: DatasetSummary): PartAccount[] {
  const { removed = 0, removedFromTest = 0 } = edits ?? {}
  const skipped = { train: removed - removedFromTest, test: removedFromTest }
  return Part.options.map((part) => {
    const used = sumOf(counts[part])
    return { part, found: used + skipped[part], used, skipped: skipped[part] }
  })
}

/** How many samples each class has in what is shown: `counts.train` holds those for validation too. */
export function shownCounts({ counts, validationCounts = [] }: DatasetSummary, part: SampleFilter['part']): number[] {
  const { train, test } = counts
  if (part === 'test') return test
  if (part === 'validation') return train.map((_count, at) => validationCounts[at] ?? 0)
  if (part === 'train') return train.map((count, at) => count - (validationCounts[at] ?? 0))
  return train.map((count, at) => count + (test[at] ?? 0))
}

export interface ValueFacts {
  readonly lowest: number
  readonly highest: number
  readonly mean: number
}

/** The lowest, the highest and the mean of a sample's values. */
export function valueFacts(values: Uint8Array | Float32Array): ValueFacts {
  let [lowest = 0] = values
  let highest = lowest
  let sum = 0
  for (const value of values) {
    if (value < lowest) lowest = value
    if (value > highest) highest = value
    sum += value
  }
  return { lowest, highest, mean: sum / Math.max(1, values.length) }
}
