import type { ComputeReport } from '@shared/training/precision'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/use-format'

/** How a run computes its steps, and why so, in a person's words. */
export function useComputeText() {
  const { t } = useI18n()
  const format = useFormat()

  function how({ path, precision }: Pick<ComputeReport, 'path' | 'precision'>): string {
    return t('train.compute.value', { path: t(`train.compute.paths.${path}`), precision })
  }

  function why({ why: code, uncompiled, trial }: ComputeReport): string {
    const times = trial.map(({ precision, milliseconds }) => {
      return t('train.compute.time', { precision, ms: format.decimal(milliseconds) })
    })
    return t(`train.compute.why.${code}`, { times: times.join(', '), layers: layers(uncompiled) })
  }

  /** Why a network will train operation by operation; empty where it will not. */
  function whyEager(uncompiled: readonly string[]): string {
    return uncompiled.length > 0 ? t('train.compute.why.layers', { layers: layers(uncompiled) }) : ''
  }

  function layers(kinds: readonly string[]): string {
    return kinds.map((kind) => t(`layers.${kind}.title`)).join(', ')
  }

  return { how, why, whyEager }
}
