import { describe, expect, it } from 'vitest'
import { templateNetwork } from '../templates'
import { keepNetwork, keptNetwork } from './kept'
import { readNetwork } from './read-network'

// mlpconv is a module: a list of layers has no words for it.
const network = templateNetwork('picture-mlpconv', { shape: [28, 28, 1], classes: 10 })!
const topology = {
  class_name: 'Sequential',
  config: {
    name: 'network',
    layers: [
      { class_name: 'InputLayer', config: { batch_input_shape: [null, 8, 8, 3], name: 'input' } },
      { class_name: 'Flatten', config: { name: 'flatten' } },
    ],
  },
}
const text = (changes: object = {}, modelTopology: unknown = topology) =>
  JSON.stringify({ userDefinedMetadata: keepNetwork(network, topology), modelTopology, ...changes })

describe('the drawing that an export keeps', () => {
  it('comes back whole, modules and places too', () => {
    expect(network.modules).toHaveLength(1)
    expect(keptNetwork(text())).toEqual(network)
    expect(readNetwork(text())).toEqual({ ok: true, network, left: [] })
  })

  it.each([
    ['whose layers were changed', text({}, { ...topology, class_name: 'Model' })],
    ['without one', JSON.stringify({ modelTopology: topology })],
    ['of a version to come', text({ userDefinedMetadata: { patchwork: { version: 2 } } })],
    [
      'whose drawing is none',
      text({ userDefinedMetadata: { patchwork: { ...keepNetwork(network, topology), network: 7 } } }),
    ],
    ['that is no JSON', '{'],
  ])('is not taken from a file %s', (_what, given) => expect(keptNetwork(given)).toBeUndefined())

  it('does not hinder layers from being read that were changed', () => {
    const read = readNetwork(text().replaceAll('[null,8,8,3]', '[null,4,4,3]'))
    expect(read.ok && read.network.nodes.map(({ kind }) => kind)).toEqual(['input', 'flatten'])
  })
})
