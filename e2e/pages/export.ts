import type { Locator, Page } from '@playwright/test'

/** The workspace from which a trained network is taken away. */
export class ExportPage {
  readonly main: Locator
  readonly formats: Locator
  readonly made: Locator
  readonly failure: Locator
  readonly files: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('main', { name: 'Export' })
    this.formats = this.main.getByRole('list', { name: 'Formats' })
    this.made = this.main.getByRole('region', { name: 'Exported in this session' })
    this.failure = this.main.getByRole('alert')
    this.files = page.getByRole('region', { name: 'Files' }).getByRole('listitem')
  }

  button(format: string): Locator {
    return this.formats.getByRole('button', { name: `Export ${format}…` })
  }
}
