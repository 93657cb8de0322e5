import type { LinePoints } from './decimate'

/** A colour token's name; the charts read its value for the theme on screen. */
export type ColourToken = `--${string}`

/** One line. `points` may grow in place: tell the chart by its `revision`. */
export interface ChartSeries {
  readonly id: string
  /** Stands at the line's end. */
  readonly label: string
  readonly points: LinePoints
  readonly colour: ColourToken
  /** A bold line leads, a thin one accompanies. */
  readonly bold?: boolean
  readonly dashed?: boolean
  /** A dot on each point, for lines with few of them. */
  readonly dots?: boolean
}

/** One of the charts that stand above each other. */
export interface ChartPanel {
  readonly id: string
  readonly title: string
  /** One sentence about what is measured, on hover. */
  readonly help?: string
  readonly series: readonly ChartSeries[]
  /** How a value is written at the lines' ends. */
  readonly format: (value: number) => string
  /** How the axis is numbered; like the values unless told. */
  readonly formatTick?: (value: number) => string
  /** Bounds of the axis; from the data where not told. */
  readonly min?: number
  readonly max?: number
  readonly logarithmic?: boolean
}

/** What the charts of one stack share. */
export interface StackOptions {
  /** The range along x: the same in all charts. */
  readonly from: number
  readonly to: number
  readonly formatX: (value: number) => string
}

/** What is read off at a place along x. */
export interface Reading {
  readonly id: string
  readonly label: string
  readonly colour: ColourToken
  readonly x: number
  readonly y: number
}
