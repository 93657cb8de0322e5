import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { framesOf } from '@shared/network/frames'
import { moduleTree } from '@shared/network/module-tree'
import { makeModule, modulePiece, openModule } from '@shared/network/modules'
import { cardHeight, cardWidth } from '@shared/network/place'
import { surfaceOf } from '@shared/network/surface'
import { ownerOf } from '@shared/network/tied'
import { walk } from '@shared/network/walk'
import { useDocumentStore } from '@/stores/document'
import { useModuleShelfStore } from '@/stores/module-shelf'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { frameNodes } from './canvas/frames'
import { moduleChange } from './canvas/module-card'
import { layerAt } from './canvas/module-ports'
import { tidyPositions } from './canvas/tidy'
import { movedFrames } from './canvas/use-canvas-drop'
import { seenOf, toEdges, toNodes } from './canvas/use-canvas-sync'
import { moduleViews } from './module-view'
import { layerViews } from './network-view'
import { itemId, moduleItem } from './palette/module-items'
import { useDesignActions } from './use-design-actions'

const plain = chain(
  ['input'],
  ['conv2d', { filters: 8, padding: 'same' }],
  ['conv2d', { filters: 8, padding: 'same' }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
)
const made = makeModule(plain, ['conv2d-2'])
const [closed, a] = [made.network, made.id!]
const open = openModule(closed, a)
const words = (key: string) => key

function viewsOf(network: typeof plain) {
  const facts = walk(network)
  const layers = layerViews(network, facts, [], words)
  const modules = moduleViews(network, facts, layers, words)
  return { layers, modules, card: (id: string) => layers.get(id) ?? modules.get(id) }
}

describe('on the canvas', () => {
  it('a closed module is a card with facts and ports, and a wire ends at each port', () => {
    const { card } = viewsOf(closed)
    const nodes = toNodes(surfaceOf(closed), { get: card }, new Set([a]), a, ({ name }) => name)
    expect(nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'input-1 source',
      'conv2d-1 layer',
      `${a} module`,
      'flatten-1 layer',
      'dense-1 layer',
    ])
    expect(nodes[2]!.data).toMatchObject({
      name: 'A',
      inShape: [28, 28, 8],
      shape: [28, 28, 8],
      parameters: 584,
      members: ['conv2d-2'],
    })
    const edges = toEdges(surfaceOf(closed), { get: card }, new Set())
    expect(
      edges.map(({ source, sourceHandle, target, targetHandle }) => [source, sourceHandle, target, targetHandle]),
    ).toEqual([
      ['input-1', 'out', 'conv2d-1', 'in-0'],
      ['conv2d-1', 'out', a, 'in-0'],
      [a, 'out-0', 'flatten-1', 'in-0'],
      ['flatten-1', 'out', 'dense-1', 'in-0'],
    ])
    expect(edges[2]!.data!.shape).toEqual([28, 28, 8])
  })

  it.each([
    ['a layer', 'conv2d-1', 'in-0', 'target', { node: 'conv2d-1', input: 0 }],
    ['what leads into a module', a, 'in-0', 'target', { node: 'conv2d-2', input: 0 }],
    ['what leads out of it', a, 'out-0', 'source', { node: 'conv2d-2', input: 0 }],
    ['a port that is not there', a, 'in-7', 'target', { node: a, input: 7 }],
  ] as const)('a port means %s', (_what, card, handle, end, layer) => {
    expect(layerAt(closed, card, handle, end)).toMatchObject(layer)
  })

  it('an open module is a frame behind its cards, there as long as one of them is', () => {
    const { modules } = viewsOf(open)
    const frames = (visible: ReadonlySet<string> | null) =>
      frameNodes(open, modules, new Set(), visible, ({ name }) => name).map(({ id, type }) => `${id} ${type}`)
    expect(frames(null)).toEqual([`frame ${a} frame`])
    expect(frames(new Set(['conv2d-2']))).toEqual([`frame ${a} frame`])
    expect(frames(new Set(['conv2d-1']))).toEqual([])
  })

  it('what is selected shows on what is seen of it', () => {
    expect([...seenOf(closed, ['conv2d-2'])]).toEqual([a])
    expect([...seenOf(open, [a])]).toEqual([a, 'conv2d-2'])
    expect([...seenOf(plain, ['conv2d-2'])]).toEqual(['conv2d-2'])
  })

  it('a frame that is dragged takes its cards along', () => {
    const frame = framesOf(open).get(a)!
    const inside = open.nodes.find(({ id }) => id === 'conv2d-2')!.position
    expect(movedFrames(open, new Map([[a, { x: frame.x + 40, y: frame.y - 8 }]]))).toEqual(
      new Map([['conv2d-2', { x: inside.x + 40, y: inside.y - 8 }]]),
    )
  })

  it.each([
    [[], undefined],
    [['added', 'added'], 'added'],
    [['added'], 'changed'],
    [['follows', 'changed'], 'changed'],
    [['follows'], 'follows'],
  ] as const)('changes %j inside make a module %s', (changes, change) => {
    const found = new Map(changes.map((one, n) => [`layer-${n}`, { change: one }]))
    expect(moduleChange(['layer-0', 'layer-1'], found)).toBe(change)
  })

  it('tidying up lays out an open module by itself, and no card outside comes into its frame', () => {
    const nested = openModule(makeModule(open, [a, 'conv2d-1']).network, 'module-2')
    const places = tidyPositions(nested)
    expect([...places.keys()].sort()).toEqual(nested.nodes.map(({ id }) => id).sort())
    const tidy = { ...nested, nodes: nested.nodes.map((node) => ({ ...node, position: places.get(node.id)! })) }
    const [outer, inner] = [framesOf(tidy).get('module-2')!, framesOf(tidy).get(a)!]
    expect(inner.x).toBeGreaterThanOrEqual(outer.x)
    expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height)
    const { members } = moduleTree(tidy)
    for (const node of tidy.nodes) {
      const { x, y } = node.position
      const inside =
        x < outer.x + outer.width &&
        outer.x < x + cardWidth &&
        y < outer.y + outer.height &&
        outer.y < y + cardHeight(node)
      expect(inside, node.id).toBe(members.get('module-2')!.includes(node.id))
    }
    for (const { from, to } of tidy.wires) expect(places.get(from)!.y).toBeLessThan(places.get(to)!.y)
  })
})

describe('what a person does', () => {
  beforeEach(() => setActivePinia(createPinia()))

  function start(network = plain) {
    const store = useDocumentStore()
    store.reset(network)
    return { store, actions: useDesignActions() }
  }

  it('makes, opens, closes, renames and dissolves a module, each one step back', () => {
    const { store, actions } = start()
    store.select(['conv2d-1', 'conv2d-2'])
    actions.modules.make()
    const [id] = store.selection
    expect(store.network.modules).toMatchObject([{ id, name: 'A' }])
    expect(actions.chosenNodes.value).toEqual(['conv2d-1', 'conv2d-2'])
    actions.modules.toggle()
    expect(store.network.modules![0]!.open).toBe(true)
    actions.modules.toggle()
    expect(actions.modules.rename(id!, 'Eye')).toBe(true)
    actions.modules.dissolve(id!)
    expect(store.network.modules).toBeUndefined()
    expect(store.selection).toEqual(['conv2d-1', 'conv2d-2'])
    const labels: (string | undefined)[] = []
    while (store.undoLabel !== undefined) {
      labels.push(store.undoLabel)
      store.undo()
    }
    expect(labels).toEqual(['dissolve', 'rename', 'close', 'open', 'make'].map((step) => `modules.history.${step}`))
    expect(store.network).toBe(plain)
  })

  it('cannot make a module of nothing, or of what leads out and back', () => {
    const { store, actions } = start()
    expect(actions.modules.refusal.value).toEqual({ code: 'nothing' })
    store.select(['conv2d-1', 'flatten-1'])
    expect(actions.modules.refusal.value).toEqual({ code: 'returns', item: 'conv2d-2' })
    actions.modules.make()
    expect(store.network).toBe(plain)
  })

  it.each([
    ['tied', 'conv2d-2'],
    ['own', 'conv2d-3'],
  ] as const)('puts a further use in, %s', (use, owner) => {
    const { store, actions } = start(closed)
    const entry = itemId({ from: 'project', name: 'A' })
    expect(actions.modules.inUse(entry)).toBe(a)
    actions.add(entry, { kind: 'wire', wire: 'wire-3' }, use)
    const [id] = store.selection
    expect(store.network.modules!.map(({ name }) => name)).toEqual(['A', 'A'])
    expect(ownerOf(store.network, 'conv2d-3')).toBe(owner)
    expect(surfaceOf(store.network).wires.map(({ from, to }) => `${from} ${to}`)).toContain(`${a} ${id}`)
    store.undo()
    expect(store.network).toBe(closed)
  })

  it('puts a recipe behind what is selected, along as many axes as come in', () => {
    const { store, actions } = start(chain(['sequence-input', { shape: [100, 1] }]))
    store.select(['sequence-input-1'])
    actions.add('recipe mlpconv')
    actions.add('recipe mlpconv')
    expect(store.network.modules!.map(({ name }) => name)).toEqual(['mlpconv', 'mlpconv 2'])
    expect(store.network.nodes.map(({ kind }) => kind).slice(1)).toEqual(Array(6).fill('conv1d'))
    expect(surfaceOf(store.network).wires).toHaveLength(2)
  })

  it('keeps a module for other projects, and takes it from there', async () => {
    const { store, actions } = start(closed)
    const bridge = installFakeBridge({
      keepModule: ({ name, piece }: { name: string; piece: unknown }) => ({ version: 1, modules: [{ name, piece }] }),
    })
    await actions.modules.keep(a)
    expect(bridge.named('keepModule')).toEqual([{ name: 'A', piece: modulePiece(closed, a) }])
    store.reset(chain(['input'], ['flatten']))
    expect(useModuleShelfStore().kept.map(({ name }) => name)).toEqual(['A'])
    expect(actions.modules.inUse('kept A')).toBeUndefined()
    actions.add('kept A', { kind: 'wire', wire: 'wire-1' })
    expect(store.network.modules).toMatchObject([{ name: 'A' }])
    expect(actions.modules.inUse('kept A')).toBe(store.selection[0])
  })

  it('duplicates and deletes a module as a whole, and selects what came of it', () => {
    const { store, actions } = start(closed)
    store.select([a])
    actions.duplicate()
    expect(store.selection).toEqual(['module-2'])
    actions.removeSelected()
    expect(store.network.modules).toHaveLength(1)
    store.select([a])
    actions.removeSelected()
    expect(store.network.modules).toBeUndefined()
    expect(store.network.wires.map(({ from, to }) => `${from} ${to}`)).toContain('conv2d-1 flatten-1')
  })
})

describe('entries of the palette', () => {
  it.each(['conv2d', 'recipe', 'kept ', 'other A', ''])('%j is no module', (entry) =>
    expect(moduleItem(entry)).toBeUndefined(),
  )

  it.each([
    { from: 'project', name: 'A' },
    { from: 'kept', name: 'my module, 2' },
    { from: 'recipe', name: 'mlpconv' },
  ] as const)('%j is named and read', (item) => expect(moduleItem(itemId(item))).toEqual(item))
})
