import type { Part } from '@shared/data/dataset'
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useDatasetStore } from './dataset'

/** One sample as it lies in the source. */
export interface SelectedSample {
  readonly part: Part
  /** Position within the part. */
  readonly index: number
  readonly label: number
  readonly shape: readonly number[]
  readonly pixels: Uint8Array
}

/** Which samples of the open data set are on screen: the part, the class (null: all), and the one that is selected. */
export const useSampleViewStore = defineStore('sample-view', () => {
  const part = shallowRef<Part>('train')
  const classIndex = shallowRef<number | null>(null)
  /** Position of the keyboard among the samples that the filter leaves. */
  const active = shallowRef<number | null>(null)
  const selected = shallowRef<SelectedSample | null>(null)

  function unselect(): void {
    active.value = null
    selected.value = null
  }

  function showPart(next: Part): void {
    if (next === part.value) return
    part.value = next
    unselect()
  }

  /** Shows one class alone, or all of them with null. */
  function showClass(next: number | null): void {
    if (next === classIndex.value) return
    classIndex.value = next
    unselect()
  }

  function select(position: number, sample: SelectedSample | null): void {
    active.value = position
    selected.value = sample
  }

  watch(
    () => useDatasetStore().summary,
    () => {
      part.value = 'train'
      classIndex.value = null
      unselect()
    },
    { flush: 'sync' },
  )

  return { part, classIndex, active, selected, showPart, showClass, select, unselect }
})
