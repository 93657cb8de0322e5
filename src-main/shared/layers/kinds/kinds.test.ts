import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Values } from '../../network/document'
import type { Shape } from '../shape'
import { layerKind } from '../registry'
import dense from './dense'
import flatten from './flatten'
import input from './input'
import sequenceInput from './sequence-input'
import volumeInput from './volume-input'

interface WindowCase {
  readonly places: readonly number[]
  readonly window: number[]
  readonly strides: number[]
  readonly groups: number
  /** Channels and filters of each group. */
  readonly channels: number
  readonly filters: number
}

function casesOf(axes: number): fc.Arbitrary<WindowCase> {
  const sizes = (max: number) => fc.array(fc.integer({ min: 1, max }), { minLength: axes, maxLength: axes })
  return fc.record({
    places: sizes(12),
    window: sizes(5),
    strides: sizes(3),
    groups: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
  })
}

function kindOf(name: string) {
  const kind = layerKind(name)
  if (!kind) throw new Error(`no ${name}`)
  return kind
}

/** The places of a window that stays inside, axis by axis, by trying every one. */
function placed({ places, window, strides }: WindowCase): number[] {
  return places.map((size, axis) => {
    let count = 0
    for (let at = 0; at + window[axis]! <= size; at += strides[axis]!) count += 1
    return count
  })
}

const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1)
const inputShape = ({ places, groups, channels }: WindowCase): Shape => [...places, groups * channels]

describe.each([1, 2, 3])('a convolution over %i axes', (axes) => {
  const kind = kindOf(`conv${axes}d`)
  const cases = casesOf(axes)
  const valuesOf = ({ window, strides, filters, groups }: WindowCase): Values => ({
    filters: filters * groups,
    kernel: window,
    strides,
    padding: 'valid',
    groups,
    bias: true,
  })

  it('has the shape, the weights and the multiply-adds of one that is computed place by place', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const found = placed(one)
        const result = kind.outShape(valuesOf(one), [inputShape(one)])
        if (found.includes(0)) {
          expect(result).toMatchObject({ ok: false, problem: { code: 'kernel-too-large' } })
          return
        }
        expect(result).toEqual({ ok: true, shape: [...found, one.filters * one.groups] })
        // One filter by one, its connections to the channels of its own group.
        let connections = 0
        for (let filter = 0; filter < one.filters * one.groups; filter++)
          for (let channel = 0; channel < one.channels * one.groups; channel++)
            if (Math.floor(filter / one.filters) === Math.floor(channel / one.channels))
              connections += product(one.window)
        expect(kind.macs(valuesOf(one), [inputShape(one)])).toBe(connections * product(found))
        const { trainable, frozen } = kind.weights(valuesOf(one), [inputShape(one)])
        expect([trainable, frozen]).toEqual([connections + one.filters * one.groups, 0])
      }),
    )
  })

  it('keeps the size at stride 1 with padding', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const values = { ...valuesOf({ ...one, strides: one.strides.map(() => 1) }), padding: 'same' }
        const shape = [...one.places, one.filters * one.groups]
        expect(kind.outShape(values, [inputShape(one)])).toEqual({ ok: true, shape })
      }),
    )
  })

  it('refuses groups that channels or filters cannot be shared among, with the numbers', () => {
    const shape = [...Array.from({ length: axes }, () => 9), 6]
    for (const [groups, filters] of [
      [4, 8],
      [3, 8],
    ] as const) {
      const result = kind.outShape({ groups, filters }, [shape])
      const params = { param: 'groups', groups, channels: 6, filters }
      expect(result).toEqual({ ok: false, problem: { code: 'groups-uneven', params } })
    }
  })

  it('tells its groups on the card where it has any', () => {
    const kernel = Array.from({ length: axes }, () => 5)
    expect(kind.summary({ filters: 256, kernel })).toBe(`${kernel.join('×')} · 256`)
    expect(kind.summary({ filters: 256, kernel, groups: 2 })).toBe(`${kernel.join('×')} · 256 · groups 2`)
  })
})

it("has weights of its own per filter and channel, and none for the picture's size", () => {
  const conv2d = kindOf('conv2d')
  const values = { filters: 50, kernel: [5, 5], bias: true }
  expect(conv2d.weights(values, [[12, 12, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
  expect(conv2d.weights(values, [[300, 200, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
  expect(conv2d.weights({ ...values, bias: false }, [[12, 12, 20]])).toEqual({ trainable: 25_000, frozen: 0 })
})

describe.each([1, 2, 3].flatMap((axes) => ['max', 'average'].map((of) => [of, axes] as const)))(
  '%s pooling over %i axes',
  (of, axes) => {
    it('has the shape of one that is done place by place, and the channels of its input', () => {
      const kind = kindOf(`${of}-pooling-${axes}d`)
      fc.assert(
        fc.property(casesOf(axes), (one) => {
          const found = placed(one)
          const values = { window: one.window, strides: one.strides, padding: 'valid' }
          const result = kind.outShape(values, [inputShape(one)])
          if (found.includes(0)) expect(result).toMatchObject({ ok: false, problem: { code: 'window-too-large' } })
          else expect(result).toEqual({ ok: true, shape: [...found, one.groups * one.channels] })
        }),
      )
    })
  },
)

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

describe('an input', () => {
  const shapes = [[8000, 1], [32, 32, 3], [8, 9, 10, 1], [784]]

  it.each([
    [sequenceInput, shapes[0]],
    [input, shapes[1]],
    [volumeInput, shapes[2]],
  ])('takes the shape of samples with its axes, and of nothing else: $kind', (kind, own) => {
    for (const shape of shapes) expect(kind.fit?.({}, shape)).toEqual(shape === own ? { shape } : undefined)
  })
})
