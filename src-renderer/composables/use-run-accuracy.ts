import type { RunRecord } from '@shared/training/run'
import { useI18n } from 'vue-i18n'
import { useFormat } from './use-format'

/** Tells in words how good a judged run is, beside what takes no learning; empty for a run that was never judged. */
export function useRunAccuracy(): (run: RunRecord) => string {
  const { t } = useI18n()
  const format = useFormat()

  return ({ test, majority }) => {
    if (!test) return ''
    const accuracy = format.percent(test.accuracy)
    if (!majority) return t('look.runs.accuracy', { accuracy })
    return t('look.runs.accuracyGuessing', { accuracy, guessing: format.percent(majority.share) })
  }
}
