import { describe, expect, it } from 'vitest'
import { installFastStep, softmaxLoss, statelessNormal, statelessUniform } from './kernels'
import { tf } from './tf'

describe('stateless random numbers', () => {
  it('are evenly spread below 1 and decided by the seeds alone', () => {
    const draw = (a: number, b: number) => tf.tidy(() => [...statelessUniform([100, 100], [a, b]).dataSync()])
    const values = draw(1, 2)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    // Ten bins of 1,000 with a standard deviation of 30.
    for (let bin = 0; bin < 10; bin++) {
      const count = values.filter((value) => Math.floor(value * 10) === bin).length
      expect(Math.abs(count - 1000)).toBeLessThan(160)
    }
    expect(draw(1, 2)).toEqual(values)
    expect(draw(1, 3)).not.toEqual(values)
    expect(draw(2, 2)).not.toEqual(values)
  })

  it('are normally distributed where that is asked for', () => {
    const draw = (a: number, b: number) => tf.tidy(() => [...statelessNormal([100, 100], [a, b]).dataSync()])
    const values = draw(1, 2)
    const mean = (of: (value: number) => number) => values.reduce((sum, value) => sum + of(value), 0) / values.length
    // Of 10,000 values: within five standard deviations of mean, variance and the share within one deviation.
    expect(Math.abs(mean((value) => value))).toBeLessThan(0.05)
    expect(Math.abs(mean((value) => value * value) - 1)).toBeLessThan(0.07)
    expect(Math.abs(mean((value) => Number(Math.abs(value) < 1)) - 0.6827)).toBeLessThan(0.024)
    expect(draw(1, 2)).toEqual(values)
    expect(draw(1, 3)).not.toEqual(values)
  })
})

describe('the loss of softmax', () => {
  it('and its gradient are those of tfjs', () => {
    tf.tidy(() => {
      const logits = tf.randomNormal([6, 4], 0, 3, 'float32', 1)
      const labels = tf.tensor1d([0, 3, 1, 1, 2, 0], 'int32')
      const hot = tf.oneHot(labels, 4)
      const theirs = tf.valueAndGrad((x) => tf.losses.softmaxCrossEntropy(hot, x))(logits)
      const own = tf.valueAndGrad((x) => softmaxLoss(x, labels))(logits)
      expect(own.value.dataSync()[0]).toBeCloseTo(theirs.value.dataSync()[0]!, 5)
      const expected = [...theirs.grad.dataSync()].map((value) => expect.closeTo(value, 5))
      expect([...own.grad.dataSync()]).toEqual(expected)
    })
  })

  it('stays right where probabilities underflow, and keeps no tensors', () => {
    const before = tf.memory().numTensors
    const loss = tf.tidy(() => {
      const logits = tf.tensor2d([[1000, 0, -1000]])
      return tf
        .valueAndGrad((x) => softmaxLoss(x, tf.tensor1d([2], 'int32')))(logits)
        .value.dataSync()[0]
    })
    expect(loss).toBe(2000)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('the fast step kernel', () => {
  it('gives what upstream gives, other slopes included', () => {
    const values = [-2, -0.5, 0, 1e-30, 0.5, 3]
    const cases = () => [
      tf.tensor1d(values).step(),
      tf.tensor1d(values).step(0.25),
      tf.grad((x) => tf.relu(x).mul(3).sum())(tf.tensor1d(values)),
      tf.grad((x) => tf.leakyRelu(x, 0.1).sum())(tf.tensor1d(values)),
      tf.grad((x) => tf.relu6(x).sum())(tf.tensor1d([...values, 7])),
    ]
    const run = () => tf.tidy(() => cases().map((tensor) => [tensor.dtype, ...tensor.dataSync()]))
    const upstream = run()
    installFastStep()
    installFastStep()
    expect(run()).toEqual(upstream)
    const before = tf.memory().numTensors
    run()
    expect(tf.memory().numTensors).toBe(before)
  })
})
