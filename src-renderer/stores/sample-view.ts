import {
  everySample,
  sourceOrder,
  type DatasetSource,
  type DatasetSummary,
  type SampleFilter,
  type SampleMark,
  type SampleOrder,
} from '@shared/data/dataset'
import type { SampleName, StoredPart } from '@shared/data/stored-dataset'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useDatasetStore } from './dataset'

/** One sample as it lies in the source. */
export interface SelectedSample {
  /** Its row in the source, which stays whatever is edited. */
  readonly row: number
  readonly part: StoredPart
  readonly label: number
  readonly name: SampleName
  readonly marks: readonly SampleMark[]
  readonly shape: readonly number[]
  readonly pixels: Uint8Array
}

const firstView: SampleFilter = { ...everySample, part: 'train' }

/** Which samples of the open data set are on screen, in which order, and which of them are selected. */
export const useSampleViewStore = defineStore('sample-view', () => {
  const filter = shallowRef(firstView)
  const order = shallowRef<SampleOrder>(sourceOrder)
  /** How many samples the filter leaves; null while that is found out. */
  const count = shallowRef<number | null>(null)
  /** Position of the keyboard among the samples that the filter leaves. */
  const active = shallowRef<number | null>(null)
  /** The sample there, once it is read. */
  const selected = shallowRef<SelectedSample | null>(null)
  /** The rows of all that are selected: what an edit is done to. */
  const chosen = shallowRef<ReadonlySet<number>>(new Set())
  /** Where a range that is selected with the Shift key begins. */
  const anchor = shallowRef<number | null>(null)

  const part = computed(() => filter.value.part)
  /** The class that is shown alone; null: several or all of them. */
  const classIndex = computed(() => (filter.value.classes.length === 1 ? (filter.value.classes[0] ?? null) : null))

  function unselect(): void {
    active.value = null
    selected.value = null
    anchor.value = null
    chosen.value = new Set()
  }

  /** Lets the selection go, but not the keyboard's place: what moves up to it comes next. */
  function forget(): void {
    selected.value = null
    anchor.value = null
    chosen.value = new Set()
  }

  /** Changes what is shown; what was selected is not any more. */
  function show(change: Partial<SampleFilter>): void {
    const next = { ...filter.value, ...change }
    if (next.only === filter.value.only && textOf(next) === textOf(filter.value)) return
    filter.value = next
    if (next.only === null && order.value.by === 'given') order.value = sourceOrder
    unselect()
  }

  function showPart(next: SampleFilter['part']): void {
    show({ part: next })
  }

  /** Shows one class alone, or all of them with null. */
  function showClass(next: number | null): void {
    show({ classes: next === null ? [] : [next] })
  }

  /** Shows all samples of the part again. */
  function showAll(): void {
    show({ ...everySample, part: filter.value.part })
  }

  function sortBy(next: SampleOrder): void {
    order.value = next
    unselect()
  }

  /** Moves the keyboard to a place of the list; `sample` null while it is not read. */
  function select(position: number, sample: SelectedSample | null): void {
    active.value = position
    selected.value = sample
  }

  /** Selects the sample at another place of the list alone; whoever shows samples reads it. */
  function go(position: number): void {
    if (position === active.value) return
    forget()
    anchor.value = position
    active.value = position
  }

  watch(
    () => useDatasetStore().summary,
    (next, former) => {
      if (next && former && sameFiles(next.source, former.source)) return follow(next, former)
      filter.value = firstView
      order.value = sourceOrder
      unselect()
    },
    { flush: 'sync' },
  )

  /** After an edit the same is shown as before; classes keep their names, not their places. */
  function follow(next: DatasetSummary, former: DatasetSummary): void {
    const classes = filter.value.classes
      .map((at) => next.classes.indexOf(former.classes[at] ?? ''))
      .filter((at) => at >= 0)
    if (String(classes) !== String(filter.value.classes)) filter.value = { ...filter.value, classes }
    if (filter.value.part === 'validation' && next.validation === undefined)
      filter.value = { ...filter.value, part: 'train' }
    // What is selected may look otherwise now; whoever shows samples reads it again.
    selected.value = null
  }

  return {
    filter,
    order,
    count,
    active,
    selected,
    chosen,
    anchor,
    part,
    classIndex,
    show,
    showPart,
    showClass,
    showAll,
    sortBy,
    select,
    go,
    forget,
    unselect,
  }
})

function textOf(filter: SampleFilter): string {
  return JSON.stringify({ ...filter, only: null })
}

/** Whether two sources are the same data, whatever their edits. */
export function sameFiles(one: DatasetSource, other: DatasetSource): boolean {
  return JSON.stringify({ ...one, edits: null }) === JSON.stringify({ ...other, edits: null })
}
