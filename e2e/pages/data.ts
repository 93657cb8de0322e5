import type { Locator, Page } from '@playwright/test'

/** The workspace in which the pictures to learn from are opened and looked at. */
export class DataPage {
  readonly main: Locator
  readonly strip: Locator
  readonly grid: Locator
  readonly failure: Locator
  /** What tells of an interrupted import. */
  readonly interrupted: Locator
  /** How many samples the filter leaves, in words. */
  readonly count: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('main', { name: 'Data' })
    this.strip = page.getByRole('region', { name: 'About this data set' })
    this.grid = page.getByRole('listbox', { name: 'Samples' })
    this.failure = this.main.getByRole('alert')
    this.interrupted = this.main.getByRole('status').filter({ hasText: 'was interrupted' })
    this.count = this.main.getByText(/^(no samples|one sample|[\d,]+ samples)$/)
  }

  sampleSet(name: string): Locator {
    return this.main.getByRole('button', { name: `Open ${name}` })
  }

  /** The row of numbers about a part: found, used, skipped. */
  part(name: 'Training' | 'Test'): Locator {
    return this.strip.getByRole('row', { name })
  }

  /** The bars of the classes, one button each. */
  classBars(part: string): Locator {
    return this.main.getByRole('list', { name: `Samples of each class, ${part}` }).getByRole('button')
  }

  sample(index: number): Locator {
    return this.grid.getByRole('option', { name: new RegExp(`^Sample ${index}:`) })
  }
}
