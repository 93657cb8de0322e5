import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokens, type Language } from './highlight'

const marked = (line: string, language: Language) =>
  tokens(line, language)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`)

describe('the pieces of a line', () => {
  it.each<[Language, string, string[]]>([
    ['python', 'import keras', ['word import']],
    [
      'python',
      'x = layers.Dense(units=10, activation="re#lu")  # "Слой"',
      ['number 10', 'text "re#lu"', 'comment # "Слой"'],
    ],
    ['python', '    """Divides each value."""', ['text """Divides each value."""']],
    ['python', 'alpha=1e-7, from_2 = True', ['number 1e', 'number 7', 'word True']],
    [
      'typescript',
      "const a = tf.input({ shape: [8, 8] }) // 'a'",
      ['word const', 'number 8', 'number 8', "comment // 'a'"],
    ],
    [
      'typescript',
      "import * as tf from '@tensorflow/tfjs'",
      ['word import', 'word as', 'word from', "text '@tensorflow/tfjs'"],
    ],
    ['typescript', '/** One. */', ['comment /** One. */']],
    ['typescript', "'an open text", ["text 'an open text"]],
  ])('%s: %s', (language, line, expected) => expect(marked(line, language)).toEqual(expected))

  it('together are the line, whatever it is', () => {
    const language = fc.constantFrom<Language>('python', 'typescript')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), language, (line, one) => {
        expect(
          tokens(line, one)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line)
      }),
    )
  })
})
