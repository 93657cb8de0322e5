import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/use-format'
import { useDocumentStore } from '@/stores/document'
import type { DesignActions, DropTarget } from '../use-design-actions'
import type { NetworkView } from '../use-network-view'
import { moduleItem } from '../palette/module-items'
import { pickKinds, pickLayers, pickUses, type Pickable } from './pick'

interface Point {
  readonly x: number
  readonly y: number
}

/** What is being picked: a new layer for a place, whose weights a further use of a module has, or where to go. */
type Picking =
  | { readonly kind: 'insert'; readonly target: DropTarget; readonly at: Point | null }
  | { readonly kind: 'use'; readonly entry: string; readonly target: DropTarget | undefined; readonly at: Point | null }
  | { readonly kind: 'go' }

/** The room that the box needs to the right of and below where it opens. */
const boxSize = { width: 312, height: 292 } as const

interface Room {
  readonly width: number
  readonly height: number
}

/** A point for the box's corner from which all of it is on the canvas. */
function fitted(at: Point | null, room: Room): Point | null {
  return (
    at && {
      x: Math.max(8, Math.min(at.x, room.width - boxSize.width)),
      y: Math.max(8, Math.min(at.y, room.height - boxSize.height)),
    }
  )
}

/** Picking by typing on the canvas: what the box says, finds, and does with what was picked. */
export function usePicking(view: NetworkView, actions: DesignActions, goTo: (id: string) => void) {
  const { t } = useI18n()
  const format = useFormat()
  const store = useDocumentStore()
  const picking = shallowRef<Picking | null>(null)

  function find(search: string): readonly Pickable[] {
    if (picking.value?.kind === 'insert') return pickKinds(search, (key) => t(key))
    if (picking.value?.kind === 'use') return pickUses(search, (key) => t(key))
    const all = [...view.modules.value.values(), ...view.layers.value.values()]
    return pickLayers(search, all, ({ shape }) => (shape ? format.shape(shape) : ''))
  }

  function choose(id: string): void {
    const chosen = picking.value
    picking.value = null
    if (chosen?.kind === 'insert') actions.add(id, chosen.target)
    else if (chosen?.kind === 'use') actions.add(chosen.entry, chosen.target, id === 'tied' ? 'tied' : 'own')
    else store.select([id])
    const selected = store.selection.at(-1)
    if (selected !== undefined) goTo(selected)
  }

  return {
    /** The open box; null: none is. */
    box: computed(() => {
      const { value } = picking
      if (!value) return null
      if (value.kind === 'go') return { label: t('canvas.pick.go'), at: null }
      if (value.kind === 'insert') return { label: t(`canvas.pick.${value.target.kind}`), at: value.at }
      return { label: t('modules.ask.label', { name: moduleItem(value.entry)?.name ?? '' }), at: value.at }
    }),
    find,
    choose,
    close: () => (picking.value = null),
    /** Picks a new layer; the box opens at a point of the canvas, as near to it as there is room. */
    add(target: DropTarget, at: Point | null, room: Room): void {
      picking.value = { kind: 'insert', target, at: fitted(at, room) }
    },
    /** Adds an entry of the palette; of a module that is in use, it is asked first whose weights it has. */
    put(entry: string, target: DropTarget | undefined, at: Point | null, room: Room): void {
      if (actions.modules.inUse(entry) === undefined) actions.add(entry, target)
      else picking.value = { kind: 'use', entry, target, at: fitted(at, room) }
    },
    go: () => (picking.value = { kind: 'go' }),
  }
}
