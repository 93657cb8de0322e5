import { useEventListener } from '@vueuse/core'
import { readonly, shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue'

/**
 * Takes files that are dropped anywhere on the window while the component lives and `enabled` holds. The result tells
 * whether files hang over the window now, so that it can be shown. A place inside the window that takes the drop itself
 * (and stops it) goes first.
 */
export function useWindowDrop(
  take: (files: File[]) => void,
  enabled: MaybeRefOrGetter<boolean> = true,
): Readonly<ShallowRef<boolean>> {
  const dragging = shallowRef(false)

  function carriesFiles(event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } {
    return toValue(enabled) && event.dataTransfer !== null && [...event.dataTransfer.types].includes('Files')
  }

  function hover(event: DragEvent): void {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    dragging.value = true
  }

  useEventListener(window, 'dragenter', hover)
  useEventListener(window, 'dragover', hover)
  useEventListener(window, 'dragleave', (event: DragEvent) => {
    // Leaving for another element of the window names that element; leaving the window names none.
    if (event.relatedTarget === null) dragging.value = false
  })
  // Heard on the way down, since whoever takes the drop may stop it on the way up.
  useEventListener(window, 'drop', () => (dragging.value = false), { capture: true })
  useEventListener(window, 'drop', (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    const files = [...event.dataTransfer.files]
    if (files.length > 0) take(files)
  })

  return readonly(dragging)
}
