import { expect, type Locator, type Page } from '@playwright/test'

/** The view in which a data set is gathered by hand. */
export class CollectPage {
  readonly main: Locator
  readonly panel: Locator
  readonly make: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('region', { name: 'Collect samples' })
    this.panel = page.getByRole('region', { name: /^(Camera|Microphone)$/ })
    this.make = this.main.getByRole('button', { name: 'Make data set' })
  }

  /** Begins to gather samples of a kind. */
  async open(kind: 'Pictures' | 'Sounds' | 'Short clips'): Promise<void> {
    await this.page.getByRole('button', { name: 'Collect your own…' }).click()
    await this.main.getByRole('radio', { name: kind }).click()
    await expect(this.main.getByRole('radio', { name: kind })).toBeChecked()
  }

  class(name: string): Locator {
    return this.main.getByRole('listitem', { name: `Class ${name}`, exact: true })
  }

  async rename(name: string, next: string): Promise<void> {
    const field = this.class(name).getByLabel('Name of the class')
    await field.fill(next)
    await field.press('Enter')
    await expect(this.class(next)).toBeVisible()
  }

  samples(name: string): Locator {
    return this.class(name).getByRole('button', { name: /Delete removes it/ })
  }
}
