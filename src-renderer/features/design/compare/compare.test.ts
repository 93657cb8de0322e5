import { describe, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { compareNetworks, type LayerChange } from '@shared/network/compare'
import { removeNodes, renameNode, replaceKind, setValue } from '@shared/network/edit'
import { setOutput } from '@shared/network/outputs'
import { tie } from '@shared/network/tied'
import { englishText } from '@shared/messages/english'
import { plainLenet } from '@shared/testing/plain-lenet'
import { makeFormat } from '@/composables/format'
import { ghosts } from '../canvas/ghosts'
import { differences, parameterDifference, signed } from './change-facts'

const format = makeFormat(() => 'en', { timeLeft: (text) => text, imagesPerSecond: (text) => text })
const lenet = plainLenet({ shape: [28, 28, 1], classes: 10 })
const of = (after: typeof lenet, id: string) => {
  const change = compareNetworks(lenet, after).changes.find((one) => (one.after ?? one.before)?.node.id === id)
  if (!change) throw new Error(`${id} is the same`)
  return change
}
const words = (change: LayerChange) =>
  differences(
    change,
    (key, params = {}) => englishText(key, params),
    format,
    (layer, side) => `${layer} ${side}`,
  ).map(({ name, before, after }) => `${name}: ${before} > ${after}`)
const told = (after: typeof lenet, id: string) => words(of(after, id))

describe('what is different about a layer', () => {
  it.each<[string, typeof lenet, string, string[]]>([
    [
      'a setting with what follows from it',
      setValue(lenet, 'conv2d-1', 'kernel', [3, 3]),
      'conv2d-1',
      [
        'Kernel: 5 × 5 > 3 × 3',
        'Output: 24 × 24 × 20 > 26 × 26 × 20',
        'Parameters: 520 > 200',
        'Multiply-adds: 288,000 > 121,680',
        'Receptive field: 5 × 5 px > 3 × 3 px',
      ],
    ],
    [
      'a choice in its words, and a switch',
      setValue(setValue(lenet, 'dense-1', 'activation', 'tanh'), 'dense-1', 'bias', false),
      'dense-1',
      ['Activation: ReLU > Tanh', 'Bias: on > off', 'Parameters: 400,500 > 400,000'],
    ],
    [
      'what is asked of an output',
      setOutput(lenet, 'dense-2', { loss: 'sample', weight: 0.5, main: true }),
      'dense-2',
      ['Network output: null > Sample', 'Weight: null > 0.5', 'Main output: null > on'],
    ],
    ['a name', renameNode(lenet, 'dense-1', 'A'), 'dense-1', ['Name of the layer: null > A']],
    [
      'a kind',
      replaceKind(lenet, 'max-pooling-2d-1', 'average-pooling-2d'),
      'max-pooling-2d-1',
      ['Kind: Max pooling 2-D > Avg. pooling 2-D'],
    ],
    [
      'a layer that is gone',
      removeNodes(lenet, ['flatten-1']),
      'flatten-1',
      ['Output: 800 > null', 'Receptive field: the whole input > null'],
    ],
  ])('tells of %s', (_what, after, id, expected) => expect(told(after, id)).toEqual(expected))

  it('tells whose weights a layer uses', () => {
    const dense = ['dense', { units: 16 }] as const
    const own = chain(['input', { shape: [4, 4, 1] }], ['flatten'], dense, dense)
    const tied = tie(own, 'dense-2', 'dense-1')
    expect(compareNetworks(own, tied).changes.map(words)).toEqual([
      ['Weights: Its own > Same as “dense-1 after”', 'Parameters: 272 > 0'],
    ])
    expect(compareNetworks(tied, own).changes.map(words)).toEqual([
      ['Weights: Same as “dense-1 before” > Its own', 'Parameters: 0 > 272'],
    ])
  })

  it('counts parameters with their sign', () => {
    expect(signed(parameterDifference(of(setValue(lenet, 'dense-1', 'units', 501), 'dense-1')), format)).toBe('+801')
    expect(signed(parameterDifference(of(removeNodes(lenet, ['dense-2']), 'dense-2')), format)).toBe('−5,010')
  })
})

describe('what is gone', () => {
  it('stands beside what there is, with its wires', () => {
    const after = removeNodes(lenet, ['max-pooling-2d-2', 'flatten-1'])
    const { nodes, edges } = ghosts(after, lenet, compareNetworks(lenet, after), (key) => key)
    expect(nodes.map(({ id, position }) => [id, position])).toEqual([
      ['gone max-pooling-2d-2', lenet.nodes[4]!.position],
      ['gone flatten-1', lenet.nodes[5]!.position],
    ])
    expect(edges.map(({ source, target }) => `${source} > ${target}`)).toEqual([
      'conv2d-2 > gone max-pooling-2d-2',
      'gone max-pooling-2d-2 > gone flatten-1',
      'gone flatten-1 > dense-1',
    ])
  })

  it('is nothing where nothing is gone', () => {
    expect(ghosts(lenet, lenet, compareNetworks(lenet, lenet), (key) => key)).toEqual({ nodes: [], edges: [] })
  })
})
