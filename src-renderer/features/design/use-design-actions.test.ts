import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkDocument } from '@shared/network/document'
import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { useDocumentStore } from '@/stores/document'
import { useDesignActions } from './use-design-actions'

const network = templateNetwork('dense-only')!

function chain({ nodes, wires }: NetworkDocument): string {
  const next = (id: string): string[] => wires.filter((wire) => wire.from === id).flatMap(({ to }) => [to, ...next(to)])
  const first = nodes.find(({ id }) => wires.every((wire) => wire.to !== id))
  return first ? [first.id, ...next(first.id)].join(' > ') : ''
}

beforeEach(() => setActivePinia(createPinia()))

function start(from = network) {
  const store = useDocumentStore()
  store.reset(from)
  return { store, actions: useDesignActions() }
}

describe('adding', () => {
  it('goes behind the selected layer, selects what is new, and is one step', () => {
    const { store, actions } = start()
    store.select(['flatten-1'])
    actions.add('dropout')
    expect(chain(store.network)).toBe('input-1 > flatten-1 > dropout-1 > dense-1 > dense-2')
    expect(store.selection).toEqual(['dropout-1'])
    actions.add('dropout')
    expect(chain(store.network)).toContain('dropout-1 > dropout-2 > dense-1')
    store.undo()
    store.undo()
    expect(store.network).toBe(network)
  })

  it.each([
    ['a wire', { kind: 'wire', wire: 'wire-3' } as const, 'dense-1 > dropout-1 > dense-2'],
    ['the end', { kind: 'behind', node: null } as const, 'dense-2 > dropout-1'],
    ['a layer', { kind: 'behind', node: 'input-1' } as const, 'input-1 > dropout-1 > flatten-1'],
  ])('goes to %s when dropped there', (_, target, part) => {
    const { store, actions } = start()
    actions.add('dropout', target)
    expect(chain(store.network)).toContain(part)
  })

  it('builds a network from nothing by names of the registry alone', () => {
    const { store, actions } = start(emptyNetwork)
    for (const kind of ['input', 'flatten', 'dense']) actions.add(kind)
    expect(chain(store.network)).toBe('input-1 > flatten-1 > dense-1')
  })
})

describe('deleting', () => {
  it('heals the wire, selects the layer in front, and is one step', () => {
    const { store, actions } = start()
    store.select(['flatten-1', 'dense-1'])
    actions.removeSelected()
    expect(chain(store.network)).toBe('input-1 > dense-2')
    expect(store.selection).toEqual(['input-1'])
    store.undo()
    expect(store.network).toBe(network)
  })

  it('heals though the wires beside a layer are selected with it', () => {
    const { store, actions } = start()
    store.select(['flatten-1', 'wire-1', 'wire-2'])
    actions.removeSelected()
    expect(chain(store.network)).toBe('input-1 > dense-1 > dense-2')
  })

  it('takes a wire alone away', () => {
    const { store, actions } = start()
    store.select(['wire-2'])
    actions.removeSelected()
    expect(store.network.wires.map(({ id }) => id)).toEqual(['wire-1', 'wire-3'])
    expect(store.network.nodes).toBe(network.nodes)
  })

  it('does nothing where nothing is selected', () => {
    const { store, actions } = start()
    actions.removeSelected()
    expect(store.undoLabel).toBeUndefined()
  })
})

describe('copies', () => {
  it('stand beside the originals, selected, with the wires among them', () => {
    const { store, actions } = start()
    store.select(['dense-1', 'dense-2'])
    actions.duplicate()
    expect(store.selection).toEqual(['dense-3', 'dense-4'])
    expect(store.network.wires.at(-1)).toMatchObject({ from: 'dense-3', to: 'dense-4' })
  })

  it('come back from text, and other text changes nothing', () => {
    const { store, actions } = start()
    store.select(['dense-1'])
    const text = actions.copied()!
    expect(actions.pasteText('not layers')).toBe(false)
    expect(store.network).toBe(network)
    expect(actions.pasteText(text)).toBe(true)
    expect(store.selection).toEqual(['dense-3'])
  })
})

describe('the history', () => {
  it('takes typing in one field as one step, until the field is left', () => {
    const { store, actions } = start()
    for (const units of [1, 12, 128, 64]) actions.setValue('dense-1', 'units', units)
    actions.endTyping()
    actions.setValue('dense-1', 'units', 32)
    store.undo()
    expect(store.network.nodes[2]!.values.units).toBe(64)
    store.undo()
    expect(store.network).toBe(network)
  })

  it('brings back what a template replaced', () => {
    const { store, actions } = start()
    store.select(['dense-1'])
    actions.useTemplate(templateNetwork('lenet')!)
    expect(store.selection).toEqual([])
    store.undo()
    expect(store.network).toBe(network)
  })

  it('puts a layer that is dropped on a wire into it', () => {
    const { store, actions } = start()
    actions.add('dropout', { kind: 'place', position: { x: 500, y: 0 } })
    actions.join('wire-2', 'dropout-1')
    expect(chain(store.network)).toBe('input-1 > flatten-1 > dropout-1 > dense-1 > dense-2')
    const joined = store.network
    actions.join('wire-1', 'dense-1')
    expect(store.network).toBe(joined)
  })
})
