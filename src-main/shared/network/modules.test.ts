import { describe, expect, it } from 'vitest'
import { addAt, addBehind, addOnWire, joinWire, moveAlong } from './arrange'
import { chain } from './chain'
import { NetworkDocument, emptyNetwork } from './document'
import { canConnect, connect, moveNodes, possibleEnds, removeNodes } from './edit'
import { copyText, paste } from './fragment'
import { framesOf } from './frames'
import { moduleFacts } from './module-facts'
import { counterparts, freeModuleName, usesOf } from './module-names'
import { isSound, moduleTree, modulesAround } from './module-tree'
import {
  closeModule,
  copyModule,
  dissolveModule,
  layersOf,
  makeModule,
  openModule,
  renameModule,
  sharing,
  tieModule,
  untieModule,
  whyNoModule,
} from './modules'
import { cardHeight, cardWidth } from './place'
import { portsOf, surfaceOf } from './surface'
import { ownerOf, tiesOf } from './tied'
import { topologicalOrder, totals, walk } from './walk'
import { a, first, overlaps, plain, residual, wiresText, withA } from '../testing/module-networks'

describe('making a module', () => {
  it('gives it a free name and closes it; the layers and wires stay as they are', () => {
    expect(withA.modules).toMatchObject([{ id: a, name: 'A' }])
    expect(moduleTree(withA).members.get(a)).toEqual(first)
    expect(withA.nodes.map(({ id, values }) => [id, values])).toEqual(plain.nodes.map(({ id, values }) => [id, values]))
    expect(withA.wires).toEqual(plain.wires)
    expect(NetworkDocument.safeParse(withA).success).toBe(true)
  })

  it('shows it as one card, where the layers stood, with wires to its ports', () => {
    const { nodes, wires } = surfaceOf(withA)
    expect(nodes.map(({ id }) => id)).toEqual(['input-1', a, 'conv2d-2', 'max-pooling-2d-2', 'flatten-1', 'dense-1'])
    expect(wires.slice(0, 2)).toEqual([
      { id: 'wire-1', from: 'input-1', to: a, input: 0 },
      { id: 'wire-3', from: a, to: 'conv2d-2', input: 0, output: 0 },
    ])
    expect(overlaps(withA)).toEqual([])
  })

  it.each([
    ['nothing', plain, [], { code: 'nothing' }],
    ['nobody', plain, ['nobody'], { code: 'nothing' }],
    [
      'layers with another one between them',
      plain,
      ['conv2d-1', 'conv2d-2'],
      { code: 'returns', item: 'max-pooling-2d-1' },
    ],
    ['a fork and its meeting, without one way', residual, ['input-1', 'add-1'], { code: 'returns', item: 'conv2d-1' }],
    ['one module alone', withA, [a], { code: 'already', item: a }],
    [
      'a part of an open module with a layer outside',
      openModule(withA, a),
      ['max-pooling-2d-1', 'conv2d-2'],
      { code: 'cuts', item: a },
    ],
  ])('refuses %s', (_what, network, ids, refusal) => {
    expect(whyNoModule(network, ids)).toEqual(refusal)
    expect(makeModule(network, ids)).toEqual({ network, id: undefined })
  })

  it.each([
    ['one layer', plain, ['conv2d-1'], ['conv2d-1']],
    ['the whole network', plain, plain.nodes.map(({ id }) => id), plain.nodes.map(({ id }) => id)],
    ['both ways of a fork', residual, ['conv2d-1', 'conv2d-2', 'add-1'], ['conv2d-1', 'conv2d-2', 'add-1']],
    ['layers that are not joined', residual, ['input-1', 'dense-1'].slice(1), ['dense-1']],
    ['a module and a layer', withA, [a, 'conv2d-2'], [...first, 'conv2d-2']],
  ])('takes %s', (_what, network, ids, members) => {
    const made = makeModule(network, ids)
    expect(whyNoModule(network, ids)).toBeUndefined()
    expect(moduleTree(made.network).members.get(made.id!)).toEqual(members)
    expect(isSound(made.network)).toBe(true)
  })

  it('puts a module into another where both are chosen', () => {
    const { network, id } = makeModule(withA, [a, 'conv2d-2'])
    expect(modulesAround(moduleTree(network), 'conv2d-1')).toEqual([a, id])
    expect(surfaceOf(network).nodes.map((node) => node.id)).toEqual([
      'input-1',
      id,
      'max-pooling-2d-2',
      'flatten-1',
      'dense-1',
    ])
  })

  it('names modules A to Z, then A2', () => {
    const modules = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (name) => ({ id: name, name, position: { x: 0, y: 0 } }))
    expect(freeModuleName({ nodes: [], wires: [], modules: modules.slice(0, 1) })).toBe('B')
    expect(freeModuleName({ nodes: [], wires: [], modules })).toBe('A2')
  })
})

describe('ports', () => {
  const { network, id } = makeModule(residual, ['conv2d-1', 'conv2d-2', 'add-1'])
  it('are one for each wire that comes in, and one for each layer that leads out', () => {
    expect(portsOf(network, id!)).toMatchObject({
      inputs: [
        { node: 'conv2d-1', input: 0 },
        { node: 'add-1', input: 1 },
      ],
      outputs: ['add-1'],
    })
    expect(
      surfaceOf(network)
        .wires.filter(({ to }) => to === id)
        .map(({ from, input }) => [from, input]),
    ).toEqual([
      ['input-1', 0],
      ['input-1', 1],
    ])
  })

  it('are open where an input is needed and nothing feeds it', () => {
    const cut = removeNodes(network, ['input-1'])
    expect(portsOf(cut, id!).inputs.map(({ node, input, wire }) => [node, input, wire])).toEqual([
      ['conv2d-1', 0, undefined],
      ['add-1', 1, undefined],
    ])
  })
})

describe('facts', () => {
  it('are shapes at the border, sums, and the receptive field of what comes out', () => {
    const facts = walk(withA)
    const found = moduleFacts(withA, facts, a)
    expect(found).toMatchObject({
      inputs: [[28, 28, 1]],
      outputs: [[13, 13, 8]],
      field: facts.get('max-pooling-2d-1')!.field,
    })
    expect(found.sums).toMatchObject({
      layers: 2,
      trainable: 80,
      macs: facts.get('conv2d-1')!.macs + facts.get('max-pooling-2d-1')!.macs,
    })
  })

  it('count weights that two of its layers use once', () => {
    const twice = chain(['input', { shape: [8, 8, 4] }], ['conv2d', { filters: 4 }], ['conv2d', { filters: 4 }])
    const ids = ['conv2d-1', 'conv2d-2']
    const tied = {
      ...twice,
      nodes: twice.nodes.map((node) => (node.id === 'conv2d-2' ? { ...node, weightsOf: 'conv2d-1' } : node)),
    }
    const sums = (network: NetworkDocument) => {
      const made = makeModule(network, ids)
      return moduleFacts(made.network, walk(made.network), made.id!).sums.trainable
    }
    expect([sums(twice), sums(tied)]).toEqual([296, 148])
  })
})

describe('opening and closing', () => {
  it.each([1, 2, 5])('%i times moves nothing in the end', (times) => {
    let network = withA
    for (let n = 0; n < times; n++) network = closeModule(openModule(network, a), a)
    expect(surfaceOf(network)).toEqual(surfaceOf(withA))
  })

  it('shows the layers in a frame that covers nothing else', () => {
    const open = openModule(withA, a)
    expect(surfaceOf(open)).toBe(open)
    expect(overlaps(open)).toEqual([])
    const frame = framesOf(open).get(a)!
    for (const node of open.nodes) {
      const { x, y } = node.position
      const covered =
        x < frame.x + frame.width &&
        frame.x < x + cardWidth &&
        y < frame.y + frame.height &&
        frame.y < y + cardHeight(node)
      expect(covered, node.id).toBe(first.includes(node.id))
    }
  })

  it('makes room to the sides as well', () => {
    const wide = makeModule(residual, ['conv2d-1', 'conv2d-2', 'add-1'])
    const beside = addAt(wide.network, 'dense', { x: cardWidth + 20, y: wide.network.modules![0]!.position.y })
    expect(overlaps(openModule(beside.network, wide.id!))).toEqual([])
  })

  it('of what is not there, not closed or hidden changes nothing', () => {
    const outer = makeModule(withA, [a, 'conv2d-2']).network
    for (const [network, id] of [
      [plain, 'x'],
      [outer, a],
      [openModule(withA, a), a],
    ] as const)
      expect(openModule(network, id)).toBe(network)
    for (const [network, id] of [
      [plain, 'x'],
      [withA, a],
    ] as const)
      expect(closeModule(network, id)).toBe(network)
  })

  it('a closed module moves with all that is in it', () => {
    const moved = moveNodes(withA, new Map([[a, { x: 500, y: 40 }]]))
    const from = withA.modules![0]!.position
    expect(moved.modules![0]!.position).toEqual({ x: 500, y: 40 })
    for (const [n, node] of moved.nodes.entries()) {
      const before = withA.nodes[n]!.position
      const inside = first.includes(node.id)
      expect(node.position).toEqual(inside ? { x: before.x + 500 - from.x, y: before.y + 40 - from.y } : before)
    }
  })
})

describe('layers and a module', () => {
  const open = openModule(withA, a)
  const moduleAt = (network: NetworkDocument, id: string) => network.nodes.find((node) => node.id === id)?.module

  it.each<[string, () => { network: NetworkDocument; id: string }, string | undefined]>([
    ['on a wire inside', () => addOnWire(open, 'dropout', 'wire-2'), a],
    ['on a wire that leads out', () => addOnWire(open, 'dropout', 'wire-3'), undefined],
    ['behind a layer inside', () => addBehind(open, 'dropout', 'conv2d-1'), a],
    ['behind the last layer inside', () => addBehind(open, 'dropout', 'max-pooling-2d-1'), a],
    ['behind the closed module', () => addBehind(withA, 'dropout', a), undefined],
    ['behind a hidden layer that leads to others', () => addBehind(withA, 'dropout', 'conv2d-1'), a],
    ['behind the last hidden layer', () => addBehind(withA, 'dropout', 'max-pooling-2d-1'), undefined],
    ['in front of all', () => addBehind(removeNodes(withA, ['input-1']), 'input'), undefined],
  ])('one that is added %s', (_where, add, module) => {
    const { network, id } = add()
    expect(moduleAt(network, id)).toBe(module)
    expect(isSound(network)).toBe(true)
    expect(overlaps(network)).toEqual([])
    expect(topologicalOrder(network).order).toHaveLength(network.nodes.length)
  })

  it("one that stands alone joins the wire's module", () => {
    const { network, id } = addAt(open, 'dropout', { x: 900, y: 0 })
    expect(moduleAt(joinWire(network, 'wire-2', id), id)).toBe(a)
  })

  it("that change places take each other's modules", () => {
    const moved = moveAlong(open, 'conv2d-2', -1)
    expect(moduleTree(moved).members.get(a)).toEqual(['conv2d-1', 'conv2d-2'])
    expect(isSound(moved)).toBe(true)
    expect(moveAlong(withA, 'conv2d-2', -1)).toBe(withA)
  })

  it('take the module with them when all are deleted', () => {
    expect(removeNodes(withA, first).modules).toBeUndefined()
    expect(removeNodes(withA, [first[0]!]).modules).toHaveLength(1)
    const nested = makeModule(withA, [a, 'conv2d-2']).network
    expect(removeNodes(nested, [...first, 'conv2d-2']).modules).toBeUndefined()
    expect(removeNodes(nested, first).modules).toHaveLength(1)
  })

  it('cannot be wired so that modules would stand in a circle', () => {
    const loose = addAt(open, 'conv2d', { x: 600, y: 0 })
    const out = connect(loose.network, 'conv2d-1', loose.id)
    expect(canConnect(out, loose.id, 'max-pooling-2d-1')).toBe(false)
    expect(possibleEnds(out, loose.id, 'source').has('max-pooling-2d-1')).toBe(false)
    expect(possibleEnds(out, 'max-pooling-2d-1', 'target').has(loose.id)).toBe(false)
    expect(canConnect(dissolveModule(out, a), loose.id, 'max-pooling-2d-1')).toBe(true)
  })

  it('go on without it when it is dissolved', () => {
    const gone = dissolveModule(withA, a)
    expect(gone.modules).toBeUndefined()
    expect(gone.nodes.every(({ module }) => module === undefined)).toBe(true)
    expect(gone.wires).toEqual(plain.wires)
    const nested = makeModule(withA, [a, 'conv2d-2'])
    const inner = dissolveModule(nested.network, nested.id!)
    expect(modulesAround(moduleTree(inner), 'conv2d-1')).toEqual([a])
    expect(modulesAround(moduleTree(inner), 'conv2d-2')).toEqual([])
    expect(dissolveModule(plain, 'x')).toBe(plain)
  })
})

describe('names', () => {
  const twice = copyModule(withA, a, { tied: false })
  const other = makeModule(twice.network, ['flatten-1']).network
  it.each([
    ['all uses alike', ' Eye ', ['Eye', 'Eye', 'B']],
    ['not to nothing', '  ', ['A', 'A', 'B']],
    ["not to another one's name", 'B', ['A', 'A', 'B']],
    ['at most 80 letters', 'x'.repeat(99), ['x'.repeat(80), 'x'.repeat(80), 'B']],
  ])('%s', (_what, name, names) => {
    expect(renameModule(other, a, name).modules!.map((module) => module.name)).toEqual(names)
    expect(usesOf(renameModule(other, a, name), a)).toEqual([a, twice.id])
  })
})

describe('further uses', () => {
  const hasWeights = (id: string) => id.startsWith('conv2d') || id.startsWith('dense')

  it.each([
    ['tied', true, 80],
    ['own', false, 160],
  ] as const)('%s', (way, tied, parameters) => {
    const { network, id } = copyModule(withA, a, { tied })
    expect(counterparts(network, id!, a)).toEqual(
      new Map([
        ['conv2d-3', 'conv2d-1'],
        ['max-pooling-2d-3', 'max-pooling-2d-1'],
      ]),
    )
    expect(sharing(network, id!, a, hasWeights)).toBe(way)
    const fed = connect(network, 'input-1', 'conv2d-3')
    const sums = totals(new Map([...walk(fed)].filter(([node]) => layersOf(fed, [a, id!]).includes(node))))
    expect(sums.trainable).toBe(parameters)
    expect(surfaceOf(network).nodes.map((node) => node.id)).toContain(id)
    expect(overlaps(network)).toEqual([])
  })

  it('change between the two, and tell when they are made of other layers', () => {
    const { network, id } = copyModule(withA, a, { tied: true })
    const own = untieModule(network, id!)
    expect(tiesOf(own).owners.size).toBe(0)
    expect(sharing(own, id!, a, hasWeights)).toBe('own')
    expect(sharing(tieModule(own, id!, a), id!, a, hasWeights)).toBe('tied')
    const grown = addBehind(own, 'dropout', 'conv2d-3').network
    expect(sharing(grown, id!, a, hasWeights)).toBe('differs')
    expect(tieModule(grown, id!, a)).toBe(grown)
  })

  it('keep ties that are within the module when they get weights of their own', () => {
    const twice = chain(['input', { shape: [8, 8, 4] }], ['conv2d', { filters: 4 }], ['conv2d', { filters: 4 }])
    const tied = {
      ...twice,
      nodes: twice.nodes.map((node) => (node.id === 'conv2d-2' ? { ...node, weightsOf: 'conv2d-1' } : node)),
    }
    const made = makeModule(tied, ['conv2d-1', 'conv2d-2'])
    const copy = copyModule(made.network, made.id!, { tied: true })
    const own = untieModule(copy.network, copy.id!)
    expect(ownerOf(own, 'conv2d-4')).toBe('conv2d-3')
    expect(ownerOf(own, 'conv2d-3')).toBe('conv2d-3')
  })
})

describe('the clipboard', () => {
  it('carries a closed module as a module', () => {
    const { network, modules } = paste(withA, copyText(withA, layersOf(withA, [a]))!)!
    expect(modules).toEqual(['module-2'])
    expect(usesOf(network, a)).toEqual([a, 'module-2'])
    expect(overlaps(network)).toEqual([])
  })

  it('gives a module that is something else than the one of its name another name', () => {
    const other = makeModule(chain(['input'], ['flatten']), ['flatten-1']).network
    const { network } = paste(withA, copyText(other, ['flatten-1'])!)!
    expect(network.modules!.map(({ name }) => name)).toEqual(['A', 'B'])
  })

  it('leaves the module behind where only some of its layers go', () => {
    const { network, ids } = paste(withA, copyText(withA, ['conv2d-1'])!)!
    expect(network.modules).toHaveLength(1)
    expect(network.nodes.find(({ id }) => id === ids[0])).not.toHaveProperty('module')
  })

  it.each([
    ['a module that nothing is in', { modules: [{ id: 'm', name: 'M', position: { x: 0, y: 0 } }] }],
    [
      'modules in each other',
      { modules: ['m', 'n'].map((id) => ({ id, name: id, position: { x: 0, y: 0 }, parent: id === 'm' ? 'n' : 'm' })) },
    ],
    [
      'a module that is wired in a circle',
      { modules: [{ id: 'm', name: 'M', position: { x: 0, y: 0 } }], in: ['conv2d-1', 'conv2d-2'] },
    ],
  ])('takes of %s what can be', (_what, { modules, ...more }) => {
    const inside = 'in' in more ? more.in : []
    const nodes = plain.nodes.map((node) => (inside.includes(node.id) ? { ...node, module: 'm' } : node))
    const text = JSON.stringify({ patchwork: 'layers', version: 1, nodes, wires: plain.wires, modules })
    const { network } = paste(emptyNetwork, text)!
    expect(network.modules).toBeUndefined()
    expect(network.nodes.every(({ module }) => module === undefined)).toBe(true)
    expect(wiresText(network)).toHaveLength(plain.wires.length)
  })
})
