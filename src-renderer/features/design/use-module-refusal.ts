import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DesignActions } from './use-design-actions'
import type { NetworkView } from './use-network-view'

/** Why what is selected cannot become a module, in a person's words; empty: it can. */
export function useModuleRefusal(view: Pick<NetworkView, 'card'>, actions: DesignActions): ComputedRef<string> {
  const { t } = useI18n()
  return computed(() => {
    const refusal = actions.modules.refusal.value
    if (!refusal) return ''
    const item = view.card(refusal.item ?? '')?.name ?? refusal.item ?? ''
    return t(`modules.cannot.${refusal.code}`, { item })
  })
}
