import type { Chart, Plugin } from 'chart.js'

/** A text to stand at a line's end, and that end in the canvas's pixels. */
export interface EndLabel {
  readonly label: string
  readonly value: string
  readonly colour: string
  readonly bold: boolean
  readonly x: number
  readonly y: number
}

const lineHeight = 16

/**
 * Moves labels apart until none covers another, keeping their order and as near as can be to where they belong, within
 * `top` and `bottom`.
 */
export function spread(wanted: readonly number[], top: number, bottom: number, height = lineHeight): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed = new Array<number>(wanted.length).fill(0)
  let free = top + height / 2
  for (const index of order) {
    const y = Math.max(free, wanted[index] ?? 0)
    placed[index] = y
    free = y + height
  }
  let limit = bottom - height / 2
  for (const index of [...order].reverse()) {
    const y = Math.min(limit, placed[index] ?? 0)
    placed[index] = y
    limit = y - height
  }
  return placed
}

/**
 * Groups labels that stand below each other: those of the lines that are under way, since a longer line would run
 * through the text of a shorter one, and those of the lines that reach the plot's right `edge`. Where the two would meet
 * (a label is up to `reach` wide) they are one.
 */
export function besideEachOther(labels: readonly EndLabel[], edge: number, reach = 140): EndLabel[][] {
  const underWay = labels.filter(({ x }) => x < edge)
  const longest = Math.max(...underWay.map(({ x }) => x))
  if (underWay.length === 0 || longest > edge - reach) return labels.length > 0 ? [[...labels]] : []
  const whole = labels.filter(({ x }) => x >= edge)
  return whole.length > 0 ? [underWay, whole] : [underWay]
}

/** The width that labels need, so that charts above each other can leave the same margin. */
export function labelsWidth(context: CanvasRenderingContext2D, labels: readonly EndLabel[], font: string): number {
  let width = 0
  for (const { label, value } of labels) {
    context.font = `600 12px ${font}`
    width = Math.max(width, context.measureText(`${label} ${value}`).width)
  }
  return Math.ceil(width)
}

/** Writes each line's name and last value at its end, in place of a legend. */
export function endLabels(
  labels: (chart: Chart) => readonly EndLabel[],
  style: () => { font: string; text: string; quiet: string },
): Plugin<'line'> {
  return {
    id: 'endLabels',
    afterDatasetsDraw(chart) {
      const { ctx: context, chartArea: area } = chart
      const { font, text, quiet } = style()
      context.save()
      context.textBaseline = 'middle'
      for (const group of besideEachOther(labels(chart), area.right)) {
        // One edge for a group: its lines end up to an epoch apart, and ragged labels are harder to read.
        const left = Math.max(...group.map(({ x }) => x)) + 10
        const places = spread(
          group.map((label) => label.y),
          area.top - lineHeight / 2,
          area.bottom + lineHeight / 2,
        )
        group.forEach(({ label, value, colour, bold, x, y }, index) => {
          const at = places[index] ?? y
          context.fillStyle = colour
          context.beginPath()
          context.arc(x, y, bold ? 3.5 : 2.5, 0, 2 * Math.PI)
          context.fill()
          context.fillRect(left, at - (bold ? 1.5 : 0.75), 10, bold ? 3 : 1.5)
          context.font = `${bold ? 600 : 400} 12px ${font}`
          context.fillStyle = bold ? text : quiet
          context.fillText(`${label} ${value}`, left + 16, at)
        })
      }
      context.restore()
    },
  }
}
