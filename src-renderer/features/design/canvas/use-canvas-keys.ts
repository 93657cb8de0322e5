import { cardIdOf } from '@shared/network/surface'
import { useDocumentStore } from '@/stores/document'
import type { DesignActions } from '../use-design-actions'
import { neighbour, type Direction } from './walk-cards'

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** Walking over the cards with the arrow keys, along the wires; with Shift the selection grows on the way. */
export function useCanvasKeys(stop: () => string | undefined, focusCard: (id: string) => void, actions: DesignActions) {
  const store = useDocumentStore()

  function go(event: KeyboardEvent, id: string | undefined): void {
    event.preventDefault()
    if (id === undefined) return
    store.select(event.shiftKey ? [...store.selection.filter((one) => one !== id), id] : [id])
    focusCard(id)
  }

  /** Opens a module and goes to its first layer. */
  function openModule(event: KeyboardEvent, id: string): void {
    event.preventDefault()
    actions.modules.open(id)
    const [first] = actions.chosenNodes.value
    const card = first === undefined ? undefined : cardIdOf(store.network, first)
    if (card === undefined) return
    store.select([card])
    focusCard(card)
  }

  return function press(event: KeyboardEvent): void {
    const id = stop()
    // Buttons and fields that lie over the canvas have keys of their own.
    if (event.target instanceof Element && event.target.closest('button, input')) return
    if (event.ctrlKey || event.metaKey || id === undefined) return
    const direction = arrows[event.key]
    if (direction && event.altKey && (direction === 'up' || direction === 'down')) {
      event.preventDefault()
      actions.moveAlong(id, direction === 'up' ? -1 : 1)
    } else if (direction) go(event, neighbour(store.surface, id, direction))
    else if (event.key === 'Enter' && store.network.modules?.some((module) => module.id === id)) openModule(event, id)
    else if (event.key === 'Enter' || event.key === ' ') go(event, id)
    else if (event.key === 'Escape') actions.clearSelection()
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      actions.removeSelected()
      const next = stop()
      if (next !== undefined) focusCard(next)
    }
  }
}
