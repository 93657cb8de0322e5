import { describe, expect, it } from 'vitest'
import { finishedRun } from '../testing/run-record'
import { savedModelReadme } from './saved-model-readme'
import { tfjsReadme } from './tfjs-readme'

const record = (shape: number[], test = true) =>
  finishedRun({
    number: 7,
    classes: ['a', 'b'],
    preprocessing: { shape, divisor: 255 },
    test: test ? { samples: 200, loss: 0.1, accuracy: 0.985 } : null,
  })

describe.each([
  ['TensorFlow.js LayersModel', tfjsReadme],
  ['TensorFlow SavedModel', savedModelReadme],
])('the README of a %s', (what, readme) => {
  it('says what it is and how good', () => {
    const text = readme(record([28, 28, 1]), 'My digits')
    expect(text).toMatch(new RegExp(`^My digits: a ${what}, trained with Patchwork \\(run 7\\)\\.\n`))
    expect(text).toContain('It guesses 98.50 % of 200 test samples right.')
    expect(readme(record([28, 28, 1], false), 'My digits')).toContain('It was not judged on test samples.')
  })

  it.each([
    [
      'a grey picture',
      [28, 20, 1],
      /fromPixels\(canvas, 1\)\.resizeBilinear\(\[28, 20\]\)|convert\('L'\)\n  picture = ImageOps.pad\(picture, \(20, 28\)/,
    ],
    ['a colour picture', [28, 20, 3], /fromPixels\(canvas, 3\)|convert\('RGB'\)/],
    ['a picture of other channels', [28, 20, 5], /zeros\(\[28, 20, 5\]\)/],
    ['a sequence', [8000, 2], /zeros\(\[8000, 2\]\)/],
    ['a volume', [4, 28, 20, 1], /zeros\(\[4, 28, 20, 1\]\)/],
  ])('shows how %s is fed', (_what, shape, lines) => {
    const text = readme(record(shape), 'it')
    expect(text).toContain(`float32 [samples, ${shape.join(', ')}]`)
    expect(text).toContain('float32 [samples, 2]')
    expect(text).toMatch(lines)
  })

  it.each([
    ['a picture that fills', { shape: [28, 20, 3], resize: 'fill' }, /ImageOps\.fit\(picture, \(20, 28\)|fromPixels/],
    ['a sound', { shape: [8000, 1], sound: { rate: 8000, length: 8000 } }, /sr=8000.*size=8000|zeros\(\[8000, 1\]\)/s],
  ] as const)('shows how %s is made', (_what, { shape, ...how }, lines) => {
    const run = finishedRun({ classes: ['a', 'b'], preprocessing: { shape: [...shape], divisor: 1, ...how } })
    expect(readme(run, 'it')).toMatch(lines)
  })
})
