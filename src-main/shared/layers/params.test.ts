import { describe, expect, it } from 'vitest'
import { choice, initialValues, int, paramIssues, paramKey, real, size, toggle } from './params'

const params = {
  filters: int({ initial: 32, min: 1, max: 4096 }),
  rate: real({ initial: 0.5, min: 0, max: 0.95, step: 0.05 }),
  padding: choice({ initial: 'valid', options: ['valid', 'same'], texts: 'padding' }),
  bias: toggle({ initial: true }),
  kernel: size({ initial: [3, 3], min: 1, max: 64 }),
}

describe('paramIssues', () => {
  it.each([
    ['nothing set', {}],
    ['the initial values', initialValues(params)],
    ['values at the edges', { filters: 4096, rate: 0, padding: 'same', bias: false, kernel: [1, 64] }],
    ['values of no parameter', { colour: 'red' }],
  ])('accepts %s', (_, values) => expect(paramIssues(params, values)).toEqual([]))

  it.each([
    ['filters', 0, { param: 'filters', code: 'bad-int', allowed: { min: 1, max: 4096 } }],
    ['filters', 2.5, { param: 'filters', code: 'bad-int', allowed: { min: 1, max: 4096 } }],
    ['filters', '32', { param: 'filters', code: 'bad-int', allowed: { min: 1, max: 4096 } }],
    ['filters', Number.NaN, { param: 'filters', code: 'bad-int', allowed: { min: 1, max: 4096 } }],
    ['rate', 0.96, { param: 'rate', code: 'bad-real', allowed: { min: 0, max: 0.95 } }],
    ['padding', 'full', { param: 'padding', code: 'bad-choice', allowed: { options: 'valid, same' } }],
    ['bias', 1, { param: 'bias', code: 'bad-toggle', allowed: {} }],
    ['kernel', [3], { param: 'kernel', code: 'bad-size', allowed: { min: 1, max: 64, axes: 2 } }],
    ['kernel', [3, 65], { param: 'kernel', code: 'bad-size', allowed: { min: 1, max: 64, axes: 2 } }],
    ['kernel', 3, { param: 'kernel', code: 'bad-size', allowed: { min: 1, max: 64, axes: 2 } }],
  ])('refuses %s = %o', (name, value, issue) => {
    expect(paramIssues(params, { [name]: value })).toEqual([issue])
  })
})

it('finds shared texts where they are shared, and own ones with their kind', () => {
  expect(paramKey('layers.conv2d', 'padding', params.padding)).toBe('layers.common.padding')
  expect(paramKey('layers.conv2d', 'filters', params.filters)).toBe('layers.conv2d.params.filters')
})
