import { describe, expect, it } from 'vitest'
import { paramIssues } from '../layers/params'
import { Augmentation } from '../training/augmentation'
import { english, russian } from '../messages/files'
import { textAt } from '../messages/english'
import { cautions } from './define'
import { augmentationKinds, fits } from './registry'
import { usualAugmentation } from './usual'

describe('the usual augmentation', () => {
  it.each([
    [[28, 28, 1], false, ['zoom', 'rotation', 'shift', 'brightness', 'contrast']],
    [[64, 100, 1], true, ['shift', 'brightness', 'noise', 'bands']],
    [[8000, 1], true, ['time-shift', 'gain', 'white-noise']],
    [[28, 28, 28, 1], false, ['zoom', 'rotation', 'shift', 'shift-depth', 'brightness']],
  ])('of samples %j (of sounds: %j) is %j', (shape, ofSounds, wanted) => {
    const usual = usualAugmentation(shape, ofSounds)
    expect(Augmentation.safeParse(usual).success).toBe(true)
    expect(usual.steps.map(({ kind }) => kind)).toEqual(wanted)
    for (const { kind: name, values } of usual.steps) {
      const kind = augmentationKinds.get(name)
      expect(kind && fits(kind, shape)).toBe(true)
      expect(kind && paramIssues(kind.params, values)).toEqual([])
      // Nothing that somebody has to look at first is switched on in bulk.
      expect(kind?.caution?.(values)).toBeUndefined()
    }
  })
})

describe('what may change the class', () => {
  it.each([
    ['flip', {}, 'mirrored'],
    ['rotation', { degrees: 45 }, undefined],
    ['rotation', { degrees: 46 }, 'turned'],
    ['tilt', { nod: 10, swing: 90 }, 'turned'],
    ['hue', { turn: 0.1 }, 'recoloured'],
    ['shift', { horizontal: 0.5, vertical: 0.5 }, undefined],
  ])('%s with %j: %s', (kind, values, caution) => {
    expect(augmentationKinds.get(kind)?.caution?.(values)).toBe(caution)
  })

  it.each(cautions)('is told in both languages: %s', (caution) => {
    for (const language of [english, russian]) expect(textAt(language, `augmentation.cautions.${caution}`)).toBeTruthy()
  })
})
