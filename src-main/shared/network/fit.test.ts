import { describe, expect, it } from 'vitest'
import { plainLenet } from '../testing/plain-lenet'
import { chain } from './chain'
import { emptyNetwork, NetworkDocument } from './document'
import { setPinned } from './edit'
import { fitToData, followers } from './fit'
import { walk } from './walk'

const lenet = plainLenet({ shape: [28, 28, 1], classes: 10 })
const coloured = { shape: [64, 64, 3], classes: 7 }
const changed = (network: NetworkDocument) =>
  fitToData(network, coloured)
    .nodes.filter((node, n) => node !== network.nodes[n])
    .map(({ id }) => id)

describe('pins', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], ['input-1', 'dense-2']],
    ['the input', ['input-1'], ['dense-2']],
    ['the last layer', ['dense-2'], ['input-1']],
    ['both', ['input-1', 'dense-2'], []],
    ['a layer that would not follow', ['conv2d-1'], ['input-1', 'dense-2']],
  ])('with %s pinned, the others follow the data', (_what, pinned, expected) => {
    const network = pinned.reduce((next, id) => setPinned(next, id, true), lenet)
    expect(changed(network)).toEqual(expected)
    expect(NetworkDocument.parse(JSON.parse(JSON.stringify(network)))).toEqual(network)
  })

  it('are taken out again without a trace', () => {
    expect(setPinned(setPinned(lenet, 'input-1', true), 'input-1', false)).toEqual(lenet)
    expect(setPinned(lenet, 'input-1', false)).toBe(lenet)
    expect(setPinned(lenet, 'nobody', true)).toBe(lenet)
  })
})

describe('the layers that follow the data', () => {
  it.each<[string, NetworkDocument, string[]]>([
    ['the input and the last dense layer', lenet, ['input-1', 'dense-2']],
    [
      'the layer that decides the shape, seen through those that hand it on',
      chain(['input'], ['flatten'], ['dense'], ['dropout'], ['activation']),
      ['input-1', 'dense-1'],
    ],
    ['the input alone where nothing decides the end', chain(['input'], ['flatten']), ['input-1']],
    ['none of an empty network', emptyNetwork, []],
  ])('are %s', (_what, network, expected) =>
    expect([...followers(network, walk(network))].sort()).toEqual([...expected].sort()),
  )
})
