import type { RunRecord } from '@shared/training/run'

/** What files of exports name as their maker. */
export const generator = 'Patchwork'

/** A JSON file's text. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** The first lines of an export's README.txt: what it is, and how good. */
export function readmeHead({ number, test }: RunRecord, name: string, what: string): string {
  const quality = test
    ? `It guesses ${(test.accuracy * 100).toFixed(2)} % of ${test.samples} test samples right.`
    : 'It was not judged on test samples.'
  return `${name}: a ${what}, trained with ${generator} (run ${number}).\n${quality}`
}
