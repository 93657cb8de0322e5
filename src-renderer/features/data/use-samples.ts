import type { DatasetSummary, SampleFilter } from '@shared/data/dataset'
import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { storeToRefs } from 'pinia'
import { computed, onScopeDispose, readonly, shallowRef, watch } from 'vue'
import { useDatasetStore } from '@/stores/dataset'
import { sameFiles, useSampleViewStore } from '@/stores/sample-view'
import { shownCounts, sumOf } from './data-facts'
import { pageMeasures, SamplePages, type SamplePlace } from './sample-pages'

/** The samples that the filter leaves, read as they come on screen. */
export function useSamples() {
  const dataset = useDatasetStore()
  const view = useSampleViewStore()
  /** Grows whenever samples arrived; whoever shows samples reads it. */
  const revision = shallowRef(0)
  const error = shallowRef<ErrorReport | null>(null)
  /** Grows with each list that is another one than before and not the same after an edit. */
  const listId = shallowRef(0)
  const { count } = storeToRefs(view)
  let pages: SamplePages | undefined
  /** What was on screen before an edit stays there until it is read anew. */
  let former: SamplePages | undefined
  let wanted: readonly [number, number] = [0, 0]

  function list(summary: DatasetSummary, known: number | null): SamplePages {
    const { filter, order } = view
    const made: SamplePages = new SamplePages({
      ...pageMeasures(summary.shape),
      total: known,
      load: (offset, size, signal) => dataset.page({ filter, order }, offset, size, signal),
      changed(total) {
        if (made !== pages) return
        if (count.value !== total) count.value = total
        const [first, last] = wanted
        // Until its length was known, only the beginning of a list could be read.
        if (known === null) made.want(first, last)
        if (made.at(first) && made.at(Math.min(last, total - 1))) former = undefined
        revision.value += 1
      },
      failed: (thrown) => (error.value = toReport(thrown)),
    })
    return made
  }

  watch(
    [() => dataset.summary, () => view.filter, () => view.order],
    ([summary, filter, order], [before, filterBefore, orderBefore]) => {
      pages?.close()
      error.value = null
      const edited = summary && before && summary !== before && sameFiles(summary.source, before.source)
      const stays = edited && filter === filterBefore && order === orderBefore
      former = stays ? (pages ?? former) : undefined
      if (!stays) {
        listId.value += 1
        wanted = [0, 0]
      }
      const known = summary ? countOf(summary, filter) : 0
      count.value = known ?? (stays ? count.value : null)
      pages = summary ? list(summary, known) : undefined
      pages?.want(...wanted)
      revision.value += 1
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => pages?.close())

  function want(first: number, last: number): void {
    wanted = [first, last]
    pages?.want(first, last)
  }

  /** The sample at a position as it is now, or undefined while it is not read. */
  function current(position: number): SamplePlace | undefined {
    return revision.value >= 0 ? pages?.at(position) : undefined
  }

  /** The sample to be shown at a position: until it is read anew after an edit, as it was. */
  function at(position: number): SamplePlace | undefined {
    return revision.value >= 0 ? (pages?.at(position) ?? former?.at(position)) : undefined
  }

  function retry(): void {
    error.value = null
    pages?.retry()
  }

  /** What is on screen is being found, sorted or read. */
  const busy = computed(() => {
    const read = revision.value >= 0 && pages?.at(0) !== undefined
    return count.value === null || (count.value > 0 && !read && wanted[0] === 0 && error.value === null)
  })

  return {
    busy,
    count: computed(() => count.value),
    listId: readonly(listId),
    revision: readonly(revision),
    error: readonly(error),
    want,
    current,
    at,
    retry,
  }
}

/** How many samples a filter leaves, where the summary tells. */
function countOf(summary: DatasetSummary, { part, classes, marks, text, only }: SampleFilter): number | null {
  if (marks.length > 0 || text !== '' || only !== null) return null
  const counts = shownCounts(summary, part)
  return classes.length === 0 ? sumOf(counts) : sumOf(classes.map((one) => counts[one] ?? 0))
}

export type Samples = ReturnType<typeof useSamples>
