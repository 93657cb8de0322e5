import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { augmentationKinds, augmentationsFor, initialStep } from '@shared/augmentation/registry'
import type { Preprocessing } from '@shared/data/preprocessing'
import { initialValues } from '@shared/layers/params'
import { sizeOf } from '@shared/layers/shape'
import type { Values } from '@shared/network/document'
import { FillMode, noAugmentation, type Augmentation, type AugmentationStep } from '@shared/training/augmentation'
import { range, seededRandom } from '../../random'
import { appErrorOf } from '../../testing/errors'
import { Augmenter } from './augmenter'
import { fittingAugmentation, planAugmentation, refuseWrongAugmentation } from './plan'

const picture: Preprocessing = { shape: [9, 12, 3], divisor: 255 }
const shapes: readonly Preprocessing[] = [
  picture,
  { shape: [40, 2], divisor: 1, floats: { low: -1, high: 1 } },
  { shape: [5, 6, 7, 1], divisor: 1, floats: { low: -10, high: 30 } },
  { shape: [4, 6, 5, 2], divisor: 255 },
]

function samplesOf({ shape, floats }: Preprocessing, count: number): Uint8Array | Float32Array {
  const random = seededRandom(count)
  const length = count * sizeOf(shape)
  if (!floats) return Uint8Array.from({ length }, () => random.below(256))
  const { low, high } = floats
  return Float32Array.from({ length }, () => low + ((high - low) * random.below(1000)) / 1000)
}

const withSteps = (...steps: AugmentationStep[]): Augmentation => ({ ...noAugmentation, steps })
const step = (kind: string, values: Values = {}, probability = 1) => {
  const found = augmentationKinds.get(kind)!
  return { kind, probability, values: { ...initialValues(found.params), ...values } }
}

/** The samples of some rows after augmentation. */
function augmented(
  how: Preprocessing,
  augmentation: Augmentation,
  rows: Uint32Array,
  { seed = 1, epoch = 1, all = samplesOf(how, 1 + Math.max(...rows)) } = {},
) {
  const size = sizeOf(how.shape)
  const values = all.slice(0, rows.length * size)
  for (const [n, row] of rows.entries()) values.set(all.subarray(row * size, (row + 1) * size), n * size)
  const plan = planAugmentation(augmentation, how, seed)
  const shares = plan && new Augmenter(plan).augment(values, rows, epoch)
  return { values, shares }
}

/** Every kind that fits, each to every sample. */
const everything = (how: Preprocessing, probability = 1) =>
  withSteps(...augmentationsFor(how.shape).map((kind) => ({ ...initialStep(kind), probability })))
const unmixed = ({ steps, ...rest }: Augmentation): Augmentation => ({
  ...rest,
  steps: steps.filter(({ kind }) => kind !== 'mixup'),
})

describe.each(shapes.map((how) => [how.shape.join(' × '), how] as const))('samples of %s', (_name, how) => {
  const size = sizeOf(how.shape)

  it('become the same whatever batch they are in, and others with another seed or in another epoch', () => {
    const augmentation = unmixed(everything(how, 0.7))
    const rows = range(12)
    const all = samplesOf(how, 12)
    const together = augmented(how, augmentation, rows, { all })
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows], { minLength: 1 }), (some) => {
        const apart = augmented(how, augmentation, Uint32Array.from(some), { all })
        for (const [n, row] of some.entries()) {
          const expected = together.values.subarray(row * size, (row + 1) * size)
          expect(apart.values.subarray(n * size, (n + 1) * size)).toEqual(expected)
        }
      }),
      { numRuns: 10 },
    )
    expect(augmented(how, augmentation, rows, { all, seed: 2 }).values).not.toEqual(together.values)
    expect(augmented(how, augmentation, rows, { all, epoch: 2 }).values).not.toEqual(together.values)
  })

  it('stay as they are where every strength is nothing, or no sample is chosen', () => {
    const still: Record<string, Values> = {
      crop: { smallest: 1, proportions: 1 },
      'white-noise': { distance: 80 },
    }
    const rows = range(3)
    for (const kind of augmentationsFor(how.shape)) {
      const { kind: name, params } = kind
      expect(augmented(how, withSteps({ ...initialStep(kind), probability: 0 }), rows).values).toEqual(
        samplesOf(how, 3),
      )
      if (Object.keys(params).length === 0 || ['erasing', 'mixup'].includes(name)) continue
      const zero = Object.fromEntries(Object.entries(params).map(([one]) => [one, 0]))
      const all = samplesOf(how, 3)
      const { values } = augmented(how, withSteps({ kind: name, probability: 1, values: still[name] ?? zero }), rows)
      // White noise is never nothing: at 80 decibels it is a ten-thousandth.
      const allowed = name === 'white-noise' ? 1e-3 : how.floats ? 1e-6 : 0
      const worst = Math.max(...Array.from(values, (value, at) => Math.abs(value - all[at]!)))
      expect(worst, name).toBeLessThanOrEqual(allowed * Math.max(...all))
    }
  })

  it('change with each kind at its usual strength', () => {
    for (const kind of augmentationsFor(how.shape)) {
      const { values } = augmented(how, withSteps({ ...initialStep(kind), probability: 1 }), range(4))
      expect(values, kind.kind).not.toEqual(samplesOf(how, 4))
      expect([...values].every(Number.isFinite)).toBe(true)
    }
  })

  it('are moved alike whether another kind changes some of them or not', () => {
    const kinds = augmentationsFor(how.shape)
    const moving = initialStep(kinds.find(({ kind }) => kind === 'shift' || kind === 'time-shift')!)
    const adding = { ...initialStep(kinds.find(({ kind }) => /brightness|polarity/.test(kind))!), probability: 0.5 }
    const [one, both] = [withSteps(moving), withSteps(adding, moving)].map((augmentation) => {
      const { values } = augmented(how, augmentation, range(12))
      return Array.from(range(12), (row) => values.slice(row * size, (row + 1) * size).join())
    })
    const alike = one!.filter((sample, n) => sample === both![n]).length
    expect(alike).toBeGreaterThan(0)
    expect(alike).toBeLessThan(12)
  })

  it('of one value keep it wherever they are moved, with any border but one shade', () => {
    const all = samplesOf(how, 2).fill(7)
    const moves = augmentationsFor(how.shape).filter(({ move }) => move)
    for (const fill of ['edge', 'reflect'] as const) {
      const augmentation = { ...withSteps(...moves.map(initialStep)), fill }
      expect(
        [...augmented(how, augmentation, range(2), { all }).values].every((value) => Math.abs(value - 7) < 1e-5),
      ).toBe(true)
    }
  })
})

describe('flips', () => {
  it.each(['flip', 'flip-vertical', 'flip-depth'])('%s: done twice they are nothing, done once they mirror', (kind) => {
    const how = kind === 'flip-depth' ? shapes[2]! : picture
    const all = samplesOf(how, 2)
    const once = augmented(how, withSteps(step(kind)), range(2), { all }).values
    expect(once).not.toEqual(all)
    expect([...once].sort()).toEqual([...all].sort())
    expect(augmented(how, withSteps(step(kind)), range(2), { all: once }).values).toEqual(all)
  })
})

describe('a sound that is shifted', () => {
  const how = shapes[1]!
  it.each(FillMode.options)('has its own values elsewhere, and %s before or behind them', (fill) => {
    const all = samplesOf(how, 1)
    const { values } = augmented(how, { ...withSteps(step('time-shift', { time: 0.5 })), fill }, range(1), { all })
    const outside = (place: number) => {
      if (place >= 0 && place < 40) return place
      if (fill === 'edge') return place < 0 ? 0 : 39
      return place < 0 ? -1 - place : 79 - place
    }
    const shifted = (by: number) =>
      Float32Array.from(values, (_, at) => {
        const place = Math.floor(at / 2) + by
        const silent = fill === 'constant' && (place < 0 || place >= 40)
        return silent ? 0 : all[outside(place) * 2 + (at % 2)]!
      })
    const fitting = Array.from({ length: 41 }, (_, n) => n - 20).filter((by) => by !== 0 && same(shifted(by), values))
    expect(fitting).toHaveLength(1)
  })

  function same(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
    return Array.from(one).every((value, n) => value === other[n])
  }
})

describe('what is drawn', () => {
  it('chooses as many samples as the probability says', () => {
    const how: Preprocessing = { shape: [1, 2, 1], divisor: 255 }
    const count = 4000
    const all = Uint8Array.from({ length: 2 * count }, (_, n) => n % 2)
    const { values } = augmented(how, withSteps(step('flip', {}, 0.3)), range(count), { all })
    const flipped = values.filter((value, n) => n % 2 === 0 && value === 1).length
    // Three deviations of a binomial distribution.
    expect(Math.abs(flipped / count - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / count))
  })

  it.each([
    ['picture', picture],
    ['volume', shapes[2]!],
  ])('erases a box within the share that is allowed: %s', (_name, how) => {
    const size = sizeOf(how.shape)
    const all = samplesOf(how, 50).fill(how.floats ? 9 : 200)
    const { values } = augmented(how, withSteps(step('erasing', { largest: 0.3 })), range(50), { all })
    const shares = Array.from({ length: 50 }, (_, n) => {
      const sample = values.subarray(n * size, (n + 1) * size)
      return sample.filter((value, at) => value !== all[at]).length / size
    })
    // Sides are whole numbers, and some of the noise may have the old value.
    expect(Math.max(...shares)).toBeLessThan(0.42)
    expect(Math.min(...shares)).toBeGreaterThan(0)
    expect(new Set(shares).size).toBeGreaterThan(5)
  })

  it('covers bands and boxes with the mean where that is asked for', () => {
    const all = samplesOf(picture, 1)
    const { values } = augmented(picture, withSteps(step('erasing', { largest: 0.9, cover: 'mean' })), range(1), {
      all,
    })
    const means = [0, 1, 2].map((channel) => {
      const own = [...all].filter((_, at) => at % 3 === channel)
      return Math.round(own.reduce((sum, value) => sum + value, 0) / own.length)
    })
    const changed = [...values].flatMap((value, at) => (value === all[at] ? [] : [[value, means[at % 3]]]))
    expect(changed.length).toBeGreaterThan(3)
    for (const [value, mean] of changed) expect(value).toBe(mean)
  })
})

describe('mixing', () => {
  it('gives each sample a share of the next one, the last one of the first, and tells the shares', () => {
    const how: Preprocessing = { shape: [2, 2, 1], divisor: 1, floats: { low: 0, high: 1 } }
    const all = samplesOf(how, 5)
    const { values, shares } = augmented(how, withSteps(step('mixup', { alpha: 1 }, 0.8)), range(5), { all })
    expect(shares).toHaveLength(5)
    const expected = Float32Array.from(values, (_, at) => {
      const share = shares![Math.floor(at / 4)]!
      return share * all[at]! + (1 - share) * all[(at + 4) % 20]!
    })
    expect([...values]).toEqual([...expected].map((value) => expect.closeTo(value, 5)))
    expect(new Set(shares).size).toBeGreaterThan(2)
  })

  it('keeps all of a sample that is alone', () => {
    const all = samplesOf(picture, 1)
    expect(augmented(picture, withSteps(step('mixup')), range(1), { all }).values).toEqual(all)
  })
})

describe('a plan', () => {
  it('leaves out what samples cannot have done to them, and is none where nothing is left', () => {
    const augmentation = withSteps(step('hue'), step('gain'), step('flip'), step('noise', {}, 0))
    expect(fittingAugmentation(augmentation, [8, 8, 1]).steps.map(({ kind }) => kind)).toEqual(['flip', 'noise'])
    expect(fittingAugmentation(augmentation, [100, 1]).steps.map(({ kind }) => kind)).toEqual(['gain'])
    expect(planAugmentation(augmentation, picture, 1)?.steps.map(({ kind }) => kind)).toEqual(['flip', 'hue'])
    expect(planAugmentation(withSteps(step('gain')), picture, 1)).toBeUndefined()
    expect(planAugmentation(noAugmentation, picture, 1)).toBeUndefined()
  })

  it.each([
    ['a kind that nobody knows', { kind: 'melt', probability: 1, values: {} }, 'augmentation-unknown'],
    ['too large a value', step('rotation', { degrees: 200 }), 'augmentation-bad-value'],
    ['a word that is none', step('erasing', { cover: 'red' }), 'augmentation-bad-value'],
  ])('is refused for %s', async (_name, wrong, code) => {
    const refused = await appErrorOf(Promise.resolve().then(() => refuseWrongAugmentation(withSteps(wrong))))
    expect(refused.code).toBe(code)
  })
})
