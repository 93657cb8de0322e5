import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { paramKey } from '@shared/layers/params'
import { otherSharing } from '@shared/network/sharing'
import { useDocumentStore } from '@/stores/document'

/** The switch between weights that all places of a layer share and weights of each place's own. */
export interface SharingSwitch {
  readonly label: string
  readonly icon: string
  /** Why it cannot be used; empty: it can. */
  readonly whyNot: string
}

/** The switch of a layer; undefined for one that has no such counterpart. */
export function useSharing(id: () => string | undefined): ComputedRef<SharingSwitch | undefined> {
  const store = useDocumentStore()
  const { t } = useI18n()
  return computed(() => {
    const { node, kind } = store.facts.get(id() ?? '') ?? {}
    const other = node && kind && otherSharing(kind, node.values)
    if (!other) return undefined
    const lost = other.lost.map((name) => t(`${paramKey(`layers.${kind.kind}`, name, kind.params[name] ?? {})}.label`))
    return {
      label: t(other.shared ? 'sharing.share' : 'sharing.own'),
      icon: other.shared ? 'link' : 'unlink',
      whyNot: lost.length > 0 ? t('sharing.lost', { settings: lost.join(', ') }) : '',
    }
  })
}
