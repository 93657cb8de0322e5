import type { SuspiciousLabels } from '@shared/ipc/suspicious'
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { api, on } from '@/api'
import { useDatasetStore } from './dataset'
import { makeLatest } from './latest'
import { sameFiles, useSampleViewStore } from './sample-view'

/** So many are listed at most. */
const most = 5000

/** What a network makes of one label that it doubts. */
export interface Doubt {
  readonly given: number
  readonly guess: number
  readonly confidence: number
  readonly guessConfidence: number
}

let lastId = 0

/** The labels of the open data that a run's network doubts, and the search for them. */
export const useSuspiciousStore = defineStore('suspicious', () => {
  const found = makeLatest<SuspiciousLabels>()
  /** The person is asked which run is to judge. */
  const asking = shallowRef(false)
  /** The run that was asked, or is to be. */
  const runId = shallowRef<string | null>(null)
  /** How far the search is. */
  const progress = shallowRef<{ readonly done: number; readonly total: number } | null>(null)

  /** Asks the person how to search, with a run in mind or (null) with any. */
  function ask(run: string | null): void {
    if (run !== null) runId.value = run
    asking.value = true
  }

  /** Asks a run's network about all labels, of the test part too if that is wished, and shows those that it doubts. */
  async function find(run: string, test: boolean): Promise<boolean> {
    const { source } = useDatasetStore()
    if (!source) return false
    const id = `window-${++lastId}`
    runId.value = run
    progress.value = null
    const stop = on('suspiciousProgress', (told) => {
      if (told.id === id) progress.value = told
    })
    try {
      const done = await found.load((signal) => api.findSuspicious({ runId: run, id, source, test, most }, { signal }))
      if (done) show()
      return done
    } finally {
      stop()
    }
  }

  /** Shows the doubtful samples alone, the most doubtful first. */
  function show(): void {
    const rows = found.value.value?.rows
    if (!rows || rows.length === 0) return
    const view = useSampleViewStore()
    view.show({ part: 'all', classes: [], marks: [], text: '', only: Uint32Array.from(rows) })
    view.sortBy({ by: 'given', descending: false })
  }

  /** What the network makes of a sample, if it doubts its label. */
  function doubtOf(row: number): Doubt | null {
    const list = found.value.value
    const at = list?.rows.indexOf(row) ?? -1
    if (!list || at < 0) return null
    return {
      given: list.given[at] ?? 0,
      guess: list.guesses[at] ?? 0,
      confidence: list.confidence[at] ?? 0,
      guessConfidence: list.guessConfidence[at] ?? 0,
    }
  }

  function clear(): void {
    found.clear()
    runId.value = null
    progress.value = null
  }

  // Other data has other rows. Classes that were renamed or came to it have other numbers.
  watch(
    () => useDatasetStore().summary,
    (next, former) => {
      const same = next && former && sameFiles(next.source, former.source)
      if (!same || next.classes.join('\n') !== former.classes.join('\n')) clear()
    },
    { flush: 'sync' },
  )

  return {
    list: found.value,
    busy: found.busy,
    error: found.error,
    runId,
    progress,
    asking,
    ask,
    find,
    show,
    doubtOf,
    clear,
  }
})
