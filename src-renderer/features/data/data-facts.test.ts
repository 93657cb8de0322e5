import { describe, expect, it } from 'vitest'
import { digits } from '@/stores/testing/samples'
import { accountOf, sumOf, valueFacts } from './data-facts'

describe('what was found', () => {
  it('is what is used and what is skipped', () => {
    const account = accountOf(digits())
    expect(account.map(({ part, used }) => [part, used])).toEqual([
      ['train', 1000],
      ['test', 100],
    ])
    expect(account.every(({ found, used, skipped }) => found === used + skipped)).toBe(true)
  })

  it('counts what was removed as skipped, part by part', () => {
    const sums = { removed: 12, removedFromTest: 5, relabelled: 0, moved: 0, classes: 0, test: 5 }
    const account = accountOf(digits({ edits: { ...sums, undo: null, redo: null } }))
    expect(account).toEqual([
      { part: 'train', found: 1007, used: 1000, skipped: 7 },
      { part: 'test', found: 105, used: 100, skipped: 5 },
    ])
  })

  it.each([
    [[], 0],
    [[1, 2, 3], 6],
  ])('sum of %j', (counts, sum) => expect(sumOf(counts)).toBe(sum))
})

describe('valueFacts', () => {
  it.each([
    [[0, 255, 45], { lowest: 0, highest: 255, mean: 100 }],
    [[7], { lowest: 7, highest: 7, mean: 7 }],
  ])('of %j', (pixels, expected) => expect(valueFacts(Uint8Array.from(pixels))).toEqual(expected))
})
