import { existsSync, readFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'

/** Chromium's own words about the machine it runs on (no session bus, no GPU); nothing that the program says. */
const chromium = /^\[\d+:[\d/.:]+:(?:\w+):[\w.]+(?:\(\d+\)|:\d+)\]/
const trouble = /\b(?:error|exception|uncaught|unhandled|fatal|critical|denied)\b/i

/** Collects everything that goes wrong without a test asking: errors of the page, of its console, of the main process. */
export class Complaints {
  readonly #heard: string[] = []
  readonly #allowed: RegExp[] = []

  /** What a test provokes on purpose is no complaint. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns)
  }

  add(complaint: string): void {
    this.#heard.push(complaint)
  }

  /** All that was heard and not allowed. */
  get list(): string[] {
    return this.#heard.filter((one) => !this.#allowed.some((pattern) => pattern.test(one)))
  }

  listenToMain(app: ElectronApplication): void {
    let rest = ''
    app
      .process()
      .stderr?.setEncoding('utf8')
      .on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (trouble.test(line) && !chromium.test(line)) this.add(`stderr: ${line}`)
      })
  }

  listenToPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.add(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.add(`page: ${error.stack ?? error.message}`))
    page.on('crash', () => this.add('The page crashed'))
  }

  /** The errors of the program's own log, in which those of the engine and of the window stand too. */
  readLog(path: string): void {
    if (!existsSync(path)) return
    const entries = readFileSync(path, 'utf8').split(/\n(?=\[\d{4}-)/)
    for (const entry of entries) if (/^\[[^\]]*\] \[error\]/.test(entry)) this.add(`log: ${entry.trim()}`)
  }
}
