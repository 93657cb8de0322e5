import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
} from 'chart.js'
import { decimate, firstAtLeast } from './decimate'
import { endLabels, labelsWidth, type EndLabel } from './end-labels'
import type { ChartPanel, ChartSeries, ColourToken, Reading, StackOptions } from './types'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale)

/** The width of the axis at the left, the same in all charts of a stack so that their x axes lie under each other. */
const axisWidth = 52

/** Finer columns than a line is thick would only be more to draw. */
const pixelsPerColumn = 2

/** Reads a token's present value. */
export type ReadToken = (name: ColourToken) => string

/** One chart of a stack. It is drawn only by `draw`; nothing in it reacts by itself. */
export interface PanelChart {
  /** Draws the panel's lines as they are now. */
  draw(panel: ChartPanel, options: StackOptions): void
  /** The margin that the labels at the lines' ends need. */
  labelsWidth(): number
  /** Sets the margin right of the lines. */
  setMargin(pixels: number): void
  /** Takes the colours of the theme on screen. */
  recolour(): void
  /** A thin line at a place along x, or none. */
  mark(x: number | null): void
  /** The value along x at a place in pixels from the canvas's left edge. */
  valueAt(pixel: number): number
  destroy(): void
}

/** Makes a chart on a canvas. `last`: it stands lowest and carries the numbers of the x axis. */
export function makePanelChart(canvas: HTMLCanvasElement, token: ReadToken, last: boolean): PanelChart {
  let panel: ChartPanel = { id: '', title: '', series: [], format: String }
  let options: StackOptions = { from: 0, to: 1, formatX: String }
  let marked: number | null = null
  const chart = new Chart(canvas, configuration())

  function configuration(): ChartConfiguration<'line'> {
    return {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 8, right: 120, bottom: last ? 0 : 6, left: 0 } },
        scales: {
          x: {
            type: 'linear',
            border: { display: false },
            grid: { drawTicks: false },
            ticks: { display: last, maxRotation: 0, padding: 6, autoSkipPadding: 24, maxTicksLimit: 12 },
          },
          y: {
            type: 'linear',
            border: { display: false },
            grid: { drawTicks: false },
            ticks: { padding: 8, maxTicksLimit: 6 },
            afterFit: (scale) => (scale.width = axisWidth),
          },
        },
      },
      plugins: [
        endLabels(ends, () => ({ font: token('--font'), text: token('--text'), quiet: token('--text-2') })),
        {
          id: 'mark',
          beforeDatasetsDraw({ ctx, chartArea, scales }) {
            const at = marked === null ? undefined : scales['x']?.getPixelForValue(marked)
            if (at === undefined || at < chartArea.left || at > chartArea.right) return
            ctx.save()
            ctx.strokeStyle = token('--neutral-9')
            ctx.lineWidth = 1
            ctx.beginPath()
            ctx.moveTo(Math.round(at) + 0.5, chartArea.top)
            ctx.lineTo(Math.round(at) + 0.5, chartArea.bottom)
            ctx.stroke()
            ctx.restore()
          },
        },
      ],
    }
  }

  function ends(): EndLabel[] {
    return panel.series.flatMap((series) => {
      const reading = readAt(series, options.to)
      const x = reading && chart.scales['x']?.getPixelForValue(reading.x)
      const y = reading && chart.scales['y']?.getPixelForValue(reading.y)
      if (!reading || x === undefined || y === undefined) return []
      const { left, right, top, bottom } = chart.chartArea
      return [
        {
          label: series.label,
          value: panel.format(reading.y),
          colour: token(series.colour),
          bold: series.bold ?? false,
          x: Math.min(right, Math.max(left, x)),
          y: Math.min(bottom, Math.max(top, y)),
        },
      ]
    })
  }

  function dataset(series: ChartSeries, columns: number): ChartDataset<'line'> {
    const colour = token(series.colour)
    return {
      data: decimate(series.points, options.from, options.to, columns),
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: series.bold ? 2.5 : 1.25,
      borderDash: series.dashed ? [4, 3] : [],
      borderJoinStyle: 'bevel',
      pointRadius: series.dots ? 2.5 : 0,
      pointBorderWidth: 0,
      tension: 0,
      order: series.bold ? 0 : 1,
    }
  }

  function applyOptions(): void {
    const { x, y } = chart.options.scales ?? {}
    if (!x || !y) return
    const grid = token('--border')
    const ticks = token('--text-3')
    const font = { family: token('--font'), size: 11 }
    Object.assign(x, { min: options.from, max: options.to })
    Object.assign(x.grid ?? {}, { color: grid })
    Object.assign(x.ticks ?? {}, {
      color: ticks,
      font,
      callback: (value: number | string) => options.formatX(Number(value)),
    })
    Object.assign(y, {
      type: panel.logarithmic ? 'logarithmic' : 'linear',
      min: panel.min,
      max: panel.max,
      grace: panel.max === undefined && !panel.logarithmic ? '4%' : 0,
    })
    const tick = (value: number | string): string => (panel.formatTick ?? panel.format)(Number(value))
    Object.assign(y.grid ?? {}, { color: grid })
    Object.assign(y.ticks ?? {}, { color: ticks, font, callback: tick })
  }

  return {
    draw(nextPanel, nextOptions) {
      panel = nextPanel
      options = nextOptions
      applyOptions()
      const columns = Math.max(100, Math.round((chart.width - axisWidth) / pixelsPerColumn))
      chart.data.datasets = panel.series.map((series) => dataset(series, columns))
      chart.update('none')
    },
    labelsWidth: () => labelsWidth(chart.ctx, ends(), token('--font')) + 32,
    setMargin(pixels) {
      const padding = chart.options.layout?.padding
      if (typeof padding === 'object') Object.assign(padding, { right: pixels })
      chart.update('none')
    },
    recolour() {
      applyOptions()
      chart.data.datasets.forEach((set, index) => {
        const colour = token(panel.series[index]?.colour ?? '--text')
        Object.assign(set, { borderColor: colour, backgroundColor: colour })
      })
      chart.update('none')
    },
    mark(x) {
      if (x === marked) return
      marked = x
      chart.draw()
    },
    valueAt: (pixel) => chart.scales['x']?.getValueForPixel(pixel) ?? Number.NaN,
    destroy: () => chart.destroy(),
  }
}

/** The newest finite point of a line at or before `x`; undefined where it has none. */
export function readAt(series: ChartSeries, x: number): Reading | undefined {
  const { points } = series
  let index = firstAtLeast(points, x)
  if (index >= points.length || (points.x[index] ?? 0) > x) index--
  while (index >= 0 && !Number.isFinite(points.y[index] ?? Number.NaN)) index--
  if (index < 0) return undefined
  return { id: series.id, label: series.label, colour: series.colour, x: points.x[index] ?? 0, y: points.y[index] ?? 0 }
}
