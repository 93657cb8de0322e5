import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useSampleViewStore } from './sample-view'

/** The selected sample as it is looked at: in the inspector or large, and wishes to hear it that come from elsewhere. */
export const useSampleViewerStore = defineStore('sample-viewer', () => {
  const large = shallowRef(false)
  /** Counted up when what can be played is to begin or to stop. */
  const toggles = shallowRef(0)

  function toggle(): void {
    toggles.value += 1
  }

  /** Plays the selected sample where it is a sound, else shows it large. */
  function open(): void {
    if (view.selected?.shape.length === 2) toggle()
    else large.value = view.selected !== null
  }

  const view = useSampleViewStore()
  watch(
    () => view.active,
    (active) => {
      if (active === null) large.value = false
    },
  )

  return { large, toggles, open }
})
