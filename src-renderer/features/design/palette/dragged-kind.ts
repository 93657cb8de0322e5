import { readonly, shallowRef } from 'vue'

const dragged = shallowRef<string | null>(null)

/**
 * The kind of layer that is being dragged out of the palette. A drag hides its data from those it passes over, so the
 * canvas looks here to show where a drop would go.
 */
export const draggedKind = readonly(dragged)

/** Begins a drag with a kind. */
export function dragKind(event: DragEvent, kind: string): void {
  dragged.value = kind
  event.dataTransfer?.setData('text/plain', kind)
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy'
}

/** Ends the drag, dropped or not. */
export function endDrag(): void {
  dragged.value = null
}
