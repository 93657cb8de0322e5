import { describe, expect, it } from 'vitest'
import { addAt } from '@shared/network/arrange'
import { branches, chain } from '@shared/network/chain'
import { emptyNetwork, nodeById, type NetworkDocument } from '@shared/network/document'
import { canConnect, connect, removeNodes } from '@shared/network/edit'
import { cardHeight, cardWidth } from '@shared/network/place'
import { surfaceOf } from '@shared/network/surface'
import { templateNames, templateNetwork } from '@shared/network/templates'
import { walk } from '@shared/network/walk'
import { boundsOf, dropTarget, wireAt } from './geometry'
import { lanesOf } from './lanes'
import { fittingLayers } from './ports'
import { tidyPositions } from './tidy'
import { pushInside } from './use-canvas-view'
import { neighbour } from './walk-cards'
import { bottom, top, wirePath, wireSegments } from './wires'

const network = templateNetwork('dense-only')!
const [input, flatten, dense, last] = network.nodes
const middle = cardWidth / 2
const forked = connect(
  connect(addAt(network, 'activation', { x: 240, y: 100 }).network, 'input-1', 'activation-1'),
  'activation-1',
  'flatten-1',
)

describe('where a dropped layer goes', () => {
  const gapBelow = (node: typeof input) => node!.position.y + cardHeight(node!) + 18
  it.each([
    ['onto a wire', { x: middle, y: gapBelow(input) }, { kind: 'wire', wire: 'wire-1' }],
    ['beside a wire', { x: middle + 30, y: gapBelow(flatten) }, { kind: 'wire', wire: 'wire-2' }],
    ['onto a card: behind it', { x: 20, y: dense!.position.y + 10 }, { kind: 'behind', node: 'dense-1' }],
    ['below the open end', { x: middle, y: gapBelow(last) + 40 }, { kind: 'behind', node: 'dense-2' }],
    [
      'far below the open end',
      { x: middle, y: gapBelow(last) + 300 },
      { kind: 'place', position: { x: 0, y: gapBelow(last) + 266 } },
    ],
    ['beside everything', { x: 500, y: 50 }, { kind: 'place', position: { x: 416, y: 16 } }],
  ])('%s', (_, point, target) => expect(dropTarget(network, point, true)).toEqual(target))

  it('is just there for a layer that takes no input', () => {
    expect(dropTarget(network, { x: middle, y: gapBelow(input) }, false).kind).toBe('place')
  })

  it('is just there on an empty canvas', () => {
    expect(dropTarget(emptyNetwork, { x: 84, y: 34 }, true)).toEqual({ kind: 'place', position: { x: 0, y: 0 } })
  })

  it('takes the nearer of two wires', () => {
    expect(wireAt(forked, { x: 240 + middle, y: 90 })).toBe('wire-4')
  })
})

it('draws a wire down, across and down', () => {
  expect(wireSegments({ x: 0, y: 0 }, { x: 10, y: 20 }).map(({ to }) => to)).toEqual([
    { x: 0, y: 10 },
    { x: 10, y: 10 },
    { x: 10, y: 20 },
  ])
})

describe('the drawing of a wire', () => {
  it.each([
    ['to the card below', { x: 5, y: 0 }, { x: 5, y: 18 }, 'M 5 0 L 5 18', { x: 5, y: 9 }],
    ['straight down', { x: 0, y: 0 }, { x: 0, y: 40 }, 'M 0 0 L 0 40', { x: 0, y: 20 }],
    [
      'aside',
      { x: 0, y: 0 },
      { x: 100, y: 40 },
      'M 0 0 L 0 12 Q 0 20 8 20 L 92 20 Q 100 20 100 28 L 100 40',
      { x: 50, y: 20 },
    ],
  ])('%s', (_, from, to, path, middle_) => expect(wirePath(from, to)).toEqual({ path, middle: middle_ }))

  it('goes round where the target stands above, leaving down and arriving from above', () => {
    const { path } = wirePath({ x: 0, y: 100 }, { x: 20, y: 0 })
    expect(path).toMatch(/^M 0 100 L 0 105 Q 0 110 /)
    expect(path).toMatch(/ Q 20 -10 20 -5 L 20 0$/)
    expect(path).not.toContain('NaN')
  })
})

describe('a wire that would run behind cards', () => {
  const residual = branches(
    ['input', {}, { mark: 'in' }],
    ['conv2d', {}, { mark: 'through' }],
    ['batch-normalization', {}, { mark: 'main' }],
    ['activation', {}, { mark: 'round', from: ['in'] }],
    ['add', {}, { from: ['main', 'in', 'round'] }],
  )

  /** The cards that a wire's straight parts touch, its own two left out. */
  function touched(network: NetworkDocument): string[] {
    return network.wires.flatMap(({ id, from, to }) => {
      const [source, target] = [nodeById(network, from)!, nodeById(network, to)!]
      const parts = wireSegments(bottom(source), top(target), lanesOf(network).get(id))
      return network.nodes.flatMap((node) => {
        if (node === source || node === target) return []
        const { x, y } = node.position
        const inside = (at: { x: number; y: number }) =>
          at.x > x && at.x < x + cardWidth && at.y > y && at.y < y + cardHeight(node)
        // A point every two units of every part.
        const hit = parts.some((part) => {
          const length = Math.hypot(part.to.x - part.from.x, part.to.y - part.from.y)
          return Array.from({ length: Math.ceil(length / 2) + 1 }, (_, n) => (2 * n) / Math.max(length, 1)).some(
            (share) =>
              inside({
                x: part.from.x + (part.to.x - part.from.x) * share,
                y: part.from.y + (part.to.y - part.from.y) * share,
              }),
          )
        })
        return hit ? [`${from} → ${to}: ${node.id}`] : []
      })
    })
  }

  it('goes down beside them', () => {
    const wire = residual.wires.find(({ from, to }) => from === 'input-1' && to === 'add-1')!
    expect(lanesOf(residual).get(wire.id)).toBeGreaterThan(cardWidth)
    expect(lanesOf(residual).has(residual.wires[0]!.id)).toBe(false)
    expect(touched(residual)).toEqual([])
  })

  it.each(templateNames)('is not found in %s', (name) => expect(touched(surfaceOf(templateNetwork(name)!))).toEqual([]))

  it('stays as it is where there is no way', () => {
    const wall = Array.from({ length: 60 }, (_, n) => ({ x: (n - 30) * 60, y: 100 }))
    const walled = wall.reduce((next, place) => addAt(next, 'flatten', place).network, chain(['input']))
    const far = addAt(walled, 'dense', { x: 0, y: 400 })
    expect(lanesOf(connect(far.network, 'input-1', far.id)).size).toBe(0)
  })

  it('is drawn with its lane, and found by it', () => {
    const wire = residual.wires.find(({ from, to }) => from === 'input-1' && to === 'add-1')!
    const lane = lanesOf(residual).get(wire.id)!
    expect(wirePath({ x: 0, y: 0 }, { x: 0, y: 200 }, 60).path).toBe(
      'M 0 0 L 0 5 Q 0 10 8 10 L 52 10 Q 60 10 60 18 L 60 182 Q 60 190 52 190 L 8 190 Q 0 190 0 195 L 0 200',
    )
    expect(wireAt(residual, { x: lane, y: 150 })).toBe(wire.id)
  })
})

it('finds the box around all cards', () => {
  expect(boundsOf(emptyNetwork)).toBeUndefined()
  const height = last!.position.y + cardHeight(last!)
  expect(boundsOf(forked)).toEqual({ x: 0, y: 0, width: 240 + cardWidth, height })
})

describe('tidying up', () => {
  it('puts every card below its sources, none over another, and leaves the first where it is', () => {
    const heap = { ...forked, nodes: forked.nodes.map((node) => ({ ...node, position: { x: 7, y: 9 } })) }
    const places = tidyPositions(heap)
    expect([...places.keys()]).toEqual(heap.nodes.map(({ id }) => id))
    expect(places.get('input-1')).toEqual({ x: 7, y: 9 })
    for (const { from, to } of heap.wires) expect(places.get(from)!.y).toBeLessThan(places.get(to)!.y)
    const boxes = heap.nodes.map((node) => ({ ...places.get(node.id)!, height: cardHeight(node) }))
    for (const [n, one] of boxes.entries())
      for (const other of boxes.slice(n + 1)) {
        const apart = Math.abs(one.x - other.x) >= cardWidth
        expect(apart || one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true)
      }
  })

  it('has nothing to do on an empty canvas', () => expect(tidyPositions(emptyNetwork).size).toBe(0))

  it('leaves a template as it is', () => {
    for (const node of network.nodes) expect(tidyPositions(network).get(node.id)).toEqual(node.position)
  })
})

describe('walking by arrow keys', () => {
  it.each([
    ['input-1', 'down', 'activation-1'],
    ['flatten-1', 'up', 'activation-1'],
    ['dense-2', 'down', undefined],
    ['input-1', 'up', undefined],
    ['flatten-1', 'right', 'activation-1'],
    ['activation-1', 'left', 'flatten-1'],
    ['flatten-1', 'left', undefined],
    ['nobody', 'down', undefined],
  ] as const)('from %s %s to %s', (from, direction, to) => expect(neighbour(forked, from, direction)).toBe(to))
})

describe('ports that fit', () => {
  const facts = walk(forked)

  it('are those that close no circle and understand the shape', () => {
    expect([...fittingLayers(forked, facts, 'input-1', 'source')].sort()).toEqual(['activation-1', 'flatten-1'])
    expect([...fittingLayers(forked, facts, 'dense-1', 'source')]).toEqual(['dense-2'])
  })

  it('are found from the other end too', () => {
    expect([...fittingLayers(forked, facts, 'dense-1', 'target')]).toEqual(['flatten-1'])
  })

  it('are all that may be connected while the shape is not known', () => {
    const open = removeNodes(forked, ['input-1'])
    const fits = [...fittingLayers(open, walk(open), 'activation-1', 'source')]
    expect(fits.sort()).toEqual(['dense-1', 'dense-2', 'flatten-1'])
    for (const id of fits) expect(canConnect(open, 'activation-1', id)).toBe(true)
  })
})

describe('bringing a card into view', () => {
  it.each([
    ['inside already', 100, 50, 400, 0],
    ['beyond the start', -30, 50, 400, 54],
    ['beyond the end', 380, 50, 400, -54],
    ['as large as the room', -10, 400, 400, 10],
    ['larger than the room', 20, 500, 400, -20],
  ])('%s', (_, start, length, room, by) => expect(pushInside(start, length, room)).toBe(by))
})
