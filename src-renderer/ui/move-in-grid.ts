/** `alone`: in place of what was selected; `toggle`: besides it, or not any more; `range`: all from the last one on. */
export type PickHow = 'alone' | 'toggle' | 'range'

/** The measures of a grid of items that fills row after row. */
export interface GridSize {
  readonly count: number
  readonly columns: number
  /** Rows on screen: how far the page keys go. */
  readonly page: number
}

/**
 * Where a key leads from an item, or null for a key that does not move. From nowhere every moving key leads to the first
 * item, but End to the last. A step down from the last full row goes to the last item, so that no item is out of reach.
 */
export function moveInGrid(key: string, from: number | null, { count, columns, page }: GridSize): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  if (step === undefined || count === 0) return null
  if (from === null) return key === 'End' ? count - 1 : 0
  const next = from + step
  if (key === 'ArrowUp' && next < 0) return from
  if (key === 'ArrowDown' && next >= count) {
    const lastRow = Math.floor((count - 1) / columns)
    return Math.floor(from / columns) < lastRow ? count - 1 : from
  }
  return Math.min(count - 1, Math.max(0, next))
}
