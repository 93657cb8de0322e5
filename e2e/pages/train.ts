import { expect, type Locator, type Page } from '@playwright/test'

/** The workspace in which a network learns and is watched. */
export class TrainPage {
  readonly main: Locator
  readonly controls: Locator
  readonly settings: Locator
  readonly charts: Locator
  readonly filters: Locator
  readonly runs: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('main', { name: 'Train' })
    this.controls = page.getByRole('toolbar', { name: 'Training controls' })
    this.settings = page.getByRole('group', { name: 'Settings of the next run' })
    this.charts = page.getByRole('group', { name: /^Loss and accuracy of run/ })
    this.filters = page.getByRole('group', { name: 'Filters of the first convolution' })
    this.runs = page.getByRole('table', { name: 'Runs of this project' })
  }

  control(name: 'Start training' | 'Pause' | 'Go on' | 'Stop'): Locator {
    return this.controls.getByRole('button', { name })
  }

  /** Types a setting of the next run, as a person does. */
  async set(label: string, value: number): Promise<void> {
    const field = this.settings.getByLabel(label, { exact: true })
    await field.fill(String(value))
    await field.press('Enter')
    await expect(field).toHaveValue(String(value))
  }

  /** The row of a run in the table of runs. */
  row(number: number): Locator {
    return this.runs
      .getByRole('row')
      .filter({ has: this.page.getByRole('cell', { name: String(number), exact: true }) })
  }

  /** Waits until a run of the table is in a state. */
  async expectState(number: number, state: string, timeout = 120_000): Promise<void> {
    await expect(this.row(number)).toContainText(state, { timeout })
  }

  /** The pictures of both charts, so that two looks can be told apart. */
  async curves(): Promise<string> {
    const pictures = await this.charts
      .locator('canvas')
      .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
    return pictures.join()
  }

  /** The steps that the run in training has done; 0 while none is under way. */
  async stepsDone(): Promise<number> {
    const line = this.main.getByText(/step [\d,]+\/[\d,]+/)
    if ((await line.count()) === 0) return 0
    const text = await line.first().innerText()
    return Number(/step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0)
  }

  /** What the line about the shown run says of how it ended: accuracies, time and speed. */
  async result(): Promise<string> {
    return this.main.getByText(/^test [\d.]+%/).innerText()
  }
}
