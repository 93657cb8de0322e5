/** A rectangle between two corners, in pixels of a grid's content. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** How the items of a grid lie in its content: row after row, with the same gap both ways. */
export interface Cells {
  readonly count: number
  readonly columns: number
  readonly width: number
  readonly height: number
  readonly gap: number
  /** Before the first row and the first column. */
  readonly padding: number
}

/** The positions of all items that a rectangle touches, in rising order. */
export function itemsIn(box: Box, { count, columns, width, height, gap, padding }: Cells): number[] {
  const across = touched(box.left - padding, box.right - padding, width, gap, columns)
  const down = touched(box.top - padding, box.bottom - padding, height, gap, Math.ceil(count / columns))
  const found: number[] = []
  for (let row = down.first; row <= down.last; row++) {
    for (let column = across.first; column <= across.last; column++) {
      const item = row * columns + column
      if (item < count) found.push(item)
    }
  }
  return found
}

/** Which of a line of cells lie between two places; `first` is behind `last` where none does. */
function touched(from: number, to: number, size: number, gap: number, count: number) {
  // A cell n lies from n * step to n * step + size.
  const step = size + gap
  return { first: Math.max(0, Math.ceil((from - size) / step)), last: Math.min(count - 1, Math.floor(to / step)) }
}
