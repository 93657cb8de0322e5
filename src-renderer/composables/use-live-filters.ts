import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { watch } from 'vue'
import { useLookStore } from '@/stores/look'
import { useRunsStore } from '@/stores/runs'

/** Which kernel is on screen; `node` null: the first that the run has. */
export interface FilterTarget {
  readonly runId: string
  readonly node: string | null
  /** Of a layer with a kernel for each place: which one. */
  readonly at?: readonly number[] | undefined
}

/** Twice a second is as often as a person sees a filter change; more would only slow the training down. */
const period = 500

/**
 * Keeps the look store's filters at those of `target` while the component lives: read at once when the target changes,
 * and again while its run trains, at most twice a second and only while the window can be seen.
 */
export function useLiveFilters(target: () => FilterTarget | null): void {
  const look = useLookStore()
  const runs = useRunsStore()
  const visibility = useDocumentVisibility()
  let reading = false

  async function read(wanted: FilterTarget): Promise<void> {
    reading = true
    await look.readFilters(wanted.runId, wanted.node, wanted.at)
    reading = false
  }

  /** Reads again where the run has moved on since. */
  function refresh(): void {
    const wanted = target()
    if (!wanted || reading || visibility.value !== 'visible' || runs.live?.id !== wanted.runId) return
    if ((runs.progress?.step ?? 0) > (look.filters?.step ?? -1)) void read(wanted)
  }

  useIntervalFn(refresh, period)
  watch(visibility, refresh)
  watch(
    () => {
      const wanted = target()
      return wanted && ([wanted.runId, wanted.node, wanted.at?.join('×'), runs.live?.id === wanted.runId] as const)
    },
    (now, before) => {
      const wanted = target()
      if (wanted && now?.join() !== before?.join()) void read(wanted)
    },
    { immediate: true },
  )
}
