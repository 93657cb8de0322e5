import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { layerNames, nameText } from '@shared/network/names'
import { useComparisonStore } from '@/stores/comparison'
import { useDocumentStore } from '@/stores/document'
import type { NameOf } from './change-facts'

/** Names a layer of the earlier or the later one of two networks that are compared. */
export function useComparedNames(): NameOf {
  const { t } = useI18n()
  const store = useDocumentStore()
  const compared = useComparisonStore()
  const before = computed(() => (compared.other ? layerNames(compared.other.network, t) : undefined))
  const after = computed(() => layerNames(store.network, t))
  return (id, side) => {
    const name = (side === 'before' ? before : after).value?.get(id)
    return name ? nameText(name) : id
  }
}
