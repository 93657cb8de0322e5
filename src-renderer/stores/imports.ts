import type { DatasetSource } from '@shared/data/dataset'
import type { ImportProgress, ImportReport, ImportSettings } from '@shared/data/import'
import { decisionsOf, type ImportPlan } from '@shared/data/import-plan'
import type { ImportRecord } from '@shared/data/import-record'
import type { InterruptedImport } from '@shared/data/kept-data'
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
  /** What a person has to decide about before it is imported. */
  const asking = shallowRef<{ readonly order: ImportOrder; readonly plan: ImportPlan } | null>(null)
  /** Imports of the open project that can be gone on with, the newest first. */
  const interrupted = shallowRef<readonly InterruptedImport[]>([])
  /** How the open data set came in; null where no import made it. */
  const record = shallowRef<ImportRecord | null>(null)
  let current: AbortController | undefined
  let answered: ((order: ImportOrder | null) => void) | undefined
  let wanted: string | undefined

  /** Takes the place of an import that goes on, which is given up. */
  function begin(): AbortController {
    cancel()
    const controller = new AbortController()
    current = controller
    running.value = true
    progress.value = null
    failed.value = null
    return controller
  }

  function end(controller: AbortController): void {
    if (current !== controller) return
    running.value = false
    current = undefined
  }

  /**
   * Looks at what would be imported, and where there is something to decide asks for it. The order to be carried out;
   * null: it was given up.
   */
  async function decide(order: ImportOrder): Promise<ImportOrder | null> {
    const controller = begin()
    const { signal } = controller
    try {
      const plan = await planFor(order, signal)
      if (signal.aborted) return null
      if (decisionsOf(plan, order.settings).length === 0) return order
      running.value = false
      return await new Promise((resolve) => {
        answered = resolve
        signal.addEventListener('abort', () => resolve(null), { once: true })
        asking.value = { order, plan }
      })
    } catch (thrown) {
      if (signal.aborted) return null
      failed.value = order
      throw thrown
    } finally {
      if (current === controller) {
        asking.value = null
        answered = undefined
      }
      end(controller)
    }
  }

  /** Answers what is asked; null gives the import up. */
  function answer(order: ImportOrder | null): void {
    answered?.(order)
  }

  /** What an import would find, make and take on the disk. */
  function planFor({ paths, settings }: ImportOrder, signal?: AbortSignal): Promise<ImportPlan> {
    return api.planImport({ paths: [...paths], settings }, signal ? { signal } : {})
  }

  /** Makes a data set of files and returns its source; null: it was cancelled. Another import that goes on is given up. */
  async function run(next: ImportOrder): Promise<DatasetSource | null> {
    const input = { paths: [...next.paths], settings: next.settings }
    const title = next.settings.title ?? nameOf(next.paths[0] ?? '')
    return carryOut(title, next, (id, signal) => api.importFiles({ id, ...input }, { signal }))
  }

  /** Goes on with an interrupted import and returns the source of what it makes; null: it was cancelled again. */
  async function resume({ name, title }: InterruptedImport): Promise<DatasetSource | null> {
    return carryOut(title, null, (id, signal) => api.resumeImport({ id, name }, { signal }))
  }

  async function carryOut(
    title: string,
    order: ImportOrder | null,
    importing: (id: string, signal: AbortSignal) => Promise<ImportReport>,
  ): Promise<DatasetSource | null> {
    const controller = begin()
    const id = `window-${++lastId}`
    const stop = on('importProgress', (told) => {
      if (told.id === id && current === controller) progress.value = told
    })
    try {
      const { directory } = await importing(id, controller.signal)
      if (controller.signal.aborted) return null
      return { kind: 'stored', title: title || nameOf(directory), directory }
    } catch (thrown) {
      if (controller.signal.aborted) return null
      failed.value = order
      throw thrown
    } finally {
      stop()
      end(controller)
      void findInterrupted()
    }
  }

  /** Gives up what is being imported, or asked about; what is done of it can be gone on with. */
  function cancel(): void {
    current?.abort()
    current = undefined
    running.value = false
    asking.value = null
    answered = undefined
  }

  /** Sees which imports of the open project can be gone on with. */
  async function findInterrupted(): Promise<void> {
    // A project that cannot tell has none to go on with.
    interrupted.value = await api.interruptedImports({}).catch(() => [])
  }

  /** Removes what an interrupted import left. */
  async function discard({ name }: InterruptedImport): Promise<void> {
    await api.discardImport({ name }).finally(findInterrupted)
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

  return {
    running,
    progress,
    failed,
    asking,
    interrupted,
    record,
    decide,
    answer,
    planFor,
    run,
    resume,
    cancel,
    findInterrupted,
    discard,
    readFor,
  }
})

function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1)?.slice(0, 200) ?? path
}
