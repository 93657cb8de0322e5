import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partNamed, placesByFolder } from './layout'

const labels = (names: string[], choice: 'auto' | 'nearest' | 'topmost' = 'auto') =>
  placesByFolder(names, choice).map(({ label, part }) => (part ? `${part}:${label ?? '-'}` : (label ?? '-')))

describe('where files belong by their folders', () => {
  it.each([
    ['class folders', ['cat/a.png', 'dog/b.png'], ['cat', 'dog']],
    ['under a folder of their own', ['set/cat/a.png', 'set/dog/b.png'], ['cat', 'dog']],
    ['files beside class folders', ['a.png', 'cat/b.png', 'dog/c.png'], ['-', 'cat', 'dog']],
    ['one class only', ['only/a.png', 'only/b.png'], ['only', 'only']],
    ['no folders', ['a.png', 'b.png'], ['-', '-']],
    [
      'two levels, the nearer ones unlike',
      ['animals/cats/a', 'animals/dogs/b', 'vehicles/ships/c'],
      ['cats', 'dogs', 'ships'],
    ],
    ['two levels, the nearer ones alike', ['cat/2020/a', 'cat/2021/b', 'dog/2020/c'], ['cat', 'cat', 'dog']],
    ['levels of several depths', ['cat/a', 'cat/more/b', 'dog/c'], ['cat', 'cat', 'dog']],
    ['parts on top', ['train/cat/a', 'train/dog/b', 'test/cat/c'], ['train:cat', 'train:dog', 'test:cat']],
    ['parts under a folder', ['x/Training/cat/a', 'x/Val/cat/b'], ['train:cat', 'validation:cat']],
    ['parts below the classes', ['cat/train/a', 'cat/test/b', 'dog/train/c'], ['train:cat', 'test:cat', 'train:dog']],
    [
      'parts of a year',
      ['train2017/cat/a', 'val_2017/cat/b', 'test1999/cat/c'],
      ['train:cat', 'validation:cat', 'test:cat'],
    ],
    ['classes that end in a number', ['test7/a', 'train12345/b'], ['test7', 'train12345']],
    ['the training part alone', ['train/cat/a', 'train/dog/b'], ['train:cat', 'train:dog']],
    ['a class that is called like a part, beside others', ['test/a', 'cat/b'], ['test', 'cat']],
    ['names of any script', ['кот/а.png', '猫/い.png', 'é 🐈/b.png'], ['кот', '猫', 'é 🐈']],
  ])('%s', (_what, names, expected) => expect(labels(names)).toEqual(expected))

  it('takes the topmost or the nearest folder where it is asked to', () => {
    const names = ['animals/cats/a', 'animals/dogs/b', 'vehicles/ships/c']
    expect(labels(names, 'topmost')).toEqual(['animals', 'animals', 'vehicles'])
    expect(labels(['cat/2020/a', 'dog/2020/c'], 'nearest')).toEqual(['2020', '2020'])
  })

  it('makes classes of folders named as parts where that is asked for', () => {
    const places = placesByFolder(['train/a', 'test/b', 'test/c'], 'auto', 'classes')
    expect(places).toEqual(['train', 'test', 'test'].map((label) => ({ label, part: undefined })))
  })

  it('never makes a class of the name of a part where all folders are such', () => {
    const folder = fc.constantFrom('train', 'test', 'val', 'Validation', 'TRAINING')
    const names = fc.array(fc.tuple(folder, fc.constantFrom('cat', 'dog'), fc.nat(99)), { minLength: 2 })
    fc.assert(
      fc.property(names, (paths) => {
        const places = placesByFolder(
          paths.map(([part, name, n]) => `${part}/${name}/${n}.png`),
          'auto',
        )
        expect(places.every(({ label }) => label === undefined || partNamed(label) === undefined)).toBe(true)
        expect(places.map(({ part }) => part)).toEqual(paths.map(([part]) => partNamed(part)))
      }),
    )
  })
})
