import type { KeptData } from '@shared/data/kept-data'
import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'

/** The data sets that imports made in the open project. */
export const useKeptDataStore = defineStore('kept-data', () => {
  /** Whether they are shown. */
  const shown = shallowRef(false)
  /** The newest first; null while they are not known. */
  const sets = shallowRef<readonly KeptData[] | null>(null)
  const error = shallowRef<ErrorReport | null>(null)

  async function show(): Promise<void> {
    shown.value = true
    sets.value = null
    await read()
  }

  /** Sees what there is. */
  async function read(): Promise<void> {
    error.value = null
    try {
      sets.value = await api.listData({})
    } catch (thrown) {
      error.value = toReport(thrown)
    }
  }

  /** Moves one to the trash. */
  async function remove(name: string): Promise<void> {
    try {
      await api.deleteData({ name })
      await read()
    } catch (thrown) {
      error.value = toReport(thrown)
    }
  }

  return { shown, sets, error, show, read, remove }
})
