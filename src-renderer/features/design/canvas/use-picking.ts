import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/use-format'
import { useDocumentStore } from '@/stores/document'
import type { DesignActions, DropTarget } from '../use-design-actions'
import type { NetworkView } from '../use-network-view'
import { pickKinds, pickLayers, type Pickable } from './pick'

interface Point {
  readonly x: number
  readonly y: number
}

/** What is being picked: a new layer for a place, or one of the network to go to. */
type Picking =
  { readonly kind: 'insert'; readonly target: DropTarget; readonly at: Point | null } | { readonly kind: 'go' }

/** The room that the box needs to the right of and below where it opens. */
const boxSize = { width: 312, height: 292 } as const

/** Picking by typing on the canvas: what the box says, finds, and does with what was picked. */
export function usePicking(view: NetworkView, actions: DesignActions, goTo: (id: string) => void) {
  const { t } = useI18n()
  const format = useFormat()
  const store = useDocumentStore()
  const picking = shallowRef<Picking | null>(null)

  function find(search: string): readonly Pickable[] {
    if (picking.value?.kind === 'insert') return pickKinds(search, (key) => t(key))
    return pickLayers(search, view.layers.value.values(), ({ shape }) => (shape ? format.shape(shape) : ''))
  }

  function choose(id: string): void {
    const chosen = picking.value
    picking.value = null
    if (chosen?.kind === 'insert') actions.add(id, chosen.target)
    else store.select([id])
    const selected = store.selection.at(-1)
    if (selected !== undefined) goTo(selected)
  }

  return {
    /** The open box; null: none is. */
    box: computed(() => {
      const { value } = picking
      if (!value) return null
      const label = value.kind === 'go' ? t('canvas.pick.go') : t(`canvas.pick.${value.target.kind}`)
      return { label, at: value.kind === 'insert' ? value.at : null }
    }),
    find,
    choose,
    close: () => (picking.value = null),
    /** Picks a new layer; the box opens at a point of the canvas, as near to it as there is room. */
    add(target: DropTarget, at: Point | null, room: { readonly width: number; readonly height: number }): void {
      const fitted = at && {
        x: Math.max(8, Math.min(at.x, room.width - boxSize.width)),
        y: Math.max(8, Math.min(at.y, room.height - boxSize.height)),
      }
      picking.value = { kind: 'insert', target, at: fitted }
    },
    go: () => (picking.value = { kind: 'go' }),
  }
}
