import type { ImportPlan } from '@shared/data/import-plan'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useImportsStore, type ImportOrder } from '@/stores/imports'
import { makeLatest } from '@/stores/latest'

/** So many milliseconds after the last change a plan is made anew. */
const patience = 400

/**
 * What an import would come to, made anew a moment after the order changes; undefined: nothing to plan now. The plan of
 * before stays until the new one is there, or until there is nothing to plan. `error` tells why nothing can be planned
 * with these settings.
 */
export function useImportPlan(order: () => ImportOrder | undefined, first: ImportPlan | null = null) {
  const imports = useImportsStore()
  const { value: plan, error, busy, load, clear } = makeLatest<ImportPlan>()
  plan.value = first
  /** The order has changed, and its plan is not begun yet. */
  const waiting = shallowRef(false)

  const make = useDebounceFn(async () => {
    waiting.value = false
    const wanted = order()
    if (wanted) await load((signal) => imports.planFor(wanted, signal))
  }, patience)

  watch(
    () => JSON.stringify(order()),
    (next) => {
      waiting.value = next !== undefined
      if (next === undefined) clear()
      else void make()
    },
    { immediate: first === null },
  )
  onScopeDispose(clear)
  return { plan, error, working: computed(() => waiting.value || busy.value) }
}
