import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, type WritableComputedRef } from 'vue'
import { useSettingsStore } from './settings'

/** Sizes and choices of panels, remembered between sessions under a name each. */
export const useLayoutStore = defineStore('layout', () => {
  const store = useSettingsStore()
  const pending = new Map<string, number | string | boolean>()

  /** Writes what was changed, at once. */
  async function flush(): Promise<void> {
    if (pending.size === 0) return
    const layout = { ...store.settings.layout, ...Object.fromEntries(pending) }
    pending.clear()
    await store.change({ layout })
  }

  const write = useDebounceFn(flush, 400)

  function set(name: string, value: number | string | boolean): void {
    pending.set(name, value)
    store.settings = { ...store.settings, layout: { ...store.settings.layout, [name]: value } }
    void write()
  }

  /** A remembered number, as a writable ref for a splitter. */
  function number(name: string, initial: number): WritableComputedRef<number> {
    return computed({
      get: () => {
        const value = store.settings.layout[name]
        return typeof value === 'number' ? value : initial
      },
      set: (value) => set(name, value),
    })
  }

  /** A remembered yes or no. */
  function flag(name: string, initial: boolean): WritableComputedRef<boolean> {
    return computed({
      get: () => {
        const value = store.settings.layout[name]
        return typeof value === 'boolean' ? value : initial
      },
      set: (value) => set(name, value),
    })
  }

  /** A remembered word out of a list. */
  function word<const T extends string>(
    name: string,
    words: readonly T[],
    initial: NoInfer<T>,
  ): WritableComputedRef<T> {
    return computed({
      get: () => words.find((one) => one === store.settings.layout[name]) ?? initial,
      set: (value) => set(name, value),
    })
  }

  return { number, flag, word, flush }
})
