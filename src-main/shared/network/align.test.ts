import { describe, expect, it } from 'vitest'
import { align, alignments, cardsToAlign, type Alignment } from './align'
import { addAt } from './arrange'
import { emptyNetwork, type NetworkDocument } from './document'
import { cardHeight, cardWidth } from './place'

const places = [
  { x: 0, y: 300 },
  { x: 410, y: 10 },
  { x: 90, y: 100 },
]
const kinds = ['conv2d', 'flatten', 'dense']
const network = kinds.reduce<NetworkDocument>((next, kind, n) => addAt(next, kind, places[n]!).network, emptyNetwork)
const all = network.nodes.map(({ id }) => id)
const edges = ({ nodes }: NetworkDocument) =>
  nodes.map((node) => {
    const { x, y } = node.position
    return { left: x, right: x + cardWidth, top: y, bottom: y + cardHeight(node) }
  })

describe('aligning', () => {
  it.each<[Alignment, 'left' | 'right' | 'top' | 'bottom', number]>([
    ['left', 'left', 0],
    ['right', 'right', 410 + cardWidth],
    ['top', 'top', 10],
    ['bottom', 'bottom', 368],
  ])('%s brings all cards to one edge', (alignment, edge, place) => {
    expect(edges(align(network, all, alignment)).map((card) => card[edge])).toEqual([place, place, place])
  })

  it.each<[Alignment, 'left' | 'top', 'right' | 'bottom', number]>([
    ['centre', 'left', 'right', (410 + cardWidth) / 2],
    ['middle', 'top', 'bottom', (10 + 368) / 2],
  ])('%s brings all middles to one line', (alignment, low, high, middle) => {
    for (const card of edges(align(network, all, alignment)))
      expect(Math.abs((card[low] + card[high]) / 2 - middle)).toBeLessThanOrEqual(0.5)
  })

  it.each<[Alignment, 'left' | 'top', 'right' | 'bottom']>([
    ['columns', 'left', 'right'],
    ['rows', 'top', 'bottom'],
  ])('%s leaves the same room between neighbours, and the outer ones where they are', (alignment, low, high) => {
    const sorted = (cards: ReturnType<typeof edges>) => [...cards].sort((one, other) => one[low] - other[low])
    const [before, after] = [sorted(edges(network)), sorted(edges(align(network, all, alignment)))]
    expect([after[0], after[2]]).toEqual([before[0], before[2]])
    expect(Math.abs(after[1]![low] - after[0]![high] - (after[2]![low] - after[1]![high]))).toBeLessThanOrEqual(1)
  })

  it.each(alignments)('%s moves along one axis only, and again moves nothing', (alignment) => {
    const once = align(network, all, alignment)
    const axis = ['left', 'centre', 'right', 'columns'].includes(alignment) ? 'y' : 'x'
    expect(once.nodes.map(({ position }) => position[axis])).toEqual(
      network.nodes.map(({ position }) => position[axis]),
    )
    expect(align(once, all, alignment)).toEqual(once)
  })

  it.each(alignments)('%s of too few cards, or of none that are there, changes nothing', (alignment) => {
    expect(align(network, all.slice(0, cardsToAlign(alignment) - 1), alignment)).toBe(network)
    expect(align(network, ['nobody', 'nowhere', 'never'], alignment)).toBe(network)
  })

  it('leaves the cards that were not chosen', () => {
    expect(align(network, all.slice(0, 2), 'left').nodes[2]).toBe(network.nodes[2])
  })
})
