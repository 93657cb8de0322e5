import { describe, expect, it } from 'vitest'
import { paramKey } from '../layers/params'
import { textAt } from '../messages/english'
import { english, russian } from '../messages/files'
import { Augmentation, AugmentationStep, noAugmentation } from '../training/augmentation'
import { TrainingSettings, initialTraining } from '../training/settings'
import { augmentationGroups } from './define'
import { augmentationKinds, augmentationsFor, initialStep, mixesLabels } from './registry'

const all = [...augmentationKinds.values()]

it('has the augmentations in the order in which they are done', () => {
  expect(all.length).toBeGreaterThan(20)
  const places = all.map(({ group, order }) => 100 * augmentationGroups.indexOf(group) + order)
  expect(places).toEqual([...new Set(places)].sort((one, other) => one - other))
})

describe.each(all.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  it('does one thing, and begins with values that are allowed', () => {
    expect([kind.move, kind.change, kind.mix].filter(Boolean)).toHaveLength(1)
    expect(AugmentationStep.parse(initialStep(kind))).toEqual(initialStep(kind))
    expect(kind.complete({})).toEqual(initialStep(kind).values)
    for (const [param, { schema, initial }] of Object.entries(kind.params)) {
      expect(schema.safeParse(initial).success, param).toBe(true)
    }
    expect(kind.main.filter((param) => !(param in kind.params))).toEqual([])
  })

  it('has all its texts', () => {
    const own = `augmentation.kinds.${name}`
    const keys = Object.entries(kind.params).flatMap(([param, one]) => {
      const key = paramKey(own, param, one)
      const words = one.control === 'choice' ? one.options.map((option) => `${key}.options.${option}`) : []
      return [`${key}.label`, `${key}.help`, ...words]
    })
    for (const key of [`${own}.title`, `${own}.help`, ...keys]) {
      for (const tree of [english, russian]) expect(textAt(tree, key), key).toBeTruthy()
    }
  })
})

it('offers to each kind of sample what can be done to it', () => {
  const names = (shape: number[]) => augmentationsFor(shape).map(({ kind }) => kind)
  expect(names([8000, 1])).toEqual(['time-shift', 'gain', 'polarity', 'white-noise', 'time-mask', 'mixup'])
  expect(names([8, 8, 3])).toContain('hue')
  expect(names([8, 8, 1])).not.toContain('hue')
  expect(names([8, 8, 8, 1])).toContain('tilt')
  expect(names([8, 8, 1])).not.toContain('tilt')
})

it('says whether labels are mixed', () => {
  const step = initialStep(augmentationKinds.get('mixup')!)
  expect(mixesLabels({ ...noAugmentation, steps: [step] })).toBe(true)
  expect(mixesLabels({ ...noAugmentation, steps: [{ ...step, probability: 0 }] })).toBe(false)
  expect(mixesLabels({ ...noAugmentation, steps: [initialStep(augmentationKinds.get('flip')!)] })).toBe(false)
})

describe('settings', () => {
  it('from before there was augmentation have none', () => {
    const old = { ...initialTraining, augmentation: undefined }
    expect(TrainingSettings.parse(JSON.parse(JSON.stringify(old)))).toEqual(initialTraining)
  })

  it.each([
    ['a probability above 1', { steps: [{ kind: 'flip', probability: 1.5, values: {} }] }],
    ['a kind twice', { steps: [1, 2].map(() => ({ kind: 'flip', probability: 1, values: {} })) }],
    ['a border that is none', { fill: 'wrap' }],
    ['a shade above 1', { shade: 2 }],
  ])('refuse %s', (_name, own) => {
    expect(Augmentation.safeParse({ ...noAugmentation, ...own }).success).toBe(false)
  })
})
