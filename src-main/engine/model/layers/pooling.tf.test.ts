import { describe, expect, it } from 'vitest'
import { tf, type Layer } from '../../tf'
import { GlobalPooling } from './global-pooling'
import { VolumeMaxPooling } from './volume-max-pooling'

/** What each input value adds to the sum of the layer's outputs. */
function slopes(layer: Layer, values: readonly number[], shape: number[]): number[] {
  return tf.tidy(() => {
    const gradient = tf.grad((x) => {
      const result = layer.call(x, {})
      return tf.sum(Array.isArray(result) ? result[0]! : result)
    })
    return [...gradient(tf.tensor([...values], shape)).dataSync()]
  })
}

describe('the largest value of a volume’s window', () => {
  const pooling = new VolumeMaxPooling({
    name: 'it',
    poolSize: [2, 2, 2],
    strides: [2, 2, 2],
    padding: 'valid',
  })

  it.each([
    ['well apart', 0.1, [0, 1, 0, 0, 0, 0, 0, 0]],
    ['close by', 5e-6, [0, 1, 0, 0, 0, 0, 0, 0]],
    ['equal, of which the first counts', 0, [1, 0, 0, 0, 0, 0, 0, 0]],
  ])('alone has a slope: two of them %s', (_, gap, expected) => {
    expect(slopes(pooling, [0.5, 0.5 + gap, 0.1, 0.2, 0.3, 0.1, 0.2, 0.25], [1, 2, 2, 2, 1])).toEqual(expected)
  })

  it('is what tfjs finds, at the edges too', () => {
    const input = tf.randomNormal([2, 5, 6, 7, 3], 0, 1, 'float32', 3).as5D(2, 5, 6, 7, 3)
    for (const padding of ['valid', 'same'] as const)
      for (const [window, strides] of [
        [3, 2],
        [2, 1],
        [1, 2],
      ] as const) {
        const poolSize = [window, 2, window]
        const layer = new VolumeMaxPooling({ name: 'it', poolSize, strides: [strides, 1, strides], padding })
        const expected = tf.maxPool3d(input, [window, 2, window], [strides, 1, strides], padding)
        const found = layer.call(input)
        expect(found.shape).toEqual(expected.shape)
        expect(layer.computeOutputShape([null, 5, 6, 7, 3])).toEqual([null, ...expected.shape.slice(1)])
        expect(found.dataSync()).toEqual(expected.dataSync())
      }
  })
})

describe('global pooling', () => {
  const values = [3, -1, 1, 4, 3, -1, 0, 2]

  it('lets the largest values of a channel share the slope', () => {
    const layer = new GlobalPooling({ name: 'it', reduction: 'max' })
    expect(slopes(layer, values, [1, 2, 2, 2])).toEqual([0.5, 0, 0, 1, 0.5, 0, 0, 0])
    expect([...tf.tidy(() => layer.call(tf.tensor(values, [1, 4, 2])).dataSync())]).toEqual([3, 4])
  })

  it('takes the mean of a channel over three axes', () => {
    const layer = new GlobalPooling({ name: 'it', reduction: 'mean' })
    expect([...tf.tidy(() => layer.call(tf.tensor(values, [1, 1, 2, 2, 2])).dataSync())]).toEqual([1.75, 1])
    expect(slopes(layer, values, [1, 1, 2, 2, 2])).toEqual(values.map(() => 0.25))
  })
})
