import type { AugmentationKind } from '@shared/augmentation/define'
import { augmentationKinds, augmentationsFor, fits, initialStep } from '@shared/augmentation/registry'
import { usualAugmentation, usualFor } from '@shared/augmentation/usual'
import type { Value } from '@shared/network/document'
import { noAugmentation, type Augmentation, type AugmentationStep } from '@shared/training/augmentation'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useDatasetStore } from './dataset'
import { useTrainingStore } from './training'

/** One augmentation as it is listed. */
export interface ListedStep {
  readonly step: AugmentationStep
  /** Undefined where a project names one that this program does not know. */
  readonly kind: AugmentationKind | undefined
  /** Whether the next run does it. One that was switched off stays listed with its settings, until the program ends. */
  readonly on: boolean
  /** Whether it can be done to the samples of the open data. */
  readonly fits: boolean
}

/** What the next run does to its training samples; part of the training settings, and so of the project. */
export const useAugmentationStore = defineStore('augmentation', () => {
  const training = useTrainingStore()
  const switchedOff = shallowRef<readonly AugmentationStep[]>([])

  const augmentation = computed(() => training.settings.augmentation)
  const shape = computed(() => useDatasetStore().summary?.shape ?? null)
  const ofSounds = computed(() => useDatasetStore().summary?.ofSounds === true)
  /** Which ready choice there is for the open data. */
  const usual = computed(() => (shape.value ? usualFor(shape.value, ofSounds.value) : null))

  /** In the order in which they are done; unknown ones last. */
  const listed = computed<ListedStep[]>(() => {
    const { steps } = augmentation.value
    const off = switchedOff.value.filter(({ kind }) => !steps.some((step) => step.kind === kind))
    const all = [...steps.map((step) => ({ step, on: true })), ...off.map((step) => ({ step, on: false }))]
    const names = [...augmentationKinds.keys()]
    const placeOf = (name: string) => (augmentationKinds.has(name) ? names.indexOf(name) : names.length)
    return all
      .sort((one, other) => placeOf(one.step.kind) - placeOf(other.step.kind))
      .map(({ step, on }) => {
        const kind = augmentationKinds.get(step.kind)
        return { step, on, kind, fits: kind !== undefined && (shape.value === null || fits(kind, shape.value)) }
      })
  })
  /** What could be added: kinds that fit the data and are not listed yet. */
  const addable = computed(() => {
    const known = new Set(listed.value.map(({ step }) => step.kind))
    return shape.value === null ? [] : augmentationsFor(shape.value).filter(({ kind }) => !known.has(kind))
  })
  /** Those that the next run really does. */
  const active = computed(() => listed.value.filter((one) => one.on && one.fits && one.step.probability > 0))

  function change(part: Partial<Augmentation>): void {
    training.change({ augmentation: { ...augmentation.value, ...part } })
  }

  function add(name: string): void {
    const kind = augmentationKinds.get(name)
    if (!kind || augmentation.value.steps.some((step) => step.kind === name)) return
    forget(name)
    change({ steps: [...augmentation.value.steps, initialStep(kind)] })
  }

  function remove(name: string): void {
    forget(name)
    drop(name)
  }

  /** Switches one off, keeping its settings, or on again. */
  function toggle(name: string, on: boolean): void {
    const known = listed.value.find(({ step }) => step.kind === name)
    if (!known || known.on === on) return
    if (on) change({ steps: [...augmentation.value.steps, known.step] })
    else drop(name)
    forget(name)
    if (!on) switchedOff.value = [...switchedOff.value, known.step]
  }

  function setProbability(name: string, probability: number): void {
    update(name, (step) => ({ ...step, probability }))
  }

  function setValue(name: string, param: string, value: Value): void {
    update(name, (step) => ({ ...step, values: { ...step.values, [param]: value } }))
  }

  /** Back to the values that it begins with. */
  function reset(name: string): void {
    const kind = augmentationKinds.get(name)
    if (kind) update(name, () => initialStep(kind))
  }

  /** The ready choice for the open data, in place of whatever there is. */
  function useUsual(): void {
    if (!shape.value) return
    switchedOff.value = []
    training.change({ augmentation: usualAugmentation(shape.value, ofSounds.value) })
  }

  function clear(): void {
    switchedOff.value = []
    training.change({ augmentation: noAugmentation })
  }

  function update(name: string, edit: (step: AugmentationStep) => AugmentationStep): void {
    const each = (step: AugmentationStep) => (step.kind === name ? edit(step) : step)
    if (augmentation.value.steps.some((step) => step.kind === name))
      change({ steps: augmentation.value.steps.map(each) })
    else switchedOff.value = switchedOff.value.map(each)
  }

  function drop(name: string): void {
    change({ steps: augmentation.value.steps.filter((step) => step.kind !== name) })
  }

  function forget(name: string): void {
    switchedOff.value = switchedOff.value.filter((step) => step.kind !== name)
  }

  return {
    augmentation,
    shape,
    usual,
    listed,
    addable,
    active,
    change,
    add,
    remove,
    toggle,
    setProbability,
    setValue,
    reset,
    useUsual,
    clear,
  }
})
