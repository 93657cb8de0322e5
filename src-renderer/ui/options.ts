/** A name and a value to be shown, with one sentence on what the name means. */
export interface Fact {
  readonly name: string
  readonly value: string
  readonly help?: string
}

/** One choice of a select, a segmented control or a row of tabs. */
export interface SelectOption<T extends string = string> {
  readonly value: T
  readonly label: string
  readonly icon?: string
  /** One sentence that helps to choose. */
  readonly help?: string
  readonly disabled?: boolean
}

/** One line of a menu; `separator` draws a line above it. */
export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: string
  readonly shortcut?: string
  /** Why it cannot be used now; having one disables it and is shown under the label. */
  readonly disabledReason?: string
  readonly danger?: boolean
  readonly checked?: boolean
  readonly separator?: boolean
  readonly items?: readonly MenuItem[]
}

/** One column of a table. `value` gives what is shown and sorted by, where the cell has no slot of its own. */
export interface TableColumn<Row> {
  readonly key: string
  readonly title: string
  readonly value?: (row: Row) => string | number
  readonly align?: 'start' | 'end'
  /** A CSS track size; `1fr` unless told. */
  readonly width?: string
  readonly sortable?: boolean
  /** One sentence about what the column shows, on hover. */
  readonly help?: string
}

/** One bar of a list of bars. */
export interface Bar {
  readonly id: string | number
  readonly label: string
  /** The length as a share of the full width, 0 to 1. */
  readonly share: number
  /** What is written behind the bar. */
  readonly value: string
  readonly tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger'
  /** A sign in front of the label, so that the tone is not told by colour alone. */
  readonly icon?: string
}
