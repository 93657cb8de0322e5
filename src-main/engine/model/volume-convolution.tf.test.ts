import { expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { walk } from '@shared/network/walk'
import { easyBatch } from '../testing/networks'
import { openInference } from './inference'
import { makeNetworkModel } from './network-model'

interface Case {
  readonly size: readonly [number, number, number]
  readonly kernel: readonly [number, number, number]
  readonly strides: readonly [number, number, number]
}

/** A valid convolution of one volume of one channel, sum by sum; the kernel's filters stand last. */
function convolved(volume: ArrayLike<number>, { size, kernel, strides }: Case, weights: Float32Array, filters: number) {
  const counts = size.map((length, axis) => Math.floor((length - kernel[axis]!) / strides[axis]!) + 1)
  const out: number[] = []
  for (let d = 0; d < counts[0]!; d++)
    for (let h = 0; h < counts[1]!; h++)
      for (let w = 0; w < counts[2]!; w++)
        for (let filter = 0; filter < filters; filter++) {
          let sum = 0
          for (let i = 0; i < kernel[0]; i++)
            for (let j = 0; j < kernel[1]; j++)
              for (let l = 0; l < kernel[2]; l++) {
                const at = ((d * strides[0] + i) * size[1] + h * strides[1] + j) * size[2] + w * strides[2] + l
                sum += volume[at]! * weights[((i * kernel[1] + j) * kernel[2] + l) * filters + filter]!
              }
          out.push(sum)
        }
  return out
}

// One channel and one place along the width behind a stride above 1 is where TensorFlow itself computes something else.
it.each<[string, Case]>([
  ['one place along the width, stride 2', { size: [4, 5, 3], kernel: [1, 1, 3], strides: [1, 1, 2] }],
  ['the same with values to spare', { size: [4, 5, 4], kernel: [2, 2, 3], strides: [1, 2, 2] }],
  ['one place along the depth, stride 2', { size: [3, 4, 5], kernel: [2, 2, 2], strides: [2, 1, 1] }],
  ['several places', { size: [4, 4, 6], kernel: [2, 2, 3], strides: [2, 1, 2] }],
])('a convolution of a volume of one channel, %s, gives the sums of products', (_name, one) => {
  const shape = [...one.size, 1]
  const filters = 3
  const values = { filters, kernel: [...one.kernel], strides: [...one.strides], activation: 'linear', bias: false }
  const network = chain(
    ['volume-input', { shape }],
    ['conv3d', values],
    ['flatten'],
    ['dense', { units: 3, activation: 'softmax' }],
  )
  expect([...walk(network).values()].every(({ result }) => result.ok)).toBe(true)
  const preprocessing = { shape, divisor: 255 }
  const eager = makeNetworkModel(network, preprocessing, { seed: 4 })
  const weights = eager.readWeights()
  const compiled = openInference(network, preprocessing, weights)
  const batch = easyBatch(1, 5, shape)
  const volume = Array.from(batch.values, (value) => value / 255)
  const row = convolved(volume, one, weights[0]!.values, filters)
  const logits = [0, 1, 2].map((unit) =>
    row.reduce((sum, value, n) => sum + value * weights[1]!.values[n * 3 + unit]!, weights[2]!.values[unit]!),
  )
  const total = logits.reduce((sum, value) => sum + Math.exp(value), 0)
  const expected = logits.map((value) => expect.closeTo(Math.exp(value) / total, 5))
  expect([...eager.answers(batch)[0]!]).toEqual(expected)
  expect([...compiled.predict(batch)]).toEqual(expected)
  eager.dispose()
  compiled.dispose()
})
