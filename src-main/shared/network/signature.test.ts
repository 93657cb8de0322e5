import { describe, expect, it } from 'vitest'
import { plainLenet } from '../testing/plain-lenet'
import type { NetworkDocument } from './document'
import { moveNodes, removeWires, renameNode, setValue } from './edit'
import { signature } from './signature'

const lenet = plainLenet()

describe('a signature', () => {
  it.each<[string, (network: NetworkDocument) => NetworkDocument, boolean]>([
    ['places', (network) => moveNodes(network, new Map([['dense-1', { x: 5, y: 6 }]])), true],
    ['names', (network) => renameNode(network, 'dense-1', 'A'), true],
    [
      'the order of layers and wires',
      ({ nodes, wires }) => ({ nodes: nodes.toReversed(), wires: wires.toReversed() }),
      true,
    ],
    ['a first value that is left out', (network) => withoutValue(network, 'dense-1', 'bias'), true],
    ['a setting', (network) => setValue(network, 'dense-1', 'units', 499), false],
    ['a wire', (network) => removeWires(network, ['wire-3']), false],
  ])('of networks that differ in %s', (_what, edit, same) => {
    const edited = edit(lenet)
    expect(edited).not.toEqual(lenet)
    expect(signature(edited) === signature(lenet)).toBe(same)
  })
})

function withoutValue({ nodes, wires }: NetworkDocument, id: string, param: string): NetworkDocument {
  return {
    nodes: nodes.map((node) => {
      const { [param]: left, ...values } = node.values
      return node.id === id && left !== undefined ? { ...node, values } : node
    }),
    wires,
  }
}
