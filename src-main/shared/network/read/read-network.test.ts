import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardHeight, cardWidth } from '../place'
import { totals, walk } from '../walk'
import { looksLikeModel, mostLayers } from './model-json'
import { personalName } from './names'
import { readNetwork } from './read-network'

const sequential = (...layers: object[]) => JSON.stringify({ class_name: 'Sequential', config: { name: 'it', layers } })
const input = { class_name: 'InputLayer', config: { batch_shape: [null, 8, 8, 3], name: 'input_layer' } }
const dense = { class_name: 'Dense', config: { name: 'dense', units: 10, activation: 'softmax', use_bias: true } }
const flatten = { class_name: 'Flatten', config: { name: 'flatten', data_format: 'channels_last' } }

/** What a text says of its layers, or why it cannot be read. */
function gist(text: string) {
  const read = readNetwork(text)
  if (!read.ok) return { why: read.why, complaints: read.complaints.map(({ layer, code }) => `${layer}: ${code}`) }
  return [...walk(read.network).values()].map(
    ({ node, result }) => `${node.kind} ${result.ok ? result.shape.join('×') : '?'}`,
  )
}

describe('a model of an older Keras', () => {
  it('may have its input in the first layer, and tuples of one number', () => {
    const first = { name: 'c', filters: 4, kernel_size: 3, strides: [1, 1], batch_input_shape: [null, 8, 8, 3] }
    expect(gist(sequential({ class_name: 'Conv2D', config: first }, flatten, dense))).toEqual([
      'input 8×8×3',
      'conv2d 6×6×4',
      'flatten 144',
      'dense 10',
    ])
  })

  it('may be a bare list of layers in what the converter to tfjs wrote', () => {
    const model_config = { class_name: 'Sequential', config: [input, flatten, dense] }
    const file = { format: 'layers-model', modelTopology: { keras_version: '2.1', model_config }, weightsManifest: [] }
    expect(gist(JSON.stringify(file))).toEqual(['input 8×8×3', 'flatten 192', 'dense 10'])
  })

  it('may name its wires by triples', () => {
    const add = {
      class_name: 'Add',
      name: 'add',
      config: {},
      inbound_nodes: [
        [
          ['a', 0, 0, {}],
          ['b', 0, 0],
        ],
      ],
    }
    const layers = [
      { ...input, name: 'input_1', inbound_nodes: [] },
      add,
      { class_name: 'Activation', name: 'a', config: { activation: 'relu' }, inbound_nodes: [[['input_1', 0, 0, {}]]] },
      { class_name: 'ReLU', name: 'b', config: { max_value: null }, inbound_nodes: [[['input_1', 0, 0, {}]]] },
    ]
    const text = JSON.stringify({ class_name: 'Model', config: { layers } })
    expect(gist(text)).toEqual(['input 8×8×3', 'activation 8×8×3', 'activation 8×8×3', 'add 8×8×3'])
    const read = readNetwork(text)
    expect(read.ok && read.network.nodes.map(({ name }) => name)).toEqual(['', 'a', 'b', ''])
  })
})

describe('what cannot be read', () => {
  const one = (class_name: string, config: object) =>
    sequential(input, { class_name, config: { name: 'it', ...config } })
  it.each([
    ['no JSON', '{"class_name": ', { why: 'not-json', complaints: [] }],
    ['a list', '[1, 2]', { why: 'not-a-model', complaints: [] }],
    ['no layers', sequential(), { why: 'not-a-model', complaints: [] }],
    ['deep garbage', '['.repeat(200_000), { why: 'not-json', complaints: [] }],
    ['a class that nobody has here', one('Quantum', {}), { why: 'layers', complaints: ['it: unknown-class'] }],
    ['a model within', one('Functional', { layers: [] }), { why: 'layers', complaints: ['it: nested'] }],
    [
      'channels first',
      one('Flatten', { data_format: 'channels_first' }),
      { why: 'layers', complaints: ['it: setting'] },
    ],
    [
      'a regularizer of the activity',
      one('Flatten', { activity_regularizer: { class_name: 'L2', config: { l2: 0.1 } } }),
      { why: 'layers', complaints: ['it: setting'] },
    ],
    [
      'an input of unknown size',
      sequential({ class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, null, 3] } }),
      { why: 'layers', complaints: ['in: input-shape'] },
    ],
    [
      'layers in a circle',
      JSON.stringify({
        class_name: 'Functional',
        config: {
          layers: ['a', 'b'].map((name) => {
            return { ...flatten, name, inbound_nodes: [[[name === 'a' ? 'b' : 'a', 0, 0, {}]]] }
          }),
        },
      }),
      { why: 'cycle', complaints: [] },
    ],
    [
      'layers that are fed by nobody, or by a call that there is not',
      JSON.stringify({
        class_name: 'Functional',
        config: {
          layers: [
            { ...input, name: 'in' },
            { ...flatten, name: 'alone', inbound_nodes: [[['nowhere', 0, 0, {}]]] },
            { ...flatten, name: 'late', inbound_nodes: [[['in', 1, 0, {}]]] },
          ],
        },
      }),
      { why: 'layers', complaints: ['alone: unknown-source', 'late: unknown-source'] },
    ],
  ])('%s', (_title, text, expected) => expect(gist(text)).toEqual(expected))

  it('names every layer at once', () => {
    const text = sequential(input, { class_name: 'A', config: {} }, { class_name: 'B', config: {} })
    expect(gist(text)).toEqual({ why: 'layers', complaints: ['layer 2: unknown-class', 'layer 3: unknown-class'] })
  })
})

describe('a layer that is called several times', () => {
  const call = (name: string, number = 0) => [[name, number, 0, {}]]
  const model = (...layers: object[]) => JSON.stringify({ class_name: 'Functional', config: { layers } })
  const shared = { ...dense, name: 'both', config: { ...dense.config, units: 192 } }

  it('becomes layers that are tied, wherever the first call stands', () => {
    const text = model(
      { ...input, name: 'in', inbound_nodes: [] },
      { ...flatten, name: 'flat', inbound_nodes: [call('in')] },
      { ...shared, inbound_nodes: [call('relu'), call('flat')] },
      { class_name: 'ReLU', name: 'relu', config: {}, inbound_nodes: [call('both', 1)] },
      { ...dense, name: 'out', inbound_nodes: [call('both', 0)] },
    )
    const read = readNetwork(text)
    const { nodes, wires } = read.ok ? read.network : { nodes: [], wires: [] }
    expect(nodes.map(({ id, name, weightsOf }) => [id, name, weightsOf])).toEqual([
      ['input-1', 'in', undefined],
      ['flatten-1', 'flat', undefined],
      ['dense-1', 'both', undefined],
      ['activation-1', 'relu', undefined],
      ['dense-2', 'both', 'dense-1'],
      ['dense-3', 'out', undefined],
    ])
    expect(wires.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'input-1 flatten-1',
      'flatten-1 dense-1',
      'dense-1 activation-1',
      'activation-1 dense-2',
      'dense-2 dense-3',
    ])
    expect(read.ok && totals(walk(read.network)).trainable).toBe(192 * 192 + 192 + 1930)
  })

  it('counts towards the most layers that can be drawn, call by call', () => {
    const calls = Array.from({ length: mostLayers }, () => call('in'))
    const text = model({ ...input, name: 'in' }, { ...flatten, name: 'many', inbound_nodes: calls })
    expect(gist(text)).toEqual({ why: 'too-many-layers', complaints: [] })
  })
})

it('tells what it leaves out', () => {
  const frozen = { ...dense, config: { ...dense.config, trainable: false, bias_initializer: 'ones' } }
  const read = readNetwork(sequential(input, flatten, frozen))
  expect(read.ok && read.left.map(({ params }) => params)).toEqual([
    { class: 'Dense', setting: 'trainable', value: 'false' },
    { class: 'Dense', setting: 'bias_initializer', value: 'ones' },
  ])
})

it('lays cards out so that none covers another', () => {
  const leaf = (name: string, from: string) => ({ ...flatten, name, inbound_nodes: [[[from, 0, 0, {}]]] })
  const layers = [{ ...input, name: 'in' }, leaf('a', 'in'), leaf('b', 'in'), leaf('c', 'in'), leaf('d', 'a')]
  const read = readNetwork(JSON.stringify({ class_name: 'Functional', config: { layers } }))
  const { nodes } = read.ok ? read.network : { nodes: [] }
  expect(nodes).toHaveLength(5)
  for (const [at, one] of nodes.entries())
    for (const other of nodes.slice(at + 1)) {
      const { x, y } = { x: one.position.x - other.position.x, y: one.position.y - other.position.y }
      expect(Math.abs(x) >= cardWidth || Math.abs(y) >= Math.min(cardHeight(one), cardHeight(other))).toBe(true)
    }
})

describe('garbage', () => {
  it('of any JSON never throws', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => typeof readNetwork(text).ok === 'boolean'))
  })

  it('in the form of a model never throws', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    const name = fc.constantFrom(
      'Conv2D',
      'Dense',
      'InputLayer',
      'MaxPooling2D',
      'BatchNormalization',
      'Add',
      '__proto__',
      'constructor',
    )
    const key = fc.constantFrom(
      'filters',
      'kernel_size',
      'strides',
      'axis',
      'activation',
      'kernel_initializer',
      'kernel_regularizer',
      'batch_shape',
      '__proto__',
      'name',
      'toString',
    )
    const wire = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constant(0), fc.constant(0), fc.constant({}))
    const layer = fc.record(
      {
        class_name: name,
        config: fc.dictionary(key, value),
        name: fc.constantFrom('a', 'b', 'c', '', '__proto__'),
        inbound_nodes: fc.oneof(fc.array(fc.array(wire)), fc.array(value)),
      },
      { requiredKeys: ['class_name', 'config'] },
    )
    const model = fc.record({
      class_name: fc.constantFrom('Sequential', 'Functional'),
      config: fc.record({ layers: fc.array(layer) }),
    })
    fc.assert(
      fc.property(model, (one) => typeof readNetwork(JSON.stringify(one)).ok === 'boolean'),
      { numRuns: 60 },
    )
  }, 60_000)

  it('that is text never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => !readNetwork(text).ok && typeof looksLikeModel(text) === 'boolean'))
  })
})

describe('a name', () => {
  it.each([
    ['conv2d_3', 'Conv2D', 'conv2d', ''],
    ['conv2d', 'Conv2D', 'conv2d', ''],
    ['conv2d_Conv2D3', 'Conv2D', 'conv2d', ''],
    ['max_pooling2d_1', 'MaxPooling2D', 'max-pooling-2d', ''],
    ['max-pooling-2d-1', 'MaxPooling2D', 'max-pooling-2d', ''],
    ['input_layer_2', 'InputLayer', 'input', ''],
    ['input1', 'InputLayer', 'input', ''],
    ['global_average_pooling2d', 'GlobalAveragePooling2D', 'global-average-pooling-2d', ''],
    ['Module_A', 'Conv2D', 'conv2d', 'Module_A'],
    ['fc7', 'Dense', 'dense', 'fc7'],
    ['x'.repeat(200), 'Dense', 'dense', 'x'.repeat(80)],
  ])('%s of %s is the person’s own: %j', (name, className, kind, own) => {
    expect(personalName(name, className, kind)).toBe(own)
  })
})
