import type { DatasetSource, DatasetSummary, Part, SamplePage } from '@shared/data/dataset'
import { toReport, type ErrorReport } from '@shared/ipc/errors'
import type { DataFit } from '@shared/network/check'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, pathsOf } from '@/api'
import { useNoticesStore } from './notices'

/** The project's data set: which one it is, what is known of it, and its samples page by page. */
export const useDatasetStore = defineStore('dataset', () => {
  const source = shallowRef<DatasetSource | null>(null)
  const summary = shallowRef<DatasetSummary | null>(null)
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReport | null>(null)
  let latest = 0

  /** What the data asks of a network; undefined without data. */
  const fit = computed<DataFit | undefined>(() =>
    summary.value ? { shape: summary.value.shape, classes: summary.value.classes.length } : undefined,
  )

  /** Opens a source; until it is open the former one stays, and a failure leaves it untouched. */
  async function open(next: DatasetSource): Promise<boolean> {
    const ticket = ++latest
    loading.value = true
    error.value = null
    try {
      const opened = await api.openDataset({ source: next })
      if (ticket !== latest) return false
      source.value = opened.source
      summary.value = opened
      return true
    } catch (thrown) {
      if (ticket === latest) error.value = toReport(thrown)
      return false
    } finally {
      if (ticket === latest) loading.value = false
    }
  }

  /** Takes over what a project names, without data if it names none. */
  async function restore(named: DatasetSource | null): Promise<void> {
    latest += 1
    source.value = named
    summary.value = null
    error.value = null
    loading.value = false
    if (named) await open(named)
  }

  /** Opens the data set that files make, wherever they came from. */
  async function openPaths(paths: readonly string[]): Promise<boolean> {
    if (paths.length === 0) return false
    error.value = null
    try {
      return await open(await api.recognizeFiles({ paths: [...paths] }))
    } catch (thrown) {
      error.value = toReport(thrown)
      return false
    }
  }

  /** Opens files that were dropped on the window. */
  function openFiles(files: Iterable<File>): Promise<boolean> {
    return openPaths(pathsOf(files))
  }

  /** Lets the person choose files. */
  async function chooseFiles(): Promise<boolean> {
    const paths = await useNoticesStore().attempt(() => api.chooseDataFiles({}))
    return paths ? openPaths(paths) : false
  }

  /** One page of samples of the open data set; undefined where none is open. */
  async function page(
    part: Part,
    classIndex: number | null,
    offset: number,
    count: number,
  ): Promise<SamplePage | undefined> {
    const { value } = source
    if (!value || !summary.value) return undefined
    return useNoticesStore().attempt(() => api.readSamples({ source: value, part, classIndex, offset, count }))
  }

  function close(): void {
    void restore(null)
  }

  return { source, summary, loading, error, fit, open, restore, openPaths, openFiles, chooseFiles, page, close }
})
