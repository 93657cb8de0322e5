import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLenet } from '../testing/plain-lenet'
import { addBehind } from './arrange'
import { chain } from './chain'
import { compareNetworks, type Comparison } from './compare'
import { emptyNetwork, type NetworkDocument } from './document'
import { connect, moveNodes, removeNodes, removeWires, renameNode, replaceKind, setValue } from './edit'
import { templateNames, templateNetwork } from './templates'

const lenet = plainLenet({ shape: [28, 28, 1], classes: 10 })

/** `changed conv2d-1`, one for each difference. */
const told = ({ changes }: Comparison) =>
  changes.map(({ change, before, after }) => `${change} ${(after ?? before)?.node.id}`)

describe('comparing two networks', () => {
  it.each<[string, (network: NetworkDocument) => NetworkDocument, string[]]>([
    ['nothing', (network) => network, []],
    ['places', (network) => moveNodes(network, new Map([['flatten-1', { x: 900, y: 1 }]])), []],
    ['a name', (network) => renameNode(network, 'dense-1', 'A'), ['changed dense-1']],
    [
      'a setting, and what follows from it',
      (network) => setValue(network, 'conv2d-1', 'filters', 24),
      ['changed conv2d-1', 'follows max-pooling-2d-1', 'follows conv2d-2'],
    ],
    [
      'a kind',
      (network) => replaceKind(network, 'max-pooling-2d-2', 'average-pooling-2d'),
      ['changed max-pooling-2d-2'],
    ],
    [
      'a layer put in between',
      (network) => addBehind(network, 'dropout', 'flatten-1').network,
      ['added dropout-1', 'follows dense-1'],
    ],
    [
      'a layer taken out',
      (network) => removeNodes(network, ['max-pooling-2d-2']),
      ['removed max-pooling-2d-2', 'follows flatten-1', 'follows dense-1'],
    ],
    ['the last layer taken out', (network) => removeNodes(network, ['dense-2']), ['removed dense-2']],
    [
      'a wire',
      (network) =>
        connect(
          removeWires(
            network,
            network.wires.filter(({ to }) => to === 'dense-2').map(({ id }) => id),
          ),
          'flatten-1',
          'dense-2',
        ),
      ['follows dense-2'],
    ],
  ])('tells of %s', (_what, edit, expected) => expect(told(compareNetworks(lenet, edit(lenet)))).toEqual(expected))

  it('finds nothing in a setting that an older project does not have', () => {
    const nodes = lenet.nodes.map((node) => {
      const values = Object.entries(node.values).filter(([name]) => !['part', 'penalty', 'dilation'].includes(name))
      return { ...node, values: Object.fromEntries(values) }
    })
    const older = { ...lenet, nodes }
    expect(told(compareNetworks(older, lenet))).toEqual([])
    expect(told(compareNetworks(lenet, older))).toEqual([])
  })

  it('gives what was and what is of each setting, and the totals of both', () => {
    const { changes, before, after, same } = compareNetworks(lenet, setValue(lenet, 'dense-1', 'units', 100))
    expect(changes[0]?.settings).toEqual([{ setting: 'units', before: 500, after: 100 }])
    expect([before.trainable, after.trainable]).toEqual([431_080, 431_080 - 400 * 801 - 400 * 10])
    expect(same).toBe(6)
  })

  it('pairs layers that have other ids, kind by kind in the order of the flow', () => {
    const renamed: NetworkDocument = JSON.parse(
      JSON.stringify(lenet).replace(/"(conv2d|dense)-(\d)"/g, '"other-$1-$2"'),
    )
    const { changes, partners } = compareNetworks(lenet, setValue(renamed, 'other-conv2d-2', 'filters', 60))
    expect(partners.get('conv2d-1')).toBe('other-conv2d-1')
    expect(partners.get('dense-2')).toBe('other-dense-2')
    expect(changes.map(({ change, after }) => `${change} ${after?.node.id}`)[0]).toBe('changed other-conv2d-2')
  })

  it.each<[string, NetworkDocument, NetworkDocument, string]>([
    ['nothing before', emptyNetwork, lenet, 'added'],
    ['nothing after', lenet, emptyNetwork, 'removed'],
  ])('with %s everything is %s', (_what, before, after, change) => {
    const { changes } = compareNetworks(before, after)
    expect(changes).toHaveLength(lenet.nodes.length)
    expect(changes.every((one) => one.change === change)).toBe(true)
  })

  it('accounts for every layer of both, and swaps added and removed when turned round', () => {
    const networks = [...templateNames.map((name) => templateNetwork(name)!), emptyNetwork, chain(['of-tomorrow'])]
    fc.assert(
      fc.property(fc.constantFrom(...networks), fc.constantFrom(...networks), (one, other) => {
        const [there, back] = [compareNetworks(one, other), compareNetworks(other, one)]
        const count = ({ changes }: Comparison, change: string) =>
          changes.filter((each) => each.change === change).length
        expect(there.partners.size + count(there, 'added')).toBe(other.nodes.length)
        expect(there.partners.size + count(there, 'removed')).toBe(one.nodes.length)
        expect(count(there, 'added')).toBe(count(back, 'removed'))
        expect(there.same).toBe(back.same)
      }),
    )
  })
})
