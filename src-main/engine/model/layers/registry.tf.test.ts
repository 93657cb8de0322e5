import { describe, expect, it } from 'vitest'
import type { LayerKind, TfjsLayer } from '@shared/layers/define'
import { layerKinds } from '@shared/layers/registry'
import { sizeOf } from '@shared/layers/shape'
import type { Values } from '@shared/network/document'
import { tf, type Layer } from '../../tf'
import { applyLayer } from '../build'
import { makeLayer } from './make-layer'
import { writtenOutDilation } from './plain-dilation'

const examples = [...layerKinds.values()].flatMap((kind) =>
  kind.examples.map((example, n): [string, LayerKind, (typeof kind.examples)[number]] => [
    `${kind.kind} ${n + 1}`,
    kind,
    example,
  ]),
)

function count(weights: Layer['weights']): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape.map((size) => size ?? 0)), 0)
}

/** The values of a layer of ours that has the weights of another one's plain form. */
function inPlainForm(values: Values, dilation: readonly number[] = []): Values {
  const { kernel } = values
  const stretched = Array.isArray(kernel)
    ? kernel.map((size, axis) => (size - 1) * (dilation[axis] ?? 1) + 1)
    : undefined
  return { ...values, groups: 1, ...(stretched ? { kernel: stretched } : {}) }
}

/** The registry computes shapes and weights by rules of its own; tfjs, asked for the same layer, must agree. */
describe('every example of every kind of layer', () => {
  it.each(examples)('%s: tfjs gives the same shape and as many weights', (_name, kind, example) => {
    const tfjs = kind.tfjs(example.values, example.inputs)
    if (!tfjs || typeof example.out === 'string') {
      // The input is no layer, and a layer that does not fit is refused in front of tfjs.
      expect(kind.inputs.max === 0 || kind.outShape(example.values, example.inputs).ok).toBe(kind.inputs.max === 0)
      return
    }
    // What tfjs has no class for has no plain form.
    for (const plain of tfjs.ownClass || tfjs.kerasOnly ? [false] : [true, false]) {
      const inputs = example.inputs.map((shape) => tf.input({ shape: [...shape] }))
      const { layer, output } = applyLayer('it', tfjs, inputs, { position: 1, weights: { seed: 1 }, plain })
      expect(output.shape.slice(1)).toEqual(example.out)
      const whole = kind.weights(example.values, example.inputs)
      expect(whole.trainable + whole.frozen).toBe(example.weights)
      // The plain form of a convolution in groups, or with a dilation that tfjs does not know, has zeros for weights too.
      const { trainable, frozen } = kind.weights(
        plain ? inPlainForm(example.values, writtenOutDilation(tfjs)) : example.values,
        example.inputs,
      )
      expect(count(layer.trainableWeights)).toBe(trainable)
      expect(count(layer.nonTrainableWeights)).toBe(frozen)
      for (const weight of layer.weights) weight.dispose()
    }
  })
})

describe('first weights', () => {
  const dense = { className: 'Dense', config: { units: 50 } }
  const window = { kernelSize: [3, 5], strides: [1, 1], padding: 'valid', activation: 'relu', useBias: true }
  const grouped = { className: 'Conv2D', config: { ...window, filters: 20, groups: 4 } }
  function kernel(weights: { seed: number } | 'zeros' | 'own', position = 1, tfjs: TfjsLayer = dense): number[] {
    const shape = tfjs === dense ? [30] : [9, 9, 16]
    const layer = makeLayer({ name: 'it', ranks: [shape.length + 1], tfjs, position, weights, plain: false })
    layer.apply(tf.input({ shape }))
    const values = [...layer.weights[0]!.read().dataSync()]
    for (const weight of layer.weights) weight.dispose()
    return values
  }

  it.each([
    ['tfjs’s own', dense],
    ['ours in groups', grouped],
  ])('repeat by seed and differ by seed and place: %s', (_, tfjs) => {
    expect(kernel({ seed: 1 }, 1, tfjs)).toEqual(kernel({ seed: 1 }, 1, tfjs))
    expect(kernel({ seed: 1 }, 1, tfjs)).not.toEqual(kernel({ seed: 2 }, 1, tfjs))
    expect(kernel({ seed: 1 }, 1, tfjs)).not.toEqual(kernel({ seed: 1 }, 2, tfjs))
    expect(kernel('zeros', 1, tfjs).every((value) => value === 0)).toBe(true)
    expect(kernel('own', 1, tfjs)).not.toEqual(kernel('own', 1, tfjs))
  })

  it.each([
    // 2 / (30 + 50) for 1,500 values; 2 / (3 · 5 · (16 / 4 + 20)) for 1,200, as Keras has it.
    ['tfjs’s own', dense, 0.025],
    ['ours in groups', grouped, 1 / 180],
  ])('have the spread that Glorot and Bengio ask for: %s', (_, tfjs, spread) => {
    const values = kernel({ seed: 5 }, 1, tfjs)
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length
    // Within 5 standard deviations of its estimate.
    expect(variance / spread).toBeGreaterThan(0.8)
    expect(variance / spread).toBeLessThan(1.2)
  })
})
