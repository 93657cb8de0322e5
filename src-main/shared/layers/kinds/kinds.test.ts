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
  readonly dilation: number[]
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
    dilation: sizes(3),
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
function placed({ places, window, strides }: WindowCase, dilation = strides.map(() => 1)): number[] {
  return places.map((size, axis) => {
    let count = 0
    for (let at = 0; at + (window[axis]! - 1) * dilation[axis]! < size; at += strides[axis]!) count += 1
    return count
  })
}

const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1)
const inputShape = ({ places, groups, channels }: WindowCase): Shape => [...places, groups * channels]

describe.each([1, 2, 3])('a convolution over %i axes', (axes) => {
  const kind = kindOf(`conv${axes}d`)
  const cases = casesOf(axes)
  const valuesOf = ({ window, strides, dilation, filters, groups }: WindowCase): Values => ({
    filters: filters * groups,
    kernel: window,
    strides,
    padding: 'valid',
    dilation,
    groups,
    bias: true,
  })

  it('has the shape, the weights and the multiply-adds of one that is computed place by place', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const found = placed(one, one.dilation)
        const result = kind.outShape(valuesOf(one), [inputShape(one)])
        if (Math.max(...one.strides) > 1 && Math.max(...one.dilation) > 1) {
          expect(result).toMatchObject({ ok: false, problem: { code: 'strides-and-dilation' } })
          return
        }
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
    const dilation = kernel.map(() => 3)
    expect(kind.summary({ filters: 4, kernel, dilation })).toBe(
      `${kernel.join('×')} · 4 · dilation ${dilation.join('×')}`,
    )
  })
})

it("has weights of its own per filter and channel, and none for the picture's size", () => {
  const conv2d = kindOf('conv2d')
  const values = { filters: 50, kernel: [5, 5], bias: true }
  expect(conv2d.weights(values, [[12, 12, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
  expect(conv2d.weights(values, [[300, 200, 20]])).toEqual({ trainable: 25_050, frozen: 0 })
  expect(conv2d.weights({ ...values, bias: false }, [[12, 12, 20]])).toEqual({ trainable: 25_000, frozen: 0 })
})

it('sees as far as its dilated kernel reaches', () => {
  const values = { kernel: [3, 3], dilation: [1, 4] }
  const through = kindOf('conv2d').field?.(values)
  if (!through || through === 'all') throw new Error('a convolution has a receptive field')
  expect([0, 1].map((axis) => through({ size: 5, stride: 2 }, axis))).toEqual([
    { size: 9, stride: 2 },
    { size: 21, stride: 2 },
  ])
})

describe.each([
  ['depthwise-conv1d', 1],
  ['depthwise-conv2d', 2],
  ['separable-conv1d', 1],
  ['separable-conv2d', 2],
] as const)('%s', (name, axes) => {
  const kind = kindOf(name)

  it('has the shape, the weights and the multiply-adds of one that is computed place by place', () => {
    fc.assert(
      fc.property(casesOf(axes), fc.boolean(), (one, spread) => {
        const [stride = 1] = one.strides
        const strides = one.strides.map(() => (spread ? 1 : stride))
        const dilation = one.dilation.map((distance) => (spread ? distance : 1))
        const found = placed({ ...one, strides }, dilation)
        const [channels, filters] = [one.channels * one.groups, one.filters]
        const values = { kernel: one.window, strides, dilation, padding: 'valid', multiplier: filters, filters }
        const result = kind.outShape(values, [inputShape(one)])
        if (found.includes(0)) {
          expect(result).toMatchObject({ ok: false, problem: { code: 'kernel-too-large' } })
          return
        }
        // Each channel's own kernels, and, where channels are mixed, one kernel each and filters over all channels.
        const apart = channels * product(one.window)
        const [connections, outputs] = name.startsWith('separable')
          ? [apart + channels * filters, filters]
          : [apart * filters, channels * filters]
        expect(result).toEqual({ ok: true, shape: [...found, outputs] })
        expect(kind.macs(values, [inputShape(one)])).toBe(product(found) * connections)
        expect(kind.weights(values, [inputShape(one)])).toEqual({ trainable: connections + outputs, frozen: 0 })
        expect(kind.weights({ ...values, bias: false }, [inputShape(one)]).trainable).toBe(connections)
      }),
    )
  })
})

it.each(['depthwise-conv2d', 'separable-conv2d'])(
  '%s wants one stride along both axes, and says which it got',
  (name) => {
    const params = { param: 'strides', strides: '2 × 1' }
    const problem = { ok: false, problem: { code: 'strides-uneven', params } }
    expect(kindOf(name).outShape({ strides: [2, 1] }, [[9, 9, 3]])).toEqual(problem)
  },
)

it.each([
  ['depthwise-conv2d', { multiplier: 2, dilation: [2, 1] }, '3×3 · ×2 · dilation 2×1'],
  ['depthwise-conv2d', {}, '3×3'],
  ['separable-conv2d', { filters: 8, dilation: [2, 2] }, '3×3 · 8 · dilation 2×2'],
  ['transposed-conv2d', { filters: 8 }, '3×3 ↑2×2 · 8'],
  ['transposed-conv3d', { filters: 8 }, '3×3×3 ↑2×2×2 · 8'],
  ['bidirectional', { cell: 'gru', units: 8, sequences: true }, 'GRU 2×8 · →'],
  ['time-distributed', { of: 'conv2d', 'conv2d.filters': 8 }, 'conv2d · 3×3 · 8'],
  ['time-distributed', { of: 'flatten' }, 'flatten'],
  ['embedding', { numbers: 30, size: 8 }, '30 → 8'],
  ['locally-connected-2d', { filters: 8 }, '3×3 · 8'],
])('%s tells on the card what matters', (kind, values, line) => expect(kindOf(kind).summary(values)).toBe(line))

describe.each([1, 2, 3])('a transposed convolution over %i axes', (axes) => {
  const kind = kindOf(`transposed-conv${axes}d`)
  const conv = kindOf(`conv${axes}d`)

  it('gives the size from which the convolution with its settings comes back to its input', () => {
    fc.assert(
      fc.property(casesOf(axes), fc.boolean(), fc.constantFrom('valid', 'same'), (one, spread, padding) => {
        const ones = one.strides.map(() => 1)
        const apart = spread ? { strides: ones, dilation: one.dilation } : { strides: one.strides, dilation: ones }
        const values = { kernel: one.window, padding, filters: one.filters, ...apart }
        const result = kind.outShape(values, [inputShape(one)])
        if (!result.ok) throw new Error(result.problem.code)
        expect(conv.outShape({ ...values, filters: 1 }, [result.shape])).toEqual({
          ok: true,
          shape: [...one.places, 1],
        })
        // Each value of the input goes through each weight of its channel once.
        const { trainable } = kind.weights({ ...values, bias: false }, [inputShape(one)])
        expect(kind.macs(values, [inputShape(one)])).toBe(product(one.places) * trainable)
      }),
    )
  })

  it('sees as many values as windows that lie a stride apart meet in one place', () => {
    const seen = (kernel: number, stride: number) => {
      const own = (first: number) => Array.from({ length: axes }, (_, axis) => (axis === 0 ? first : 1))
      const through = kind.field?.({ kernel: own(kernel), strides: own(stride) })
      if (!through || through === 'all') throw new Error('it has a receptive field')
      return through({ size: 1, stride: 1 }, 0)
    }
    for (let kernel = 1; kernel < 8; kernel++)
      for (let stride = 1; stride < 5; stride++) {
        // Place 100 of what comes out lies in the windows that begin at most a kernel before it.
        const met = [0, 1, 2, 3].map((shift) => {
          const places = Array.from({ length: 200 }, (_, place) => place * stride)
          return places.filter((start) => start <= 100 + shift && 100 + shift < start + kernel).length
        })
        expect(seen(kernel, stride)).toEqual({ size: Math.max(...met), stride: 1 / stride })
      }
  })
})

describe('weights of its own at each place', () => {
  it.each([1, 2])('over %i axes: those of the convolution, as many times as there are places', (axes) => {
    const kind = kindOf(`locally-connected-${axes}d`)
    const tied = kindOf(`conv${axes}d`)
    fc.assert(
      fc.property(casesOf(axes), fc.constantFrom('valid', 'same'), fc.boolean(), (one, padding, bias) => {
        const values = { kernel: one.window, strides: one.strides, padding, filters: one.filters, bias }
        const expected = tied.outShape(values, [inputShape(one)])
        expect(kind.outShape(values, [inputShape(one)])).toEqual(expected)
        if (!expected.ok) return
        const places = product(expected.shape.slice(0, -1))
        const { trainable } = tied.weights(values, [inputShape(one)])
        expect(kind.weights(values, [inputShape(one)])).toEqual({ trainable: trainable * places, frozen: 0 })
        expect(kind.macs(values, [inputShape(one)])).toBe(tied.macs(values, [inputShape(one)]))
      }),
    )
  })

  it('come to 2,997 over 1,000 values where shared ones are 3, and those of a dense layer 999,999', () => {
    const values = { filters: 1, kernel: [2] }
    const count = (kind: string, own: Values, shape: Shape) => kindOf(kind).weights(own, [shape]).trainable
    expect(count('conv1d', values, [1000, 1])).toBe(3)
    expect(count('locally-connected-1d', values, [1000, 1])).toBe(2997)
    expect(count('dense', { units: 999 }, [1000])).toBe(999_999)
  })
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
