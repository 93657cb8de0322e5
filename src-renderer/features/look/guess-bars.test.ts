import { describe, expect, it } from 'vitest'
import { guessBars } from './guess-bars'

const classes = ['cat', 'dog', 'fox']
const percent = (share: number) => `${share * 100}%`

function sample(label: number | null, ...order: number[]) {
  const top = order.map((classIndex, place) => ({ classIndex, probability: [0.5, 0.3, 0.2][place] ?? 0 }))
  return { sample: null, label, shape: [1, 1, 1], pixels: Uint8Array.of(0), top }
}

describe('the bars of a guessed picture', () => {
  it.each([
    ['a right guess', sample(1, 1, 0, 2), ['accent check', ' ', ' ']],
    ['a wrong guess with the truth behind it', sample(2, 1, 0, 2), ['warning x', ' ', 'accent check']],
    ['a wrong guess without the truth in sight', sample(2, 1, 0), ['warning x', ' ']],
    ['a picture whose truth nobody knows', sample(null, 1, 0), ['accent ', ' ']],
  ])('mark %s', (_name, guessed, marks) => {
    const bars = guessBars(guessed, classes, percent)
    expect(bars.map(({ tone = '', icon = '' }) => `${tone} ${icon}`)).toEqual(marks)
  })

  it('name the class, its share and its probability; a class without a name is called by its number', () => {
    expect(
      guessBars(sample(null, 2, 7), classes, percent).map(({ label, share, value }) => [label, share, value]),
    ).toEqual([
      ['fox', 0.5, '50%'],
      ['7', 0.3, '30%'],
    ])
  })
})
