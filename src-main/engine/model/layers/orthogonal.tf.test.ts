import { describe, expect, it } from 'vitest'
import { tf } from '../../tf'
import { makeLayer } from './make-layer'
import { FastOrthogonal } from './orthogonal'

/** The largest distance from 1 of a product of a vector with itself, or from 0 of two different ones. */
function skewness(weights: ReturnType<FastOrthogonal['apply']>, rows: number, columns: number): number {
  return tf.tidy(() => {
    const matrix = weights.reshape<ReturnType<typeof weights.as2D>>([rows, columns])
    const product = rows < columns ? tf.matMul(matrix, matrix, false, true) : tf.matMul(matrix, matrix, true)
    return tf.max(tf.abs(tf.sub(product, tf.eye(Math.min(rows, columns))))).dataSync()[0]!
  })
}

describe('orthogonal first weights', () => {
  it.each([[[5, 5]], [[40, 160]], [[90, 30]], [[3, 4, 6]], [[1, 7]], [[7, 1]]])(
    'stand at right angles and have length 1: %j',
    (shape) => {
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1)
      const weights = new FastOrthogonal({ seed: 3 }).apply(shape)
      expect(weights.shape).toEqual(shape)
      expect(skewness(weights, rows, shape.at(-1)!)).toBeLessThan(1e-5)
      weights.dispose()
    },
  )

  it('repeat by seed, differ by seed, and take their gain', () => {
    const draw = (config: { seed?: number; gain?: number }) => [...new FastOrthogonal(config).apply([6, 9]).dataSync()]
    expect(draw({ seed: 1 })).toEqual(draw({ seed: 1 }))
    expect(draw({ seed: 1 })).not.toEqual(draw({ seed: 2 }))
    expect(draw({})).not.toEqual(draw({}))
    expect(draw({ seed: 1, gain: 3 })).toEqual(draw({ seed: 1 }).map((value) => expect.closeTo(3 * value, 5)))
  })

  it('are drawn from all such weights alike: each has the mean 0 and the variance 1 / n', () => {
    const n = 8
    const all = Array.from({ length: 400 }, (_, seed) => new FastOrthogonal({ seed }).apply([n, n]).dataSync())
    const mean = all.reduce((sum, weights) => sum + weights[0]!, 0) / all.length
    const square = all.reduce((sum, weights) => sum + weights[0]! ** 2, 0) / all.length
    // Within five standard deviations of the estimates.
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n * all.length))
    expect(Math.abs(square * n - 1)).toBeLessThan((5 * Math.sqrt(2)) / Math.sqrt(all.length))
  })

  it('are what a large LSTM begins with, and take it no time', () => {
    const tfjs = { className: 'LSTM', config: { units: 512, activation: 'tanh', recurrentActivation: 'sigmoid' } }
    const layer = makeLayer({ name: 'it', ranks: [3], tfjs, position: 1, weights: { seed: 1 }, plain: false })
    const began = performance.now()
    layer.apply(tf.input({ shape: [9, 4] }))
    expect(performance.now() - began).toBeLessThan(10_000)
    const recurrent = layer.weights.find(({ originalName }) => originalName.endsWith('recurrent_kernel'))!.read()
    expect(skewness(recurrent, 512, 2048)).toBeLessThan(1e-4)
    for (const weight of layer.weights) weight.dispose()
  })
})
