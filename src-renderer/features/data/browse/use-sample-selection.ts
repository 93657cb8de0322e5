import { marksOf } from '@shared/data/dataset'
import { storedParts } from '@shared/data/stored-dataset'
import { watch } from 'vue'
import { useDatasetStore } from '@/stores/dataset'
import { useNoticesStore } from '@/stores/notices'
import { useSampleViewStore, type SelectedSample } from '@/stores/sample-view'
import type { PickHow } from '@/ui/move-in-grid'
import type { SamplePlace } from '../sample-pages'
import type { BandNews } from '@/ui/use-rubber-band'
import { samplePixels } from '../thumbnails'
import type { Samples } from '../use-samples'

/** Which samples of a grid are selected, by click and by key. */
export function useSampleSelection({ current, count, revision }: Samples) {
  const dataset = useDatasetStore()
  const view = useSampleViewStore()
  const notices = useNoticesStore()

  const rowAt = (position: number): number | undefined => {
    const place = current(position)
    return place?.page.rows[place.offset]
  }

  const isChosen = (position: number): boolean => {
    const row = rowAt(position)
    return row !== undefined && view.chosen.has(row)
  }

  function pick(position: number, how: PickHow): void {
    const row = rowAt(position)
    if (how === 'range') {
      const from = view.anchor ?? view.active ?? position
      view.anchor = from
      void chooseRange(Math.min(from, position), Math.max(from, position))
    } else {
      view.anchor = position
      const next = new Set(how === 'toggle' ? view.chosen : [])
      if (row !== undefined && !(how === 'toggle' && next.delete(row))) next.add(row)
      view.chosen = next
    }
    show(position)
  }

  /** What was selected before the rubber band that is drawn now. */
  let beforeBand: ReadonlySet<number> | undefined

  /** Selects what a rubber band touches, while it is drawn as far as it is read. A press without one selects nothing. */
  async function band({ items, nearest, how, state }: BandNews): Promise<void> {
    const before = (beforeBand ??= view.chosen)
    if (state !== 'drawn') beforeBand = undefined
    if (state === 'cancelled') {
      view.chosen = before
      return
    }
    if (state === 'done' && nearest === null) {
      if (how === 'alone') view.unselect()
      return
    }
    const known = items.map(rowAt)
    view.chosen = banded(before, known, how)
    if (state === 'drawn' || nearest === null) return
    view.anchor = nearest
    show(nearest)
    if (!known.includes(undefined)) return
    const all = await rowsOfList()
    if (all) {
      view.chosen = banded(
        before,
        items.map((item) => all[item]),
        how,
      )
    }
  }

  /** Selects all from one place to another; where not all of them are read, the engine tells their rows. */
  async function chooseRange(first: number, last: number): Promise<void> {
    const known = Array.from({ length: last - first + 1 }, (_value, n) => rowAt(first + n))
    if (!known.includes(undefined)) {
      view.chosen = new Set(known.filter((row) => row !== undefined))
      return
    }
    const all = await rowsOfList()
    if (all) view.chosen = new Set(all.subarray(first, last + 1))
  }

  /** The rows of the whole list; undefined where they cannot be told, or another list is shown meanwhile. */
  async function rowsOfList(): Promise<Uint32Array | undefined> {
    const { filter, order } = view
    const all = await notices.attempt(() => dataset.rows({ filter, order }))
    return filter === view.filter && order === view.order ? all : undefined
  }

  /** Moves the keyboard to a place, and shows its sample at large once it is read. */
  function show(position: number): void {
    const place = current(position)
    view.select(position, place ? sampleAt(place) : null)
  }

  /** A menu is about what is selected, if it was opened on that, else about its sample alone. */
  function pickForMenu(position: number): void {
    if (!isChosen(position)) pick(position, 'alone')
  }

  watch([revision, count, () => view.active, () => view.selected], () => {
    const { active, selected } = view
    if (active === null || selected || count.value === null) return
    if (active >= count.value) {
      if (count.value > 0) view.select(count.value - 1, null)
      else return view.unselect()
    }
    const place = view.active === null ? undefined : current(view.active)
    if (!place) return
    view.selected = sampleAt(place)
    // Whoever came here without a click has this sample selected alone.
    if (view.chosen.size === 0) view.chosen = new Set([view.selected.row])
  })

  return { isChosen, pick, band, pickForMenu }
}

/** What is selected with the rows that a rubber band touches; those that are not read are left for later. */
function banded(
  before: ReadonlySet<number>,
  touched: readonly (number | undefined)[],
  how: BandNews['how'],
): ReadonlySet<number> {
  const next = new Set(how === 'alone' ? [] : before)
  for (const row of touched) {
    if (row === undefined) continue
    if (how === 'toggle' && before.has(row)) next.delete(row)
    else next.add(row)
  }
  return next
}

function sampleAt({ page, offset }: SamplePlace): SelectedSample {
  return {
    row: page.rows[offset] ?? 0,
    part: storedParts[page.parts[offset] ?? 0] ?? 'train',
    label: page.labels[offset] ?? 0,
    name: page.names[offset] ?? '',
    marks: marksOf(page.marks[offset] ?? 0),
    shape: page.shape,
    pixels: samplePixels(page, offset),
  }
}
