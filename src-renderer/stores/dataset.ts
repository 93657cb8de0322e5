import {
  everySample,
  majorityOf,
  sourceOrder,
  type DatasetSource,
  type DatasetSummary,
  type SampleFilter,
  type SampleOrder,
  type SamplePage,
} from '@shared/data/dataset'
import type { Edit } from '@shared/data/edits'
import { toBeImported, usualImport, type ImportSettings } from '@shared/data/import'
import type { InterruptedImport } from '@shared/data/kept-data'
import { AppError, toReport, type ErrorReport } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { DataFit } from '@shared/network/check'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, pathsOf } from '@/api'
import { useDocumentStore } from './document'
import { useImportsStore, type ImportOrder } from './imports'
import { useNoticesStore } from './notices'

/** A look at a set that ships with Patchwork, before it is the project's. */
export interface SampleSetPreview {
  readonly summary: DatasetSummary
  readonly page: SamplePage
}

interface Files {
  readonly paths: readonly string[]
  /** How they are imported; without them only where they are not recognized. */
  readonly settings?: ImportSettings
}

/** The project's data set: which one it is, what is known of it, and its samples page by page. */
export const useDatasetStore = defineStore('dataset', () => {
  const source = shallowRef<DatasetSource | null>(null)
  const summary = shallowRef<DatasetSummary | null>(null)
  /** What is being opened now: a source, or files of which nobody knows yet what they are. */
  const opening = shallowRef<DatasetSource | 'files' | null>(null)
  /** Why the last attempt to open something failed; what was open before it still is. */
  const error = shallowRef<ErrorReport | null>(null)
  const previews = shallowRef<ReadonlyMap<string, SampleSetPreview>>(new Map())
  let latest = 0
  const editing = new Lock()

  const loading = computed(() => opening.value !== null)

  /** What the data asks of a network; undefined without data. */
  const fit = computed<DataFit | undefined>(() =>
    summary.value ? { shape: summary.value.shape, classes: summary.value.classes.length } : undefined,
  )

  /** What takes no learning: the biggest class of the test part, and the accuracy of always guessing it. */
  const majority = computed(() => summary.value && majorityOf(summary.value))

  /**
   * Opens a source, or what files turn out to be or become; until it is open the former data stays, and a failure leaves
   * it untouched. Of two attempts at once only the later one counts. The network follows data that a person chose.
   */
  async function attempt(wanted: DatasetSource | Files | InterruptedImport, chosen = true): Promise<boolean> {
    const ticket = begin()
    opening.value = 'kind' in wanted ? wanted : 'files'
    error.value = null
    try {
      const next = 'kind' in wanted ? wanted : await sourceOf(wanted, () => ticket === latest)
      if (ticket !== latest || !next) return false
      opening.value = next
      const opened = await api.openDataset({ source: next })
      if (ticket !== latest) return false
      source.value = opened.source
      summary.value = opened
      void useImportsStore().readFor(opened.source)
      if (chosen && fit.value) useDocumentStore().followData(fit.value)
      return true
    } catch (thrown) {
      if (ticket === latest) error.value = toReport(thrown)
      return false
    } finally {
      if (ticket === latest) opening.value = null
    }
  }

  /** What files are, else what an import makes of them; null: nobody waits for it any more. */
  async function sourceOf(wanted: Files | InterruptedImport, isWanted: () => boolean): Promise<DatasetSource | null> {
    if ('begunAt' in wanted) return useImportsStore().resume(wanted)
    const { paths, settings } = wanted
    if (settings) return useImportsStore().run({ paths, settings })
    try {
      return await api.recognizeFiles({ paths: [...paths] })
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !toBeImported.has(thrown.code)) throw thrown
      const order = isWanted() ? await useImportsStore().decide({ paths, settings: usualImport }) : null
      return order && isWanted() ? useImportsStore().run(order) : null
    }
  }

  /** What was under way before counts no more. */
  function begin(): number {
    useImportsStore().cancel()
    return ++latest
  }

  function open(next: DatasetSource): Promise<boolean> {
    return attempt(next)
  }

  /**
   * Takes over what a project names, without data if it names none. A source that cannot be opened now (its files were
   * moved, say) stays named, so that the project does not forget it. Returns at once: the data is opened meanwhile.
   */
  function restore(named: DatasetSource | null): void {
    begin()
    source.value = named
    summary.value = null
    void useImportsStore().readFor(null)
    void useImportsStore().findInterrupted()
    error.value = null
    opening.value = null
    if (named) void attempt(named, false)
  }

  /** Tries once more to open the data set that the project names. */
  async function retry(): Promise<boolean> {
    return source.value ? attempt(source.value, false) : false
  }

  /** Opens the data set that files make, wherever they came from. */
  async function openPaths(paths: readonly string[]): Promise<boolean> {
    return paths.length > 0 ? attempt({ paths }) : false
  }

  /** Opens files that were dropped on the window. */
  function openFiles(files: Iterable<File>): Promise<boolean> {
    return openPaths(pathsOf(files))
  }

  /** Makes a data set of files with settings of one's own, and opens it. */
  function importFiles(order: ImportOrder): Promise<boolean> {
    return attempt(order)
  }

  /** Goes on with an interrupted import, and opens what it makes. */
  function resumeImport(interrupted: InterruptedImport): Promise<boolean> {
    return attempt(interrupted)
  }

  /** Gives up what is being opened or imported; the open data stays. */
  function cancel(): void {
    begin()
    opening.value = null
  }

  /** Lets the person choose files, or a folder of them. */
  async function chooseFiles(what: 'files' | 'folder' = 'files'): Promise<boolean> {
    const ask = what === 'files' ? api.chooseDataFiles : api.chooseDataFolder
    const paths = await useNoticesStore().attempt(() => ask({}))
    return paths ? openPaths(paths) : false
  }

  function dismissError(): void {
    error.value = null
  }

  /**
   * Edits the open data, one edit after another, and shows what it is from then on; false: other data is open by then.
   * The network follows where there are more or fewer classes. Throws the `AppError` of an edit that is refused.
   */
  function edit(change: Edit): Promise<boolean> {
    const ticket = latest
    return editing.run(async () => {
      const before = summary.value
      if (!before || ticket !== latest) return false
      const next = await api.editDataset({ source: before.source, edit: change })
      if (ticket !== latest) return false
      source.value = next.source
      summary.value = next
      if (next.classes.length !== before.classes.length && fit.value) useDocumentStore().followData(fit.value)
      return true
    })
  }

  /** The rows of all samples that a filter leaves, in their order. */
  async function rows(view: { filter: SampleFilter; order: SampleOrder }): Promise<Uint32Array> {
    const { value } = source
    if (!value || !summary.value) return new Uint32Array(0)
    return (await api.readRows({ source: value, ...view })).rows
  }

  /**
   * One page of samples of the open data set; undefined where none is open. Throws the `AppError` of a failed or
   * given-up reading: who shows the samples shows it in their place.
   */
  async function page(
    { filter, order }: { filter: SampleFilter; order: SampleOrder },
    offset: number,
    count: number,
    signal?: AbortSignal,
  ): Promise<SamplePage | undefined> {
    const { value } = source
    if (!value || !summary.value) return undefined
    return api.readSamples({ source: value, filter, order, offset, count }, signal ? { signal } : {})
  }

  /**
   * Reads the first samples of a set that ships with Patchwork, so that it can be shown before it is opened. Where it
   * cannot be read there is no preview: choosing the set will say why.
   */
  async function preview(id: string, count: number): Promise<void> {
    if (previews.value.has(id)) return
    const wanted: DatasetSource = { kind: 'sample', id }
    try {
      const opened = await api.openDataset({ source: wanted })
      const view = { filter: { ...everySample, part: 'train' as const }, order: sourceOrder }
      const first = await api.readSamples({ source: wanted, ...view, offset: 0, count })
      previews.value = new Map([...previews.value, [id, { summary: opened, page: first }]])
    } catch {
      // Nothing to show; see above.
    }
  }

  function close(): void {
    restore(null)
  }

  return {
    source,
    summary,
    opening,
    loading,
    error,
    previews,
    fit,
    majority,
    open,
    restore,
    retry,
    openPaths,
    openFiles,
    importFiles,
    resumeImport,
    cancel,
    chooseFiles,
    dismissError,
    edit,
    rows,
    page,
    preview,
    close,
  }
})
