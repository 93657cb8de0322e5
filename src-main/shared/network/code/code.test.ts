import { describe, expect, it } from 'vitest'
import { englishText } from '../../messages/english'
import { branches, chain } from '../chain'
import { emptyNetwork, type NetworkDocument } from '../document'
import { renameNode, setValue } from '../edit'
import { tie } from '../tied'
import { templateNetwork } from '../templates'
import { codeText } from './code-text'
import { variableNames } from './names'
import { kerasCode } from './python'
import { tfjsCode } from './typescript'

const python = (network: NetworkDocument) => codeText(kerasCode(network, englishText))
const typescript = (network: NetworkDocument) => codeText(tfjsCode(network, englishText))

const row = chain(
  ['input'],
  ['conv2d', { filters: 20, kernel: [5, 5] }],
  ['max-pooling-2d'],
  ['dropout', { rate: 0.25 }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax', bias: false }],
)

const block = branches(
  ['input', { shape: [8, 8, 4] }, { mark: 'start' }],
  ['conv2d', { filters: 4, padding: 'same' }, { mark: 'through' }],
  ['add', {}, { from: ['through', 'start'] }],
)

describe('layers one behind another', () => {
  it('are a Sequential in Keras, with what is not the default', () => {
    expect(python(row)).toBe(`import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(filters=20, kernel_size=(5, 5), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Dropout(rate=0.25),
        layers.Flatten(),
        layers.Dense(units=10, activation="softmax", use_bias=False),
    ]
)
`)
  })

  it('are a sequential in TensorFlow.js', () => {
    expect(typescript(row)).toBe(`import * as tf from '@tensorflow/tfjs'

export const model = tf.sequential({
  layers: [
    tf.layers.inputLayer({ inputShape: [28, 28, 1] }),
    tf.layers.conv2d({ filters: 20, kernelSize: [5, 5], activation: 'relu' }),
    tf.layers.maxPooling2d({ poolSize: [2, 2] }),
    tf.layers.dropout({ rate: 0.25 }),
    tf.layers.flatten({}),
    tf.layers.dense({ units: 10, activation: 'softmax', useBias: false }),
  ],
})
`)
  })
})

describe('branches', () => {
  it('are a functional model in Keras, with a variable for each layer', () => {
    expect(python(block)).toBe(`import keras
from keras import layers

input_layer = keras.Input(shape=(8, 8, 4))
conv2d = layers.Conv2D(filters=4, kernel_size=(3, 3), padding="same", activation="relu")(input_layer)
add = layers.Add()([conv2d, input_layer])
model = keras.Model(inputs=input_layer, outputs=add)
`)
  })

  it('are a model in TensorFlow.js', () => {
    expect(typescript(block)).toBe(`import * as tf from '@tensorflow/tfjs'

const input = tf.input({ shape: [8, 8, 4] })
const conv2d = tf.layers.conv2d({ filters: 4, kernelSize: [3, 3], padding: 'same', activation: 'relu' }).apply(input) as tf.SymbolicTensor
const add = tf.layers.add({}).apply([conv2d, input]) as tf.SymbolicTensor
export const model = tf.model({ inputs: input, outputs: add })
`)
  })
})

describe('tied layers', () => {
  const dense = ['dense', { units: 4 }] as const
  const twice = tie(chain(['input', { shape: [2, 2, 1] }], ['flatten'], dense, dense), 'dense-2', 'dense-1')
  const named = renameNode(renameNode(twice, 'dense-1', 'Encoder'), 'dense-2', 'Again')

  it('are one layer in Keras that is called several times', () => {
    expect(python(twice)).toBe(`import keras
from keras import layers

input_layer = keras.Input(shape=(2, 2, 1))
flatten = layers.Flatten()(input_layer)
shared_dense = layers.Dense(units=4, activation="relu")
dense_1 = shared_dense(flatten)
dense_2 = shared_dense(dense_1)
model = keras.Model(inputs=input_layer, outputs=dense_2)
`)
  })

  it('are one layer in TensorFlow.js that is applied several times', () => {
    expect(typescript(twice)).toBe(`import * as tf from '@tensorflow/tfjs'

const input = tf.input({ shape: [2, 2, 1] })
const flatten = tf.layers.flatten({}).apply(input) as tf.SymbolicTensor
const sharedDense = tf.layers.dense({ units: 4, activation: 'relu' })
const dense1 = sharedDense.apply(flatten) as tf.SymbolicTensor
const dense2 = sharedDense.apply(dense1) as tf.SymbolicTensor
export const model = tf.model({ inputs: input, outputs: dense2 })
`)
  })

  it('have the name of the one that owns the weights; other names are comments', () => {
    expect(python(named)).toContain('shared_encoder = layers.Dense(units=4, activation="relu", name="Encoder")\n')
    expect(python(named)).toContain('again = shared_encoder(encoder)  # Again\n')
    expect(typescript(named)).toContain("const sharedEncoder = tf.layers.dense({ units: 4, activation: 'relu', name:")
  })

  it('are written one by one where a fault keeps them apart', () => {
    const nodes = setValue(twice, 'dense-1', 'units', 5).nodes.map((node) =>
      node.id === 'dense-2' ? { ...node, values: { ...node.values, units: 6 } } : node,
    )
    expect(python({ ...twice, nodes })).not.toContain('shared')
  })
})

describe('names', () => {
  it('that a person gave are the variables, and the layers where frameworks take them', () => {
    const named = renameNode(renameNode(block, 'conv2d-1', 'Module A'), 'add-1', 'Сумма')
    expect(python(named)).toContain('module_a = layers.Conv2D(')
    expect(python(named)).toContain('name="Module_A")(input_layer)')
    expect(python(named)).toContain('сумма = layers.Add()([module_a, input_layer])  # Сумма')
    expect(typescript(named)).toContain("name: 'Module_A' }).apply(input)")
    expect(typescript(named)).toContain('const сумма = tf.layers.add({}).apply([moduleA, input])')
  })

  it('that a framework gives by itself, or that were given before, stand in comments', () => {
    const named = renameNode(renameNode(row, 'conv2d-1', 'dense_2'), 'flatten-1', 'fc')
    const lines = python(renameNode(named, 'dense-1', 'fc'))
    expect(lines).toContain('kernel_size=(5, 5), activation="relu"),  # dense_2')
    expect(lines).toContain('layers.Flatten(name="fc"),')
    expect(lines).toContain('use_bias=False),  # fc')
  })

  it('cannot break out of a comment or a text', () => {
    const named = renameNode(row, 'dropout-1', 'a"\nimport os # \u2028\0x')
    const line = kerasCode(named, englishText).find(({ node }) => node === 'dropout-1')
    expect(line?.text).toBe('        layers.Dropout(rate=0.25),  # a" import os # x')
  })

  const style = { join: (words: readonly string[]) => words.join('_'), reserved: new Set(['class', 'add']) }
  it.each([
    [
      ['conv', 'conv'],
      ['conv_1', 'conv_2'],
    ],
    [
      ['conv', 'conv_1', 'conv'],
      ['conv_2', 'conv_1', 'conv_3'],
    ],
    [
      ['class', '', '3 x 3', '!?'],
      ['class_layer', 'dense', 'layer_3_x_3', 'dense_1'],
    ],
    [
      ['Add', 'ﬁlter', 'ÅNGSTRÖM'],
      ['add_layer', 'filter', 'ångström'],
    ],
  ])('%j become %j', (given, expected) => {
    const nodes = given.map((name, at) => ({ id: `n${at}`, kind: 'dense', name, values: {}, position: { x: 0, y: 0 } }))
    const names = [...variableNames(nodes, style).values()]
    expect(new Set(names).size).toBe(names.length)
    if (!given.includes('!?')) expect(names).toEqual(expected)
  })
})

describe('a network that is not finished', () => {
  const loose = { ...row, wires: row.wires.filter(({ to }) => to !== 'flatten-1') }

  it.each([
    ['an empty canvas', emptyNetwork, '# The canvas is empty.'],
    ['an input alone', chain(['input']), '# There is no layer behind an input yet.'],
    ['a cut wire', loose, '# “Flatten” is missing: it is not connected to an input.'],
    [
      'a layer of a newer version',
      { ...row, nodes: row.nodes.map((node) => (node.id === 'dropout-1' ? { ...node, kind: 'quantum' } : node)) },
      '# “quantum” is missing: this version does not know its kind.',
    ],
  ])('%s is told in a comment', (_title, network, comment) => {
    expect(python(network)).toContain(comment)
    expect(typescript(network)).toContain(comment.replace('#', '//'))
  })

  it('is written as far as it goes', () => {
    expect(python(loose)).toContain('model = keras.Model(inputs=input_layer, outputs=dropout)')
    expect(python(loose)).not.toContain('layers.Dense')
  })

  it('with a circle is written without it', () => {
    const wires = [...row.wires, { id: 'back', from: 'dropout-1', to: 'conv2d-1', input: 1 }]
    expect(() => python({ ...row, wires })).not.toThrow()
    expect(python({ ...row, wires })).toContain('“Dense” is missing')
  })
})

describe('lines', () => {
  it.each(['resnet-20', 'alexnet-mini'])('of %s belong to its layers, each to one at least', (name) => {
    const network = templateNetwork(name)!
    for (const lines of [kerasCode(network, englishText), tfjsCode(network, englishText)])
      expect(new Set(lines.flatMap(({ node }) => node ?? []))).toEqual(new Set(network.nodes.map(({ id }) => id)))
  })

  it('bring the classes that the framework lacks, once', () => {
    const code = python(templateNetwork('alexnet-mini')!)
    expect(code.match(/^class LocalResponseNormalization/gm)).toHaveLength(1)
    expect(typescript(templateNetwork('alexnet-mini')!).match(/^class \w+/gm)).toEqual([
      'class LocalResponseNormalization',
      'class GroupedConvolution',
    ])
  })
})
