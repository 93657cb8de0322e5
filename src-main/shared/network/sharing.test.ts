import { describe, expect, it } from 'vitest'
import { layerKind } from '../layers/registry'
import { chain } from './chain'
import type { Values } from './document'
import { changeSharing, otherSharing, sharingCounts } from './sharing'
import { tie } from './tied'
import { walk } from './walk'

const sound = (values: Values) => chain(['sequence-input', { shape: [1000, 1] }], ['conv1d', values])

describe('one neuron over windows of two, along 1,000 values', () => {
  const network = sound({ filters: 1, kernel: [2] })

  it('has 3 weights, 2,997 with weights of its own at each place, and 999,999 where all is connected', () => {
    const counts = { shared: 3, own: 2997, all: 999_999 }
    const untied = changeSharing(network, 'conv1d-1')
    expect(untied.nodes[1]?.kind).toBe('locally-connected-1d')
    for (const one of [network, untied]) expect(sharingCounts(walk(one).get('conv1d-1')!)).toEqual(counts)
    expect(walk(network).get('conv1d-1')?.weights.trainable).toBe(3)
    expect(walk(untied).get('conv1d-1')?.weights.trainable).toBe(2997)
  })

  it('is the same network again on the way back, wires and name included', () => {
    expect(changeSharing(changeSharing(network, 'conv1d-1'), 'conv1d-1')).toEqual(network)
  })
})

it('keeps every setting that both have, and the shape that comes out', () => {
  const values = {
    filters: 6,
    kernel: [3, 5],
    strides: [2, 1],
    padding: 'same',
    activation: 'elu',
    bias: false,
    initializer: 'heNormal',
    regularizer: 'l2',
    penalty: 0.01,
  }
  const network = chain(['input', { shape: [12, 9, 3] }], ['conv2d', values])
  const untied = changeSharing(network, 'conv2d-1')
  expect(untied.nodes[1]).toMatchObject({ kind: 'locally-connected-2d', values })
  expect(walk(untied).get('conv2d-1')?.result).toEqual(walk(network).get('conv2d-1')?.result)
  expect(changeSharing(untied, 'conv2d-1')).toEqual(network)
})

it.each([
  [{ groups: 2 }, ['groups']],
  [{ dilation: [3] }, ['dilation']],
  [{ groups: 4, dilation: [2] }, ['dilation', 'groups']],
])('does not lose %j silently: the layer stays, and what stands in the way is named', (values, lost) => {
  const network = sound({ filters: 4, kernel: [2], ...values })
  expect(otherSharing(layerKind('conv1d')!, network.nodes[1]!.values)?.lost).toEqual(lost)
  expect(changeSharing(network, 'conv1d-1')).toBe(network)
  expect(sharingCounts(walk(network).get('conv1d-1')!)).toBeUndefined()
})

it.each(['dense', 'conv3d', 'max-pooling-2d', 'of-tomorrow'])('has nothing to offer for %s', (kind) => {
  const network = chain(['input'], [kind])
  expect(changeSharing(network, `${kind}-1`)).toBe(network)
  expect(sharingCounts(walk(network).get(`${kind}-1`)!)).toBeUndefined()
})

it('tells no counts where the layer does not fit', () => {
  const network = chain(['sequence-input', { shape: [3, 1] }], ['conv1d', { kernel: [9] }])
  expect(sharingCounts(walk(network).get('conv1d-1')!)).toBeUndefined()
})

it('takes a layer out of those whose weights it used', () => {
  const two = chain(['sequence-input'], ['conv1d', { padding: 'same' }], ['conv1d', { padding: 'same' }])
  const tied = tie(two, 'conv1d-2', 'conv1d-1')
  expect(tied.nodes[2]?.weightsOf).toBe('conv1d-1')
  const [, first, second] = changeSharing(tied, 'conv1d-2').nodes
  expect([first?.kind, second?.kind, second?.weightsOf]).toEqual(['conv1d', 'locally-connected-1d', undefined])
})

it('every counterpart that a kind names is there, and is named once', () => {
  const named = ['conv1d', 'conv2d'].map((kind) => layerKind(kind)?.untied)
  expect(named.map((kind) => kind && layerKind(kind)?.kind)).toEqual(['locally-connected-1d', 'locally-connected-2d'])
})
