import type { NodeChange } from '@vue-flow/core'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { computed } from 'vue'
import { moveNodes, setValue } from '@shared/network/edit'
import { plainLenet } from '@shared/testing/plain-lenet'
import { walk } from '@shared/network/walk'
import { useDocumentStore } from '@/stores/document'
import { moduleViews } from '../module-view'
import { layerViews } from '../network-view'
import type { NetworkView } from '../use-network-view'
import {
  droppedAt,
  nextSelection,
  outputPortId,
  ownChanges,
  portId,
  portInput,
  toEdges,
  toNodes,
  useCanvasSync,
} from './use-canvas-sync'

const network = plainLenet()
const views = (of = network) => layerViews(of, walk(of), [], (key) => key)
const select = (id: string, selected: boolean): NodeChange => ({ type: 'select', id, selected })

describe('from the document to the canvas', () => {
  it('makes a node of each layer, with what its card shows', () => {
    const nodes = toNodes(network, views(), new Set(['conv2d-1']), 'conv2d-1', ({ name }) => `read ${name}`)
    expect(nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'input-1 source',
      ...network.nodes.slice(1).map(({ id }) => `${id} layer`),
    ])
    const conv = nodes[1]!
    expect(conv).toMatchObject({ selected: true, position: network.nodes[1]!.position })
    expect(conv.data).toMatchObject({ summary: '5×5 · 20', shape: [24, 24, 20], parameters: 520, ports: 1 })
  })

  it('gives the Tab key one card only, and each card a name and a state to be read', () => {
    const nodes = toNodes(network, views(), new Set(['dense-1']), 'dense-1', ({ id }) => `read ${id}`)
    expect(nodes.filter((node) => node.domAttributes?.tabindex === 0).map(({ id }) => id)).toEqual(['dense-1'])
    expect(nodes[6]!.domAttributes).toMatchObject({
      role: 'button',
      'aria-label': 'read dense-1',
      'aria-pressed': true,
    })
    expect(nodes[5]!.domAttributes).toMatchObject({ 'aria-pressed': false })
  })

  it('hands Vue Flow places of its own to move about, never the document’s', () => {
    const [node] = toNodes(network, views(), new Set(), undefined, () => '')
    expect(node!.position).not.toBe(network.nodes[0]!.position)
  })

  it('makes an edge of each wire, with the shape that flows through it', () => {
    const edges = toEdges(network, views(), new Set(['wire-2']))
    expect(edges).toHaveLength(network.wires.length)
    expect(edges[1]).toMatchObject({
      source: 'conv2d-1',
      target: 'max-pooling-2d-1',
      targetHandle: 'in-0',
      selected: true,
    })
    expect(edges[1]!.data).toEqual({ shape: [24, 24, 20], alone: true })
    expect(edges[0]!.data).toEqual({ shape: [28, 28, 1], alone: false })
  })

  it('says that a shape is not known behind a fault', () => {
    const broken = setValue(network, 'conv2d-1', 'kernel', [40, 40])
    expect(toEdges(broken, views(broken), new Set())[1]!.data!.shape).toBeNull()
  })
})

describe('from the canvas to the document', () => {
  it.each<[string, string[], NodeChange[], string[]]>([
    ['adds', ['a'], [select('b', true)], ['a', 'b']],
    ['takes away', ['a', 'b'], [select('a', false)], ['b']],
    ['exchanges', ['a'], [select('a', false), select('b', true)], ['b']],
  ])('%s what is selected', (_, before, changes, after) => expect(nextSelection(before, changes)).toEqual(after))

  it('leaves the selection as it is when nothing changes it', () => {
    const before = ['a']
    expect(nextSelection(before, [select('a', true)])).toBe(before)
    expect(nextSelection(before, [{ type: 'remove', id: 'a' } as NodeChange])).toBe(before)
  })

  it('leaves Vue Flow sizes and drags, and no say in what exists', () => {
    const changes = [
      { type: 'dimensions', id: 'a' },
      { type: 'position', id: 'a' },
      { type: 'remove', id: 'a' },
      { type: 'select', id: 'a', selected: true },
    ] as NodeChange[]
    expect(ownChanges(changes).map(({ type }) => type)).toEqual(['dimensions', 'position'])
  })

  it('sets dropped cards on whole units', () => {
    expect(droppedAt([{ id: 'a', position: { x: 1.4, y: -0.6 } }])).toEqual(new Map([['a', { x: 1, y: -1 }]]))
  })

  it.each([
    [portId(3), 3],
    [outputPortId(2), 2],
    [outputPortId(undefined), 0],
    [null, 0],
    ['out', 0],
    ['in-x', 0],
    ['in--1', 0],
  ])('reads the input from the port %s', (handle, input) => expect(portInput(handle)).toBe(input))
})

describe('in step', () => {
  beforeEach(() => setActivePinia(createPinia()))

  function inStep() {
    const store = useDocumentStore()
    store.reset(network)
    const layers = computed(() => layerViews(store.network, store.facts, [], (key) => key))
    const modules = computed(() => moduleViews(store.network, store.facts, layers.value, (key) => key))
    const view: NetworkView = {
      layers,
      modules,
      card: (id) => layers.value.get(id) ?? modules.value.get(id),
      problems: computed(() => []),
      spoken: ({ name }) => name,
      translate: (key) => key,
    }
    return { store, sync: useCanvasSync(view) }
  }

  it('follows edits and undo', () => {
    const { store, sync } = inStep()
    store.apply('design.history.move', (before) => moveNodes(before, new Map([['dense-2', { x: 300, y: 8 }]])))
    expect(sync.nodes.value.at(-1)?.position).toEqual({ x: 300, y: 8 })
    store.undo()
    expect(sync.nodes.value.at(-1)?.position).toEqual(network.nodes.at(-1)?.position)
  })

  it('makes the canvas’s selection the document’s, and changes nothing else', () => {
    const { store, sync } = inStep()
    const own = sync.onNodesChange([select('dense-1', true), { type: 'remove', id: 'dense-1' } as NodeChange])
    expect(own).toEqual([])
    expect(store.selection).toEqual(['dense-1'])
    expect(store.network).toBe(network)
    expect(sync.nodes.value.filter((node) => 'selected' in node && node.selected === true)).toHaveLength(1)
    sync.onEdgesChange([{ type: 'select', id: 'wire-1', selected: true }])
    expect(store.selection).toEqual(['dense-1', 'wire-1'])
  })

  it('lets the Tab key reach the card selected last, else the first', () => {
    const { store, sync } = inStep()
    expect(sync.stop.value).toBe('input-1')
    store.select(['dense-1', 'flatten-1', 'wire-1'])
    expect(sync.stop.value).toBe('flatten-1')
  })
})
