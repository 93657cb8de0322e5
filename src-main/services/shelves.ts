import ElectronStore from 'electron-store'
import type { Shelf } from './stored'

/** A shelf in the user's data folder: `<name>.json`, written atomically. A file that is not JSON is started anew. */
export function openShelf(name: string): Shelf {
  const store = new ElectronStore<Record<string, unknown>>({ name, clearInvalidConfig: true })
  return {
    get: () => store.store,
    set(value) {
      store.store = { ...value }
    },
  }
}
