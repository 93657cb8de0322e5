/** The columns of the table of runs that may be left out, the most wanted first, and their widths in pixels. */
const optional = [
  ['test', 116],
  ['duration', 96],
  ['speed', 128],
  ['network', 92],
  ['augmentation', 148],
  ['started', 168],
] as const

/** Columns that are always there: run, state, epochs, validation, actions. */
const always = 56 + 112 + 64 + 84 + 28
const gap = 16
const padding = 24

export type OptionalColumn = (typeof optional)[number][0]

const widths = new Map<OptionalColumn, number>(optional)

/** The width of a column that may be left out, as style sheets have it. */
export function widthOf(column: OptionalColumn): string {
  return `${widths.get(column) ?? 0}px`
}

/** Which of the optional columns find room in a table of that width. */
export function columnsThatFit(width: number): ReadonlySet<OptionalColumn> {
  const fitting = new Set<OptionalColumn>()
  let used = always + 4 * gap + padding
  for (const [column, own] of optional) {
    used += own + gap
    if (used > width) break
    fitting.add(column)
  }
  return fitting
}
