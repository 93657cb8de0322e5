import type { Value, Values } from '@shared/network/document'
import { optimizerKinds } from '@shared/training/registry'
import { initialTraining, type TrainingSettings } from '@shared/training/settings'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

const seedLimit = 2 ** 31

/** How the next run is to train; kept in the project. */
export const useTrainingStore = defineStore('training', () => {
  const settings = shallowRef<TrainingSettings>(initialTraining)

  /** The chosen optimizer; undefined where a project names one that this program does not know. */
  const optimizer = computed(() => optimizerKinds.get(settings.value.optimizer.kind))
  /** Its values, with what is missing or wrong filled in. */
  const optimizerValues = computed<Values>(
    () => optimizer.value?.complete(settings.value.optimizer.values) ?? settings.value.optimizer.values,
  )

  function change(part: Partial<TrainingSettings>): void {
    settings.value = { ...settings.value, ...part }
  }

  /** Chooses an optimizer, with its own first values. */
  function chooseOptimizer(kind: string): void {
    if (kind === settings.value.optimizer.kind) return
    const chosen = optimizerKinds.get(kind)
    if (chosen) change({ optimizer: { kind, values: { ...chosen.complete({}) } } })
  }

  /** Sets one parameter of the chosen optimizer. */
  function setOptimizerValue(name: string, value: Value): void {
    const { kind } = settings.value.optimizer
    change({ optimizer: { kind, values: { ...optimizerValues.value, [name]: value } } })
  }

  /** Another seed by chance. */
  function rollSeed(): void {
    change({ seed: Math.floor(Math.random() * seedLimit) })
  }

  return { settings, optimizer, optimizerValues, change, chooseOptimizer, setOptimizerValue, rollSeed }
})
