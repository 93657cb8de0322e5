import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byClass, classCounts, stratifiedSplit } from './split'

const anyLabels = fc
  .integer({ min: 1, max: 6 })
  .chain((classes) =>
    fc.record({ classes: fc.constant(classes), labels: fc.uint8Array({ min: 0, max: classes - 1, maxLength: 400 }) }),
  )

describe('a stratified split', () => {
  it('keeps every sample once, each class in its share, and repeats by seed', () => {
    fc.assert(
      fc.property(anyLabels, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(), (set, share, seed) => {
        const { kept, setAside } = stratifiedSplit(set.labels, set.classes, share, seed)
        const all = [...kept, ...setAside].sort((one, other) => one - other)
        expect(all).toEqual([...set.labels.keys()])
        expect(stratifiedSplit(set.labels, set.classes, share, seed)).toEqual({ kept, setAside })
        expect([...kept]).toEqual([...kept].sort((one, other) => one - other))

        const before = classCounts(set.labels, set.classes)
        const aside = classCounts(
          Uint8Array.from(setAside, (position) => set.labels[position]!),
          set.classes,
        )
        for (const [index, count] of before.entries()) {
          expect(Math.abs(aside[index]! - count * share)).toBeLessThanOrEqual(1)
          if (count > 0) expect(aside[index]).toBeLessThan(count)
        }
      }),
    )
  })

  it('sets the rounded share of all aside where classes have enough samples', () => {
    const labels = Uint8Array.from({ length: 1037 }, (_, index) => index % 10)
    for (const share of [0.1, 0.15, 0.333, 0.5]) {
      expect(stratifiedSplit(labels, 10, share, 1).setAside.length).toBe(Math.round(1037 * share))
    }
  })

  it('draws other samples by another seed', () => {
    const labels = Uint8Array.from({ length: 1000 }, (_, index) => index % 2)
    expect(stratifiedSplit(labels, 2, 0.1, 1).setAside).not.toEqual(stratifiedSplit(labels, 2, 0.1, 2).setAside)
  })
})

describe('the members of classes', () => {
  it('are those that a plain search finds', () => {
    fc.assert(
      fc.property(anyLabels, ({ labels, classes }) => {
        const members = byClass(labels, classes)
        for (let index = 0; index < classes; index++) {
          expect([...members[index]!]).toEqual([...labels.keys()].filter((position) => labels[position] === index))
        }
      }),
    )
  })
})
