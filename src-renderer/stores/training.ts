import { optimizerKinds } from '@shared/training/registry'
import { initialTraining, type TrainingSettings } from '@shared/training/settings'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** How the next run is to train; kept in the project. */
export const useTrainingStore = defineStore('training', () => {
  const settings = shallowRef<TrainingSettings>(initialTraining)

  function change(part: Partial<TrainingSettings>): void {
    settings.value = { ...settings.value, ...part }
  }

  /** Chooses an optimizer, with its own first values. */
  function chooseOptimizer(kind: string): void {
    const optimizer = optimizerKinds.get(kind)
    if (optimizer) change({ optimizer: { kind, values: { ...optimizer.complete({}) } } })
  }

  return { settings, change, chooseOptimizer }
})
