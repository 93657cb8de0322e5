import { defineStore } from 'pinia'
import { computed, shallowRef, type WritableComputedRef } from 'vue'

export type DialogName = 'palette' | 'settings' | 'about' | 'newProject' | 'renameProject' | 'gallery' | 'readNetwork'

/**
 * Which dialog is open: one at most. The frame shows them all but the gallery and networks from code, which the Design
 * workspace shows.
 */
export const useDialogsStore = defineStore('dialogs', () => {
  const open = shallowRef<DialogName | null>(null)

  function show(name: DialogName): void {
    open.value = name
  }

  /** Whether a dialog is open, to be bound to it. */
  function isOpen(name: DialogName): WritableComputedRef<boolean> {
    return computed({
      get: () => open.value === name,
      set: (shown) => {
        if (shown) open.value = name
        else if (open.value === name) open.value = null
      },
    })
  }

  return { open, show, isOpen }
})
