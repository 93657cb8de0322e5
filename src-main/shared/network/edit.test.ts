import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerKinds } from '../layers/registry'
import { align, alignments } from './align'
import { addAt, addBehind, addOnWire, moveAlong, openEnds, swapPartner } from './arrange'
import { branches } from './chain'
import { emptyNetwork, NetworkDocument } from './document'
import {
  addNode,
  canConnect,
  connect,
  freeId,
  inputsOf,
  insertOnWire,
  moveNodes,
  newNode,
  possibleEnds,
  reaches,
  removeNodes,
  removeWires,
  renameNode,
  setPinned,
  setValue,
} from './edit'
import { copyText, paste } from './fragment'
import { cardHeight, cardWidth, freePlace } from './place'
import { plainLenet } from '../testing/plain-lenet'
import { topologicalOrder } from './walk'

const lenet = plainLenet()
const kinds = [...layerKinds.keys()]

/** The wires as text, in the order of the chain. */
function chainText(network: NetworkDocument): string {
  return topologicalOrder(network)
    .order.map(({ id }) => id)
    .join(' > ')
}

function overlaps(network: NetworkDocument): string[] {
  return network.nodes.flatMap((one, n) =>
    network.nodes
      .slice(n + 1)
      .filter(
        (other) =>
          Math.abs(one.position.x - other.position.x) < cardWidth &&
          one.position.y < other.position.y + cardHeight(other) &&
          other.position.y < one.position.y + cardHeight(one),
      )
      .map((other) => `${one.id} covers ${other.id}`),
  )
}

describe('any row of edits', () => {
  type Step = (network: NetworkDocument, pick: (count: number) => number) => NetworkDocument
  const idOf = (network: NetworkDocument, n: number) => network.nodes[n]?.id ?? 'nobody'
  const wireOf = (network: NetworkDocument, n: number) => network.wires[n]?.id ?? 'nothing'
  const steps: Record<string, Step> = {
    add: (network, pick) => addAt(network, kinds[pick(kinds.length)]!, { x: pick(500), y: pick(500) }).network,
    'add behind': (network, pick) =>
      addBehind(network, kinds[pick(kinds.length)]!, network.nodes[pick(network.nodes.length + 1)]?.id).network,
    insert: (network, pick) =>
      addOnWire(network, kinds[pick(kinds.length)]!, wireOf(network, pick(network.wires.length))).network,
    connect: (network, pick) =>
      connect(network, idOf(network, pick(network.nodes.length)), idOf(network, pick(network.nodes.length))),
    'connect to an input': (network, pick) =>
      connect(network, idOf(network, pick(network.nodes.length)), idOf(network, pick(network.nodes.length)), pick(3)),
    remove: (network, pick) =>
      removeNodes(network, [idOf(network, pick(network.nodes.length)), idOf(network, pick(network.nodes.length))]),
    'remove a wire': (network, pick) => removeWires(network, [wireOf(network, pick(network.wires.length))]),
    'move up': (network, pick) => moveAlong(network, idOf(network, pick(network.nodes.length)), -1),
    'move down': (network, pick) => moveAlong(network, idOf(network, pick(network.nodes.length)), 1),
    duplicate: (network, pick) => {
      if (network.nodes.length > 40) return network
      const ids = network.nodes.filter(() => pick(2) === 1).map((node) => node.id)
      return paste(network, copyText(network, ids) ?? '')?.network ?? network
    },
    pin: (network, pick) => setPinned(network, idOf(network, pick(network.nodes.length)), pick(2) === 1),
    align: (network, pick) =>
      align(
        network,
        network.nodes.filter(() => pick(2) === 1).map((node) => node.id),
        alignments[pick(alignments.length)]!,
      ),
    rename: (network, pick) => renameNode(network, idOf(network, pick(network.nodes.length)), `n${pick(3)}`),
  }

  it('leaves unique ids, wires with two ends, one wire per input, no more than fit, and no cycle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.array(fc.nat(), { minLength: 1 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (row) => {
          let network = emptyNetwork
          const history = [JSON.stringify(network)]
          const states = [network]
          for (const [name, numbers] of row) {
            let next = 0
            const pick = (count: number) => (count > 0 ? numbers[next++ % numbers.length]! % count : 0)
            network = steps[name]!(network, pick)
            states.push(network)
            history.push(JSON.stringify(network))
            expect(NetworkDocument.safeParse(network).error?.issues).toBeUndefined()
            expect(topologicalOrder(network).cyclic).toEqual([])
            for (const node of network.nodes)
              expect(network.wires.filter((wire) => wire.to === node.id).length).toBeLessThanOrEqual(inputsOf(node))
          }
          const ids = network.nodes.map(({ id }) => id)
          for (const id of ids.slice(0, 5)) {
            const allowed = (other: string) => [canConnect(network, id, other), canConnect(network, other, id)]
            expect([...possibleEnds(network, id, 'source')]).toEqual(ids.filter((other) => allowed(other)[0]))
            expect([...possibleEnds(network, id, 'target')]).toEqual(ids.filter((other) => allowed(other)[1]))
          }
          // Undo is only going back to a former value: none of them may have been changed by a later edit.
          expect(states.map((state) => JSON.stringify(state))).toEqual(history)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('shares what it does not touch', () => {
    const moved = moveNodes(lenet, new Map([['flatten-1', { x: 5, y: 5 }]]))
    expect(moved.wires).toBe(lenet.wires)
    expect(moved.nodes.filter((node, n) => node === lenet.nodes[n])).toHaveLength(lenet.nodes.length - 1)
  })

  it.each<[string, (network: NetworkDocument) => NetworkDocument]>([
    ['a value that is already set', (network) => setValue(network, 'conv2d-1', 'kernel', [5, 5])],
    ['a value of a node that is not there', (network) => setValue(network, 'nobody', 'kernel', [3, 3])],
    ['the same place', (network) => moveNodes(network, new Map([['input-1', network.nodes[0]!.position]]))],
    ['the same name', (network) => renameNode(network, 'input-1', ' ')],
    ['a wire that is there', (network) => connect(network, 'flatten-1', 'dense-1', 0)],
    ['removing nobody', (network) => removeNodes(network, ['nobody'])],
    ['removing no wire', (network) => removeWires(network, ['nothing'])],
    ['moving the input down', (network) => moveAlong(network, 'input-1', 1)],
    ['moving the first layer above the input', (network) => moveAlong(network, 'conv2d-1', -1)],
    ['moving the last layer down', (network) => moveAlong(network, 'dense-2', 1)],
  ])('is the same document after %s', (_, edit) => expect(edit(lenet)).toBe(lenet))
})

describe('wires', () => {
  it.each([
    ['forward', 'input-1', 'dense-2', true],
    ['backward: a cycle', 'dense-2', 'conv2d-1', false],
    ['to itself', 'conv2d-1', 'conv2d-1', false],
    ['into an input', 'dense-2', 'input-1', false],
    ['from nobody', 'nobody', 'dense-1', false],
    ['to nobody', 'dense-1', 'nobody', false],
  ])('%s', (_, from, to, allowed) => {
    expect(canConnect(lenet, from, to)).toBe(allowed)
    expect(connect(lenet, from, to) !== lenet).toBe(allowed)
  })

  it('replaces the wire that feeds the same input', () => {
    const wires = connect(lenet, 'flatten-1', 'dense-2').wires.filter((wire) => wire.to === 'dense-2')
    expect(wires.map((wire) => wire.from)).toEqual(['flatten-1'])
  })

  it('cannot feed an input that the layer does not have', () => {
    expect(connect(lenet, 'flatten-1', 'dense-2', 1)).toBe(lenet)
  })

  it('reaches along wires only', () => {
    expect(reaches(lenet, 'input-1', 'dense-2')).toBe(true)
    expect(reaches(lenet, 'dense-2', 'input-1')).toBe(false)
  })
})

describe('removing', () => {
  it('heals the wire over one layer and over several in a row', () => {
    const short = removeNodes(lenet, ['conv2d-2', 'max-pooling-2d-2', 'flatten-1'])
    expect(chainText(short)).toBe('input-1 > conv2d-1 > max-pooling-2d-1 > dense-1 > dense-2')
    expect(short.wires).toHaveLength(4)
  })

  it('heals in whatever order they are named', () => {
    const ids = ['flatten-1', 'conv2d-2', 'max-pooling-2d-2']
    expect(chainText(removeNodes(lenet, [...ids].reverse()))).toBe(chainText(removeNodes(lenet, ids)))
  })

  it('goes on from the first input of a layer that joined several', () => {
    const residual = branches(
      ['input', {}, { mark: 'in' }],
      ['conv2d', {}, { mark: 'main' }],
      ['activation', {}, { mark: 'round', from: ['in'] }],
      ['add', {}, { from: ['main', 'round'] }],
      ['flatten'],
    )
    const wires = (network: NetworkDocument) => network.wires.map(({ from, to, input }) => `${from} > ${to} ${input}`)
    expect(wires(removeNodes(residual, ['add-1'])).sort()).toEqual([
      'conv2d-1 > flatten-1 0',
      'input-1 > activation-1 0',
      'input-1 > conv2d-1 0',
    ])
    // The way round stays at its own input when a layer on it is taken away.
    expect(wires(removeNodes(residual, ['activation-1']))).toContain('input-1 > add-1 1')
  })

  it('leaves the rest open where the input is taken away', () => {
    const rest = removeNodes(lenet, ['input-1'])
    expect(rest.wires.some((wire) => wire.to === 'conv2d-1')).toBe(false)
    expect(rest.wires).toHaveLength(6)
  })
})

describe('adding', () => {
  it('puts a layer into a wire and moves what follows out of its way', () => {
    const wire = lenet.wires.find(({ to }) => to === 'dense-1')!
    const { network, id } = addOnWire(lenet, 'dropout', wire.id)
    expect(chainText(network)).toContain('flatten-1 > dropout-1 > dense-1')
    expect(id).toBe('dropout-1')
    expect(overlaps(network)).toEqual([])
    expect(network.nodes.find((node) => node.id === 'input-1')).toBe(lenet.nodes[0])
  })

  it('puts a layer behind the chosen one, and behind the end where none is chosen', () => {
    expect(chainText(addBehind(lenet, 'dropout', 'dense-1').network)).toContain('dense-1 > dropout-1 > dense-2')
    expect(chainText(addBehind(lenet, 'activation').network)).toMatch(/dense-2 > activation-1$/)
    expect(overlaps(addBehind(lenet, 'dropout', 'input-1').network)).toEqual([])
  })

  it('begins at the origin, and puts a missing input in front of what has none', () => {
    const first = addBehind(emptyNetwork, 'conv2d')
    expect(first.network.nodes[0]?.position).toEqual({ x: 0, y: 0 })
    const both = addBehind(first.network, 'input').network
    expect(chainText(both)).toBe('input-1 > conv2d-1')
    expect(both.wires).toHaveLength(1)
    expect(overlaps(both)).toEqual([])
  })

  it('takes over all wires behind a fork', () => {
    const forked = connect(addAt(lenet, 'flatten', { x: 400, y: 0 }).network, 'conv2d-1', 'flatten-2')
    const { network } = addBehind(forked, 'dropout', 'conv2d-1')
    expect(network.wires.filter((wire) => wire.from === 'conv2d-1').map((wire) => wire.to)).toEqual(['dropout-1'])
    expect(openEnds(network)).toEqual(['dense-2', 'flatten-2'])
  })

  it('puts a kind without inputs beside a wire, not into it', () => {
    const network = insertOnWire(lenet, lenet.wires[0]!.id, newNode(lenet, 'input', { x: 0, y: 0 }))
    expect(network.wires).toBe(lenet.wires)
  })

  it('finds a free place beside what is there', () => {
    const crowded = ['a', 'b'].reduce(
      (network, _, n) => addAt(network, 'dense', { x: n * 200, y: 0 }).network,
      emptyNetwork,
    )
    const position = freePlace(crowded, { x: 10, y: 10 })
    expect(overlaps(addNode(crowded, newNode(crowded, 'dense', position)))).toEqual([])
  })

  it('keeps a kind of a newer version, with all its wires', () => {
    const strange = addNode(lenet, { ...newNode(lenet, 'hologram', { x: 0, y: 0 }), values: { depth: 3 } })
    const wired = connect(connect(strange, 'dense-1', 'hologram-1'), 'dense-2', 'hologram-1')
    expect(wired.wires.filter((wire) => wire.to === 'hologram-1').map((wire) => wire.input)).toEqual([0, 1])
  })

  it('never gives an id twice', () => expect(freeId(lenet, 'wire')).toBe('wire-8'))
})

describe('moving along the chain', () => {
  it('swaps places, wires and all, and back', () => {
    const up = moveAlong(lenet, 'max-pooling-2d-2', -1)
    expect(chainText(up)).toContain('max-pooling-2d-1 > max-pooling-2d-2 > conv2d-2 > flatten-1')
    expect(overlaps(up)).toEqual([])
    expect(moveAlong(up, 'max-pooling-2d-2', 1)).toEqual(lenet)
  })

  it.each([
    ['the layer behind an input', 'conv2d-1', -1, undefined],
    ['a layer in the middle', 'flatten-1', -1, 'max-pooling-2d-2'],
    ['a layer in the middle', 'flatten-1', 1, 'dense-1'],
    ['the last layer', 'dense-2', 1, undefined],
    ['nobody', 'nobody', 1, undefined],
  ] as const)('%s (%s, %i) can swap with %s', (_, id, direction, partner) => {
    expect(swapPartner(lenet, id, direction)).toBe(partner)
  })
})

describe('the clipboard', () => {
  it('carries layers with the wires among them, and none to others', () => {
    const text = copyText(lenet, ['conv2d-1', 'max-pooling-2d-1', 'dense-1'])!
    const pasted = paste(emptyNetwork, text)!
    expect(pasted.ids).toEqual(['conv2d-1', 'max-pooling-2d-1', 'dense-1'])
    expect(pasted.network.wires.map(({ from, to }) => `${from} ${to}`)).toEqual(['conv2d-1 max-pooling-2d-1'])
  })

  it('puts layers back where they stood, and beside it where others stand now', () => {
    const text = copyText(lenet, ['conv2d-1', 'max-pooling-2d-1'])!
    const cut = removeNodes(lenet, ['conv2d-1', 'max-pooling-2d-1'])
    expect(paste(cut, text)!.network.nodes.at(-1)!.position).toEqual(lenet.nodes[2]!.position)
    const twice = paste(paste(lenet, text)!.network, text)!.network
    expect(overlaps(twice)).toEqual([])
    expect(twice.nodes.slice(-2).map(({ position }) => position.y)).toEqual(
      lenet.nodes.slice(1, 3).map(({ position }) => position.y),
    )
  })

  it('gives copies ids of their own', () => {
    const { ids, network } = paste(lenet, copyText(lenet, ['dense-1', 'dense-2'])!)!
    expect(ids).toEqual(['dense-3', 'dense-4'])
    expect(network.nodes).toHaveLength(10)
  })

  it.each<[string, [from: string, to: string, input: number][], string[]]>([
    [
      'a circle',
      [
        ['dense-1', 'dense-2', 0],
        ['dense-2', 'dense-1', 0],
      ],
      ['dense-1 dense-2 0'],
    ],
    ['a wire to itself', [['dense-1', 'dense-1', 0]], []],
    ['an input that is not there', [['dense-1', 'dense-2', 1]], []],
    ['a wire to nowhere', [['dense-1', 'dense-9', 0]], []],
    [
      'two wires in one input',
      [
        ['dense-1', 'add-1', 1],
        ['dense-2', 'add-1', 1],
      ],
      ['dense-2 add-1 1'],
    ],
  ])('leaves out of a text with %s what may not be drawn', (_what, wires, expected) => {
    const nodes = ['dense-1', 'dense-2', 'add-1'].map((id) => ({ ...lenet.nodes[6]!, id, kind: id.slice(0, -2) }))
    const drawn = wires.map(([from, to, input], n) => ({ id: `w-${n}`, from, to, input }))
    const text = JSON.stringify({ patchwork: 'layers', version: 1, nodes, wires: drawn })
    const { network } = paste(emptyNetwork, text)!
    expect(network.wires.map(({ from, to, input }) => `${from} ${to} ${input}`)).toEqual(expected)
    expect(NetworkDocument.safeParse(network).success).toBe(true)
  })

  it('has nothing to carry where nothing is chosen', () => expect(copyText(lenet, [])).toBeUndefined())

  it.each([
    ['no JSON', 'hello'],
    ['other JSON', '{"nodes": []}'],
    ['no layers', JSON.stringify({ patchwork: 'layers', version: 1, nodes: [], wires: [] })],
    ['a newer version', copyText(lenet, ['dense-1'])!.replace('"version": 1', '"version": 2')],
    ['a node without a place', copyText(lenet, ['dense-1'])!.replace('"position"', '"place"')],
  ])('refuses %s', (_, text) => expect(paste(lenet, text)).toBeUndefined())
})

describe('the document schema', () => {
  const [node, other] = [lenet.nodes[0]!, lenet.nodes[1]!]
  it.each([
    ['every template', lenet, true],
    ['an empty network', emptyNetwork, true],
    ['an unknown kind', { nodes: [{ ...node, kind: 'hologram' }], wires: [] }, true],
    ['an id twice', { nodes: [node, node], wires: [] }, false],
    ['a wire to nowhere', { nodes: [node], wires: [{ id: 'w', from: node.id, to: 'nobody', input: 0 }] }, false],
    [
      'two wires in one input',
      {
        nodes: [node, other],
        wires: ['a', 'b'].map((id) => ({ id, from: node.id, to: other.id, input: 0 })),
      },
      false,
    ],
    ['a place that is no number', { nodes: [{ ...node, position: { x: Number.NaN, y: 0 } }], wires: [] }, false],
    ['an id with a slash', { nodes: [{ ...node, id: '../up' }], wires: [] }, false],
  ])('%s: %#', (_, network, good) => expect(NetworkDocument.safeParse(network).success).toBe(good))
})
