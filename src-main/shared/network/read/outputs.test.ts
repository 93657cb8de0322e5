import { describe, expect, it } from 'vitest'
import { outputsOf } from '../outputs'
import { readNetwork } from './read-network'

const call = (name: string) => [[name, 0, 0, {}]]
const layer = (name: string, class_name: string, config: object, from?: string) => ({
  name,
  class_name,
  config,
  inbound_nodes: from === undefined ? [] : [call(from)],
})
/** Two classifiers, `early` and `late`, and a decoder `again` of the sample's shape, `code`. */
const layers = [
  layer('in', 'InputLayer', { batch_shape: [null, 8, 8, 1] }),
  layer('code', 'Conv2D', { filters: 1, kernel_size: 3, padding: 'same', activation: 'relu' }, 'in'),
  layer('flat', 'Flatten', {}, 'code'),
  layer('early', 'Dense', { units: 3, activation: 'softmax' }, 'flat'),
  layer('hidden', 'Dense', { units: 4, activation: 'relu' }, 'flat'),
  layer('late', 'Dense', { units: 3, activation: 'softmax' }, 'hidden'),
  layer('again', 'Conv2D', { filters: 1, kernel_size: 3, padding: 'same', activation: 'sigmoid' }, 'code'),
]

function outputsIn(names: unknown, training?: object, around: (model: object) => object = (model) => model) {
  const config = { layers, output_layers: names }
  const read = readNetwork(JSON.stringify(around({ class_name: 'Functional', config, compile_config: training })))
  if (!read.ok) throw new Error(read.why)
  const title = new Map(read.network.nodes.map(({ id, name, kind }) => [id, name || kind]))
  return outputsOf(read.network).map(({ id, loss, weight }) => `${title.get(id)} ${loss} ${weight}`)
}

const three = [
  ['early', 0, 0],
  ['again', 0, 0],
  ['late', 0, 0],
]
const crossEntropy = 'sparse_categorical_crossentropy'

describe('the outputs of a model that is read', () => {
  it.each<[string, unknown, object | undefined, string[]]>([
    ['in its order, weighing 1', three, undefined, ['early classes 1', 'again sample 1', 'late classes 1']],
    [
      'with losses and weights in lists',
      three,
      { loss: [crossEntropy, 'mse', crossEntropy], loss_weights: [0.5, 2, 0.3] },
      ['early classes 0.5', 'again sample 2', 'late classes 0.3'],
    ],
    [
      'with losses and weights by name',
      three,
      {
        loss: { again: 'mean_squared_error', late: { class_name: 'SparseCategoricalCrossentropy', config: {} } },
        loss_weights: { late: 4, again: 0 },
      },
      ['early classes 1', 'again sample 0', 'late classes 4'],
    ],
    [
      'with one loss for all',
      [three[0], three[2]],
      { loss: crossEntropy, loss_weights: null },
      ['early classes 1', 'late classes 1'],
    ],
    ['named', { one: three[2], other: three[0] }, undefined, ['late classes 1', 'early classes 1']],
    [
      'the first that tells classes first',
      [three[1], three[2], three[0]],
      { loss: ['mse', crossEntropy, crossEntropy] },
      ['late classes 1', 'again sample 1', 'early classes 1'],
    ],
    [
      'with an end of its own where others use it',
      [
        ['late', 0, 0],
        ['code', 0, 0],
      ],
      undefined,
      ['late classes 1', 'activation sample 1'],
    ],
    [
      'with weights that are none left out',
      [three[2], three[0]],
      { loss: 7, loss_weights: [-1, 'much'] },
      ['late classes 1', 'early classes 1'],
    ],
    [
      'with a weight that no project could hold',
      [three[2], three[0]],
      { loss_weights: [1, 1e9] },
      ['late classes 1', 'early classes 1000'],
    ],
  ])('are %s', (_what, names, training, expected) => {
    const found = outputsIn(names, training)
    expect([found[0], ...found.slice(1).sort()]).toEqual([expected[0], ...expected.slice(1).sort()])
  })

  it('are told beside the model by Keras 2, and by those who took it from there', () => {
    const training = { loss: ['mse', crossEntropy, 'categorical_crossentropy'], loss_weights: [1, 1, 0.25] }
    const names = [three[1], three[0], three[2]]
    const around = (model: object) => ({ model_config: model, training_config: training })
    const expected = ['early classes 1', 'again sample 1', 'late classes 0.25']
    expect(outputsIn(names, undefined, around).sort()).toEqual(expected.sort())
    expect(outputsIn(names, undefined, (model) => ({ modelTopology: around(model) })).sort()).toEqual(expected.sort())
  })

  it('of a row of layers is its last, also where its error was squared', () => {
    const text = JSON.stringify({
      class_name: 'Sequential',
      config: { layers: layers.slice(0, 4) },
      compile_config: { loss: 'mse', loss_weights: [3] },
    })
    const read = readNetwork(text)
    expect(read.ok && outputsOf(read.network)).toEqual([{ id: 'dense-1', loss: 'classes', weight: 3 }])
  })
})
