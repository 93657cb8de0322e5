import { describe, expect, it } from 'vitest'
import { chain, type ChainStep } from '@shared/network/chain'
import { walk } from '@shared/network/walk'
import { easyBatch } from '../../testing/networks'
import { openInference } from '../inference'
import { makeNetworkModel } from '../network-model'
import type { Weight } from '../weights'

interface Case {
  readonly shape: readonly number[]
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly padding: 'valid' | 'same'
}

const filters = 2

/** Place by place and product by product, with the weights `[places, window · channels, filters]` and `[…places, filters]`. */
function connected(input: ArrayLike<number>, one: Case, kernel: Float32Array, bias: Float32Array): number[] {
  const two = (sizes: readonly number[]) => (sizes.length === 2 ? [1, ...sizes] : [...sizes])
  const [height, width, channels] = two(one.shape) as [number, number, number]
  const [[high, wide], [down, along]] = [one.kernel, one.strides].map((sizes) =>
    sizes.length === 1 ? [1, sizes[0]!] : [sizes[0]!, sizes[1]!],
  ) as [[number, number], [number, number]]
  const count = (size: number, window: number, stride: number) =>
    one.padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1
  const [rows, columns] = [count(height, high, down), count(width, wide, along)]
  const before = (size: number, window: number, stride: number, places: number) =>
    one.padding === 'same' ? Math.floor(Math.max((places - 1) * stride + window - size, 0) / 2) : 0
  const [top, left] = [before(height, high, down, rows), before(width, wide, along, columns)]
  const out: number[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let filter = 0; filter < filters; filter++) {
        const place = row * columns + column
        let sum = bias[place * filters + filter]!
        for (let i = 0; i < high; i++)
          for (let j = 0; j < wide; j++) {
            const [y, x] = [row * down + i - top, column * along + j - left]
            if (y < 0 || y >= height || x < 0 || x >= width) continue
            for (let channel = 0; channel < channels; channel++) {
              const tap = (i * wide + j) * channels + channel
              const weight = kernel[(place * high * wide * channels + tap) * filters + filter]!
              sum += input[(y * width + x) * channels + channel]! * weight
            }
          }
        out.push(sum)
      }
  return out
}

function networkOf({ shape, kernel, strides, padding }: Case) {
  const kinds = shape.length === 2 ? ['sequence-input', 'locally-connected-1d'] : ['input', 'locally-connected-2d']
  const values = { filters, kernel: [...kernel], strides: [...strides], padding, activation: 'linear' }
  const layer: ChainStep = [kinds[1]!, values]
  return chain([kinds[0]!, { shape: [...shape] }], layer, ['flatten'], ['dense', { units: 3, activation: 'softmax' }])
}

describe('weights of its own at each place', () => {
  it.each<[string, Case]>([
    ['a sequence', { shape: [9, 2], kernel: [3], strides: [2], padding: 'valid' }],
    ['a sequence with zeros at the edges', { shape: [8, 3], kernel: [4], strides: [3], padding: 'same' }],
    ['a picture', { shape: [5, 6, 2], kernel: [2, 3], strides: [1, 2], padding: 'valid' }],
    ['a picture with zeros at the edges', { shape: [5, 4, 3], kernel: [3, 2], strides: [2, 1], padding: 'same' }],
    [
      'windows with values left out between them',
      { shape: [7, 7, 1], kernel: [1, 2], strides: [3, 3], padding: 'same' },
    ],
  ])('give the sums of products, eagerly and compiled: %s', (_name, one) => {
    const network = networkOf(one)
    expect([...walk(network).values()].every(({ result }) => result.ok)).toBe(true)
    const preprocessing = { shape: [...one.shape], divisor: 255 }
    const eager = makeNetworkModel(network, preprocessing, { seed: 4 })
    // A bias that is not zero.
    const weights = eager.readWeights().map((weight): Weight => {
      return weight.name === 'bias' ? { ...weight, values: weight.values.map((_, n) => Math.sin(n)) } : weight
    })
    eager.writeWeights(weights)
    const compiled = openInference(network, preprocessing, weights)
    const batch = easyBatch(1, 5, one.shape)
    const layer = network.nodes[1]!.id
    const expected = connected(
      Array.from(batch.values, (value) => value / 255),
      one,
      weights[0]!.values,
      weights[1]!.values,
    )
    for (const model of [eager, compiled]) {
      const found = model.layerOutputs(batch, [layer]).get(layer)
      expect([...(found?.values ?? [])]).toEqual(expected.map((value) => expect.closeTo(value, 5)))
      model.dispose()
    }
  })

  it('begin with the spread that suits the neurons of one place', () => {
    const network = networkOf({ shape: [40, 6], kernel: [5], strides: [1], padding: 'valid' })
    const model = makeNetworkModel(network, { shape: [40, 6], divisor: 255 }, { seed: 4 })
    const [kernel] = model.readWeights()
    model.dispose()
    expect(kernel!.shape).toEqual([36, 30, filters])
    const variance = kernel!.values.reduce((sum, value) => sum + value * value, 0) / kernel!.values.length
    // Glorot and Bengio's 2 / (inputs + outputs), within 5 standard deviations of its estimate from 2,160 values.
    expect(variance * ((30 + filters) / 2)).toBeGreaterThan(0.88)
    expect(variance * ((30 + filters) / 2)).toBeLessThan(1.12)
    const [first, second] = [kernel!.values.slice(0, 60), kernel!.values.slice(60, 120)]
    expect(first).not.toEqual(second)
  })
})
