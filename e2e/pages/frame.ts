import { expect, type Locator, type Page } from '@playwright/test'

export const workspaces = ['data', 'design', 'train', 'look', 'export'] as const
export type WorkspaceName = (typeof workspaces)[number]

/** What stands around the workspaces: rail, title bar, inspector, status line, notices, command palette, settings. */
export class Frame {
  readonly rail: Locator
  readonly status: Locator
  readonly inspector: Locator
  readonly notices: Locator

  constructor(readonly page: Page) {
    this.rail = page.locator('nav:has([data-workspace])')
    this.status = page.getByRole('contentinfo')
    this.inspector = page.locator('#inspector')
    this.notices = page.getByRole('region', { name: /^Notices/ })
  }

  /** Waits until the project is on screen and the engine has told what it computes on. */
  async isReady(): Promise<void> {
    await expect(this.page.getByRole('main')).toBeVisible({ timeout: 60_000 })
  }

  async go(workspace: WorkspaceName): Promise<void> {
    await this.step(workspace).click()
    await expect(this.step(workspace)).toHaveAttribute('aria-current', 'page')
  }

  private step(workspace: WorkspaceName): Locator {
    return this.rail.locator(`[data-workspace="${workspace}"]`)
  }

  /** The mark of a step: empty, ready, running, done, problem. */
  async markOf(workspace: WorkspaceName): Promise<string | null> {
    return this.step(workspace).getAttribute('data-mark')
  }

  async expectMark(workspace: WorkspaceName, mark: string): Promise<void> {
    await expect(this.step(workspace)).toHaveAttribute('data-mark', mark)
  }

  /** The line about the processor in the title bar. */
  device(): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: /CPU|GPU/ })
  }

  /** Runs a command through the command palette, by its English words, whatever the language of the window is. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+KeyK')
    const palette = this.page.getByRole('dialog').filter({ has: this.page.getByRole('combobox') })
    await palette.getByRole('combobox').fill(words)
    await expect(palette.getByRole('option').first()).toHaveAttribute('data-highlighted', '')
    await this.page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
}
