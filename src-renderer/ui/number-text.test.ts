import { describe, expect, it } from 'vitest'
import { readNumber, stepNumber, writeNumber } from './number-text'

describe('readNumber', () => {
  it.each([
    ['32', 'en', 32],
    [' 1 240 ', 'ru', 1240],
    ['1\u00a0240', 'ru', 1240],
    ['1,240', 'en', 1240],
    ['1,240.5', 'en', 1240.5],
    ['1,240', 'ru', 1.24],
    ['0,001', 'en', 0.001],
    ['0,5', 'ru', 0.5],
    ['0.5', 'ru', 0.5],
    ['1e-3', 'en', 0.001],
    ['.5', 'en', 0.5],
    ['−5', 'en', -5],
    ['+5', 'en', 5],
  ])('%j in %s', (text, locale, value) => expect(readNumber(text, locale)).toEqual({ value }))

  it.each([
    ['', {}, 'not-a-number'],
    ['three', {}, 'not-a-number'],
    ['3x3', {}, 'not-a-number'],
    ['1.2.3', {}, 'not-a-number'],
    ['0x10', {}, 'not-a-number'],
    ['1e999', {}, 'not-a-number'],
    ['Infinity', {}, 'not-a-number'],
    ['2.5', { integer: true }, 'not-whole'],
    ['0', { min: 1 }, 'too-small'],
    ['65', { max: 64 }, 'too-large'],
  ])('refuses %j under %o', (text, rule, problem) => expect(readNumber(text, 'en', rule)).toEqual({ problem }))
})

describe('writeNumber', () => {
  it.each([
    [60000, 'en', '60000'],
    [0.001, 'en', '0.001'],
    [0.001, 'ru', '0,001'],
    [0.1 + 0.2, 'en', '0.3'],
    [1e-7, 'en', '1e-7'],
    [1.5e-7, 'ru', '1,5e-7'],
    [0, 'en', '0'],
  ])('%d in %s', (value, locale, text) => expect(writeNumber(value, locale)).toBe(text))

  it.each([0.1, 1e-7, 2.5e16, -3, 123456.789])('is read back as it was written: %d', (value) => {
    for (const locale of ['en', 'ru']) expect(readNumber(writeNumber(value, locale), locale)).toEqual({ value })
  })
})

describe('stepNumber', () => {
  it.each([
    [32, 1, 1, {}, 33],
    [0.1, 1, 0.1, {}, 0.2],
    [0.2, 1, 0.1, {}, 0.3],
    [3, -1, 1, { min: 3 }, 3],
    [64, 1, 1, { max: 64 }, 64],
    [5, 10, 1, { max: 12 }, 12],
    [0.0013, 1, 0.001, { min: 0 }, 0.002],
    [0.0013, -1, 0.001, { min: 0 }, 0.001],
    [1, 1, 2, { min: 1 }, 3],
  ])('%d by %d steps of %d within %o', (value, steps, step, rule, next) => {
    expect(stepNumber(value, steps, step, rule)).toBe(next)
  })
})
