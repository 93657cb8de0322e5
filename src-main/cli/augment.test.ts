import { describe, expect, it } from 'vitest'
import { augmentationKinds, initialStep } from '@shared/augmentation/registry'
import { Augmentation, noAugmentation } from '@shared/training/augmentation'
import { translator } from '../services/texts'
import { augmentationList, augmentationNames } from './augment'

const read = augmentationList(translator('en'))
const initial = (name: string) => initialStep(augmentationKinds.get(name)!)

describe('a list of augmentations', () => {
  it.each([
    ['none', noAugmentation],
    ['flip', { ...noAugmentation, steps: [initial('flip')] }],
    ['flip=0.25', { ...noAugmentation, steps: [{ ...initial('flip'), probability: 0.25 }] }],
    [
      'rotation=15, mixup=0.4',
      {
        ...noAugmentation,
        steps: [
          { ...initial('rotation'), values: { degrees: 15 } },
          { ...initial('mixup'), values: { alpha: 0.4 } },
        ],
      },
    ],
    [
      'zoom=0.3,zoom.closer=0.5,zoom.probability=.5',
      { ...noAugmentation, steps: [{ kind: 'zoom', probability: 0.5, values: { closer: 0.5, further: 0.3 } }] },
    ],
    [
      'erasing.cover=mean,fill=reflect,shade=1',
      { fill: 'reflect', shade: 1, steps: [{ ...initial('erasing'), values: { largest: 0.2, cover: 'mean' } }] },
    ],
  ])('%s', (words, expected) => expect(read(words)).toEqual(expected))

  it.each([
    ['', 'there is no augmentation ;'],
    ['flips', 'there is no augmentation flips; there are flip,'],
    ['flip,,noise', 'there is no augmentation ;'],
    ['__proto__', 'there is no augmentation __proto__'],
    ['rotation=ten', 'rotation.degrees must be a number from 0 to 180'],
    ['rotation=', 'rotation.degrees must be a number from 0 to 180'],
    ['rotation=181', 'rotation.degrees must be a number from 0 to 180'],
    ['rotation.angle=3', 'rotation has no angle, but degrees, probability'],
    ['flip.constructor=3', 'flip has no constructor, but probability'],
    ['flip=2', 'flip.probability must be a number from 0 to 1'],
    ['noise.probability', 'noise.probability must be a number from 0 to 1'],
    ['fill=black', 'fill must be one of edge, reflect, constant'],
    ['shade=2', 'shade must be a number from 0 to 1'],
    ['erasing.cover=red', 'erasing.cover must be one of noise, mean'],
  ])('“%s” is refused: %s', (words, why) => expect(() => read(words)).toThrow(why))

  it('can be read as it is told in the help', () => {
    const told = read(augmentationNames())
    expect(Augmentation.parse(told)).toEqual({ ...noAugmentation, steps: [...augmentationKinds.keys()].map(initial) })
  })
})
