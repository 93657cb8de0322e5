import type { ImportPlan } from '@shared/data/import-plan'
import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useImportsStore, type ImportOrder } from '@/stores/imports'

/** So many milliseconds after the last change a plan is made anew. */
const patience = 400

/**
 * What an import would come to, made anew a moment after the order changes; undefined: nothing to plan now. The plan of
 * before stays until the new one is there.
 */
export function useImportPlan(order: () => ImportOrder | undefined, first: ImportPlan | null = null) {
  const imports = useImportsStore()
  const plan = shallowRef(first)
  /** Why nothing can be planned with these settings. */
  const error = shallowRef<ErrorReport | null>(null)
  const working = shallowRef(false)
  let current: AbortController | undefined

  const make = useDebounceFn(async () => {
    const wanted = order()
    current?.abort()
    if (!wanted) {
      working.value = false
      return
    }
    const { signal } = (current = new AbortController())
    try {
      const made = await imports.planFor(wanted, signal)
      if (signal.aborted) return
      plan.value = made
      error.value = null
    } catch (thrown) {
      if (signal.aborted) return
      error.value = toReport(thrown)
    }
    working.value = false
  }, patience)

  watch(
    () => JSON.stringify(order()),
    (next) => {
      working.value = next !== undefined
      void make()
    },
    { immediate: first === null },
  )
  onScopeDispose(() => current?.abort())
  return { plan, error, working }
}
