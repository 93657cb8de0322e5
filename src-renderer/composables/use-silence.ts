import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from './use-format'
import { isPlayable, type Playable } from './use-player'

/** Why a sound cannot be heard, in words; empty: it can, or there is none. */
export function useSilence(sound: () => Playable | null): ComputedRef<string> {
  const { t } = useI18n()
  const format = useFormat()
  return computed(() => {
    const played = sound()
    if (!played || isPlayable(played)) return ''
    const { rate } = played
    return rate === null ? t('ui.viewer.rateUnknown') : t('ui.viewer.rateUnplayable', { rate: format.integer(rate) })
  })
}
