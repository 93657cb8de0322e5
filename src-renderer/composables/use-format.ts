import { useI18n } from 'vue-i18n'
import { makeFormat, type Format } from './format'

/** Numbers, sizes, times and rates in the reader's language; see `makeFormat`. */
export function useFormat(): Format {
  const { locale, t } = useI18n()
  return makeFormat(() => locale.value, {
    timeLeft: (duration) => t('ui.units.timeLeft', { duration }),
    imagesPerSecond: (rate) => t('ui.units.imagesPerSecond', { rate }),
  })
}
