import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Values } from '../../network/document'
import type { Shape } from '../shape'
import conv2d from './conv2d'
import dense from './dense'
import flatten from './flatten'
import input from './input'
import maxPooling from './max-pooling-2d'

interface WindowCase {
  readonly input: Shape
  readonly window: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly filters: number
}

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))
const cases: fc.Arbitrary<WindowCase> = fc.record({
  input: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 })),
  window: pair(1, 5),
  strides: pair(1, 3),
  filters: fc.integer({ min: 1, max: 4 }),
})

/** The output of a window that stays inside the picture, by trying every place. */
function placed({ input: [height = 0, width = 0], window, strides }: WindowCase): [number, number] {
  let [rows, columns] = [0, 0]
  for (let y = 0; y + window[0] <= height; y += strides[0]) rows += 1
  for (let x = 0; x + window[1] <= width; x += strides[1]) columns += 1
  return [rows, columns]
}

describe('a convolution', () => {
  const valuesOf = ({ window, strides, filters }: WindowCase): Values => ({
    filters,
    kernel: [...window],
    strides: [...strides],
    padding: 'valid',
    bias: true,
  })

  it('has the shape and the multiply-adds of one that is computed place by place', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [rows, columns] = placed(one)
        const result = conv2d.outShape(valuesOf(one), [one.input])
        if (rows === 0 || columns === 0) {
          expect(result).toMatchObject({ ok: false, problem: { code: 'kernel-too-large' } })
          return
        }
        expect(result).toEqual({ ok: true, shape: [rows, columns, one.filters] })
        let count = 0
        for (let value = 0; value < rows * columns * one.filters; value++)
          for (let tap = 0; tap < one.window[0] * one.window[1]; tap++) count += one.input[2] ?? 0
        expect(conv2d.macs(valuesOf(one), [one.input])).toBe(count)
      }),
    )
  })

  it('keeps the size at stride 1 with padding', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const values = { ...valuesOf({ ...one, strides: [1, 1] }), padding: 'same' }
        expect(conv2d.outShape(values, [one.input])).toEqual({
          ok: true,
          shape: [...one.input.slice(0, 2), one.filters],
        })
      }),
    )
  })

  it("has weights of its own per filter and channel, and none for the picture's size", () => {
    const values = { filters: 50, kernel: [5, 5], bias: true }
    expect(conv2d.weights(values, [[12, 12, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
    expect(conv2d.weights(values, [[300, 200, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
    expect(conv2d.weights({ ...values, bias: false }, [[12, 12, 20]])).toEqual({ trainable: 25_000, frozen: 0 })
  })
})

describe('max pooling', () => {
  it('has the shape of one that is done place by place, and the channels of its input', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [rows, columns] = placed(one)
        const values = { window: [...one.window], strides: [...one.strides], padding: 'valid' }
        const result = maxPooling.outShape(values, [one.input])
        if (rows === 0 || columns === 0)
          expect(result).toMatchObject({ ok: false, problem: { code: 'window-too-large' } })
        else expect(result).toEqual({ ok: true, shape: [rows, columns, one.input[2]] })
      }),
    )
  })
})

describe('a dense layer', () => {
  it('multiplies each input with each unit once', () => {
    expect(dense.macs({ units: 500 }, [[800]])).toBe(400_000)
    expect(dense.weights({ units: 500, bias: true }, [[800]])).toEqual({ trainable: 400_500, frozen: 0 })
  })

  it('sees everything', () => expect(dense.field?.({})).toBe('all'))

  it.each([
    [[10], { units: 10 }],
    [[4, 4, 8], undefined],
    [[0], undefined],
  ])('can be fitted to one row only: %j', (wanted, values) => expect(dense.fit?.({}, wanted)).toEqual(values))
})

it('keeps every value when it lays them in a row', () => {
  expect(flatten.outShape({}, [[3, 5, 7]])).toEqual({ ok: true, shape: [105] })
})

it('takes the shape of pictures, and of nothing else', () => {
  expect(input.fit?.({}, [32, 32, 3])).toEqual({ shape: [32, 32, 3] })
  expect(input.fit?.({}, [784])).toBeUndefined()
})
