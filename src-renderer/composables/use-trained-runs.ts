import { isLive, type RunRecord } from '@shared/training/run'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRunsStore } from '@/stores/runs'
import { useFormat } from './use-format'
import { useRunAccuracy } from './use-run-accuracy'

/** One run to choose from; fits the options of a select. */
export interface RunOption {
  readonly value: string
  readonly label: string
  readonly help: string
}

export interface TrainedRuns {
  /** The run that is shown, if it has weights to look at. */
  readonly run: ComputedRef<RunRecord | undefined>
  /** Training steps behind that run's weights, counted on while it trains. */
  readonly step: ComputedRef<number>
  readonly training: ComputedRef<boolean>
  /** All runs that have weights, the newest first. */
  readonly options: ComputedRef<RunOption[]>
  /** The id of the shown run; empty where it has no weights. */
  readonly chosen: WritableComputedRef<string>
}

/** The runs whose networks can be looked at and exported, and the choice among them. */
export function useTrainedRuns(): TrainedRuns {
  const { t } = useI18n()
  const format = useFormat()
  const accuracyOf = useRunAccuracy()
  const runs = useRunsStore()

  function stepsOf(run: RunRecord): number {
    const lived = run.id === runs.live?.id ? (runs.progress?.step ?? 0) : 0
    return Math.max(run.stepsDone, lived)
  }

  function help(run: RunRecord): string {
    if (isLive(run.state)) return t('look.runs.training')
    return accuracyOf(run) || t('look.runs.steps', { n: format.integer(run.stepsDone) }, run.stepsDone)
  }

  const run = computed(() => runs.trained)
  return {
    run,
    step: computed(() => (run.value ? stepsOf(run.value) : 0)),
    training: computed(() => run.value !== undefined && isLive(run.value.state)),
    options: computed(() =>
      runs.runs
        .filter((one) => stepsOf(one) > 0)
        .map((one) => ({ value: one.id, label: t('look.runs.name', { number: one.number }), help: help(one) })),
    ),
    chosen: computed({
      get: () => run.value?.id ?? '',
      set: (id) => void runs.show(id),
    }),
  }
}
