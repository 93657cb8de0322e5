import { expect, type Locator, type Page } from '@playwright/test'

/** The workspace that shows what a network has learned. */
export class LookPage {
  readonly main: Locator
  readonly layers: Locator
  readonly mosaic: Locator
  readonly right: Locator
  readonly wrong: Locator
  readonly own: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('main', { name: 'Look inside' })
    this.layers = this.main.getByRole('list', { name: 'Layers of the network' })
    this.mosaic = this.main.getByRole('group', { name: /^Filters of/ })
    this.right = this.main.getByRole('region', { name: 'Right' })
    this.wrong = this.main.getByRole('region', { name: 'Wrong' })
    this.own = page.getByRole('region', { name: 'Your own picture' })
  }

  async show(view: 'Filters' | 'Best guesses'): Promise<void> {
    await this.main.getByRole('tab', { name: view }).click()
    await expect(this.main.getByRole('tab', { name: view })).toHaveAttribute('aria-selected', 'true')
  }

  /** The buttons of the filters, one each. */
  get filters(): Locator {
    return this.mosaic.getByRole('button', { name: /^Filter \d+/ })
  }

  /** The training step that the filters on screen belong to. */
  async filterStep(): Promise<number> {
    const text = await this.main.getByText(/after ([\d,]+|one) steps?/).innerText()
    return Number((/after ([\d,]+) steps/.exec(text)?.[1] ?? '1').replaceAll(',', ''))
  }

  /** The colours of the first filter's picture, so that two looks can be told apart. */
  async filterPixels(): Promise<string> {
    return this.mosaic
      .locator('canvas')
      .first()
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  }

  cards(group: Locator): Locator {
    return group.getByRole('figure')
  }

  bars(card: Locator): Locator {
    return card.getByRole('list', { name: 'Best guesses' }).getByRole('listitem')
  }

  get ownBars(): Locator {
    return this.own.getByRole('list', { name: 'Best guesses for your picture' }).getByRole('listitem')
  }
}

/** What a bar says: its class and its probability. */
export async function readBar(bar: Locator): Promise<{ name: string; probability: number }> {
  const [name = '', value = ''] = (await bar.innerText()).split('\n').filter(Boolean)
  return { name: name.trim(), probability: Number(value.replace('%', '').trim()) / 100 }
}
