import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { addNode, moveNodes, newNode, removeNodes, renameNode } from '@shared/network/edit'
import { plainLenet } from '@shared/testing/plain-lenet'
import { useDocumentStore } from './document'

const network = plainLenet()
const first = network.nodes[0]!.id

beforeEach(() => setActivePinia(createPinia()))

function opened() {
  const store = useDocumentStore()
  store.reset(network)
  return store
}

const rename = (name: string) => (before: typeof network) => renameNode(before, first, name)
const drag = (x: number) => (before: typeof network) => moveNodes(before, new Map([[first, { x, y: 0 }]]))

describe('the history', () => {
  it('goes back and forth, with the name of each step', () => {
    const store = opened()
    store.apply('one', rename('A'))
    store.apply('two', rename('B'))
    expect([store.undoLabel, store.redoLabel]).toEqual(['two', undefined])
    store.undo()
    expect(store.network.nodes[0]?.name).toBe('A')
    expect([store.undoLabel, store.redoLabel]).toEqual(['one', 'two'])
    store.undo()
    expect(store.network).toBe(network)
    store.undo()
    store.redo()
    store.redo()
    store.redo()
    expect(store.network.nodes[0]?.name).toBe('B')
  })

  it('forgets what was undone once something else is done', () => {
    const store = opened()
    store.apply('one', rename('A'))
    store.undo()
    store.apply('two', rename('B'))
    expect(store.redoLabel).toBeUndefined()
    store.undo()
    expect(store.network).toBe(network)
  })

  it('makes one step of a drag, and another of the next', () => {
    const store = opened()
    for (const x of [1, 2, 3]) store.apply('move', drag(x), 'drag')
    store.endMerge()
    for (const x of [4, 5]) store.apply('move', drag(x), 'drag')
    store.undo()
    expect(store.network.nodes[0]?.position.x).toBe(3)
    store.undo()
    expect(store.network).toBe(network)
  })

  it('keeps no step of an edit that changes nothing', () => {
    const store = opened()
    store.apply('nothing', (before) => before)
    expect(store.undoLabel).toBeUndefined()
  })

  it('begins anew with another document', () => {
    const store = opened()
    store.apply('one', rename('A'))
    store.reset(plainLenet())
    expect(store.undoLabel).toBeUndefined()
  })
})

describe('the selection', () => {
  it('loses what the document loses, and only that', () => {
    const store = opened()
    const added = newNode(network, 'dropout', { x: 0, y: 0 })
    store.apply('add', (before) => addNode(before, added))
    store.select([first, added.id])
    store.undo()
    expect(store.selection).toEqual([first])
    store.apply('delete', (before) => removeNodes(before, [first]))
    expect(store.selection).toEqual([])
  })
})
