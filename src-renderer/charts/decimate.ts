/** A line's points: positions along x in rising order, and a value for each. Only the first `length` count. */
export interface LinePoints {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly length: number
}

export interface Point {
  x: number
  y: number
}

/** The first position whose x is not below `value`. */
export function firstAtLeast({ x, length }: LinePoints, value: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((x[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * What is left of a line when every column of the screen keeps only its lowest and its highest point: the picture is
 * the same, peaks included, and a hundred thousand steps become a few thousand points. Values that are no numbers are
 * left out. One point more on each side of `from`…`to` keeps the line running to the edge.
 */
export function decimate(points: LinePoints, from: number, to: number, columns: number): Point[] {
  const { x, y } = points
  const begin = Math.max(0, firstAtLeast(points, from) - 1)
  const end = Math.min(points.length, firstAtLeast(points, to) + 2)
  const out: Point[] = []
  const width = (to - from) / Math.max(1, columns)

  if (end - begin <= columns * 2 || !(width > 0)) {
    for (let index = begin; index < end; index++) push(index)
    return out
  }

  push(begin)
  let index = begin + 1
  while (index < end - 1) {
    const edge = from + (Math.floor(((x[index] ?? 0) - from) / width) + 1) * width
    let lowest = index
    let highest = index
    for (; index < end - 1 && (x[index] ?? 0) < edge; index++) {
      const value = y[index] ?? Number.NaN
      // Written so that a place without a number gives way to any other.
      if (!(value >= (y[lowest] ?? Number.NaN))) lowest = Number.isNaN(value) ? lowest : index
      if (!(value <= (y[highest] ?? Number.NaN))) highest = Number.isNaN(value) ? highest : index
    }
    if (index === lowest && index === highest) index++
    push(Math.min(lowest, highest))
    if (lowest !== highest) push(Math.max(lowest, highest))
  }
  push(end - 1)
  return out

  function push(at: number): void {
    const value = y[at] ?? Number.NaN
    if (Number.isFinite(value)) out.push({ x: x[at] ?? 0, y: value })
  }
}
