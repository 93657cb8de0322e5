import type { DatasetSource } from '@shared/data/dataset'
import type { ImportProgress, ImportSettings } from '@shared/data/import'
import type { ImportRecord } from '@shared/data/import-record'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, on } from '@/api'

/** What is imported, and how. */
export interface ImportOrder {
  readonly paths: readonly string[]
  readonly settings: ImportSettings
}

let lastId = 0

/** Files on their way into the project, and how the open data set once came in. */
export const useImportsStore = defineStore('imports', () => {
  const running = shallowRef(false)
  /** How far it is; null until its files are found. */
  const progress = shallowRef<ImportProgress | null>(null)
  /** What could not be imported, so that it can be tried with other settings. */
  const failed = shallowRef<ImportOrder | null>(null)
  /** How the open data set came in; null where no import made it. */
  const record = shallowRef<ImportRecord | null>(null)
  let current: AbortController | undefined
  let wanted: string | undefined

  /** Makes a data set of files and returns its source; null: it was cancelled. Another import that goes on is given up. */
  async function run(next: ImportOrder): Promise<DatasetSource | null> {
    cancel()
    const controller = new AbortController()
    const id = `window-${++lastId}`
    current = controller
    running.value = true
    progress.value = null
    failed.value = null
    const stop = on('importProgress', (told) => {
      if (told.id === id && current === controller) progress.value = told
    })
    try {
      const input = { id, paths: [...next.paths], settings: next.settings }
      const { directory } = await api.importFiles(input, { signal: controller.signal })
      if (controller.signal.aborted) return null
      return { kind: 'stored', title: next.settings.title ?? nameOf(next.paths[0] ?? directory), directory }
    } catch (thrown) {
      if (controller.signal.aborted) return null
      failed.value = next
      throw thrown
    } finally {
      stop()
      if (current === controller) {
        running.value = false
        current = undefined
      }
    }
  }

  /** Gives up what is being imported; nothing is left of it. */
  function cancel(): void {
    current?.abort()
    current = undefined
    running.value = false
  }

  /** Reads how a data set came in. */
  async function readFor(source: DatasetSource | null): Promise<void> {
    const directory = source?.kind === 'stored' ? source.directory : undefined
    wanted = directory
    record.value = null
    if (directory === undefined) return
    try {
      const found = await api.readImport({ directory })
      if (wanted === directory) record.value = found
    } catch {
      // Without it the data is as good; there is only nothing to tell of its coming.
    }
  }

  return { running, progress, failed, record, run, cancel, readFor }
})

function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1)?.slice(0, 200) ?? path
}
