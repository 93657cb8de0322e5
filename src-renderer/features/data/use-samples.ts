import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { computed, onScopeDispose, readonly, shallowRef, watch } from 'vue'
import { useDatasetStore } from '@/stores/dataset'
import { useSampleViewStore } from '@/stores/sample-view'
import { sumOf } from './data-facts'
import { pageMeasures, SamplePages, type SamplePlace } from './sample-pages'

/** The samples that part and class filter leave, read as they come on screen. */
export function useSamples() {
  const dataset = useDatasetStore()
  const view = useSampleViewStore()
  /** Grows whenever samples arrived; whoever shows samples reads it. */
  const revision = shallowRef(0)
  const error = shallowRef<ErrorReport | null>(null)
  let pages: SamplePages | undefined

  const count = computed(() => {
    const counts = dataset.summary?.counts[view.part] ?? []
    return view.classIndex === null ? sumOf(counts) : (counts[view.classIndex] ?? 0)
  })

  watch(
    [() => dataset.summary, () => view.part, () => view.classIndex],
    ([summary, part, classIndex]) => {
      pages?.close()
      error.value = null
      pages = summary
        ? new SamplePages({
            ...pageMeasures(summary.shape),
            total: count.value,
            load: (offset, size, signal) => dataset.page(part, classIndex, offset, size, signal),
            changed: () => (revision.value += 1),
            failed: (thrown) => (error.value = toReport(thrown)),
          })
        : undefined
      revision.value += 1
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => pages?.close())

  function want(first: number, last: number): void {
    pages?.want(first, last)
  }

  /** The sample at a position of the list, or undefined while it is not read. */
  function at(position: number): SamplePlace | undefined {
    return revision.value >= 0 ? pages?.at(position) : undefined
  }

  function retry(): void {
    error.value = null
    pages?.retry()
  }

  return { count, revision: readonly(revision), error: readonly(error), want, at, retry }
}

export type Samples = ReturnType<typeof useSamples>
