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
 * What is left of a line when no column of the screen needs more than its first, lowest, highest and last point: the
 * picture is the same, peaks included, and a hundred thousand steps become a few thousand points. Values that are no
 * numbers are left out. One point more on each side of `from`…`to` keeps the line running to the edge.
 */
export function decimate(points: LinePoints, from: number, to: number, columns: number): Point[] {
  const begin = Math.max(0, firstAtLeast(points, from) - 1)
  const end = Math.min(points.length, firstAtLeast(points, to) + 2)
  const out: Point[] = []
  const perColumn = Math.max(1, columns)
  const width = (to - from) / perColumn

  if (end - begin <= perColumn * 4 || !(width > 0)) {
    for (let index = begin; index < end; index++) push(index)
    return out
  }

  let index = begin
  while (index < end) {
    const column = Math.floor(((points.x[index] ?? 0) - from) / width)
    const first = index
    let lowest = -1
    let highest = -1
    for (; index < end && Math.floor(((points.x[index] ?? 0) - from) / width) === column; index++) {
      const y = points.y[index] ?? Number.NaN
      if (Number.isNaN(y)) continue
      if (lowest < 0 || y < (points.y[lowest] ?? 0)) lowest = index
      if (highest < 0 || y > (points.y[highest] ?? 0)) highest = index
    }
    const last = index - 1
    const kept = [...new Set([first, lowest, highest, last])].filter((at) => at >= 0).sort((a, b) => a - b)
    for (const at of kept) push(at)
  }
  return out

  function push(at: number): void {
    const y = points.y[at] ?? Number.NaN
    if (Number.isFinite(y)) out.push({ x: points.x[at] ?? 0, y })
  }
}
