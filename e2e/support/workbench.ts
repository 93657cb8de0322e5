import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test'
import { DataPage } from '../pages/data'
import { DesignPage } from '../pages/design'
import { ExportPage } from '../pages/export'
import { Frame } from '../pages/frame'
import { LookPage } from '../pages/look'
import { TrainPage } from '../pages/train'
import { Complaints } from './complaints'
import { electronFlags, electronPath, root } from './provisioned'

export interface LaunchOptions {
  /** The program's own folder for what it keeps; one that was used before continues where it ended. */
  readonly userData: string
  readonly theme?: 'light' | 'dark'
  readonly language?: 'en' | 'ru'
  readonly size?: { readonly width: number; readonly height: number }
  /** Another program than the built one run by Electron: a packaged one. */
  readonly executable?: string
  /** Chromium's own switches, as for a camera that there is not. */
  readonly switches?: readonly string[]
}

/** How long the program may take to end in order. */
const patience = 30_000

/** The running program, its window, and one object for each of its parts. */
export class Workbench {
  readonly frame: Frame
  readonly data: DataPage
  readonly design: DesignPage
  readonly train: TrainPage
  readonly look: LookPage
  readonly export: ExportPage
  #closed = false

  private constructor(
    readonly app: ElectronApplication,
    readonly page: Page,
    readonly complaints: Complaints,
    readonly userData: string,
  ) {
    this.frame = new Frame(page)
    this.data = new DataPage(page)
    this.design = new DesignPage(page)
    this.train = new TrainPage(page)
    this.look = new LookPage(page)
    this.export = new ExportPage(page)
  }

  /** Starts the program and waits until its project is on screen. */
  static async launch(options: LaunchOptions): Promise<Workbench> {
    const { userData, executable, switches = [] } = options
    seed(options)
    const complaints = new Complaints()
    const app = await _electron.launch({
      executablePath: executable ?? electronPath(),
      args: [...electronFlags(), ...switches, `--user-data-dir=${userData}`, ...(executable ? [] : [root])],
      env: { ...environment(), TF_CPP_MIN_LOG_LEVEL: '2' },
      timeout: 60_000,
    })
    complaints.listenToMain(app)
    app.on('window', (page) => complaints.listenToPage(page))
    const page = await app.firstWindow()
    complaints.listenToPage(page)
    const workbench = new Workbench(app, page, complaints, userData)
    await workbench.frame.isReady()
    return workbench
  }

  /** The folder of the open project. */
  get projectFolder(): string {
    const kept: unknown = JSON.parse(readFileSync(join(this.userData, 'projects.json'), 'utf8'))
    return (kept as { last: string }).last
  }

  /** The folders of the open project's runs, the oldest first. */
  get runFolders(): string[] {
    const runs = join(this.projectFolder, 'runs')
    if (!existsSync(runs)) return []
    return readdirSync(runs)
      .sort()
      .map((name) => join(runs, name))
  }

  /** The engine's process, as the system knows it. */
  async enginePid(): Promise<number | undefined> {
    return this.app.evaluate(
      ({ app }) => app.getAppMetrics().find((one) => one.type === 'Utility' && one.name === 'Patchwork engine')?.pid,
    )
  }

  /** Changes theme and language by the command palette, which knows its commands by their English names too. */
  async setLooks(theme: 'light' | 'dark', language: 'en' | 'ru'): Promise<void> {
    await this.frame.command(`Theme: ${theme}`)
    await this.frame.command(`Language: ${language === 'en' ? 'English' : 'Russian'}`)
    await expect(this.page.locator(`html[data-theme="${theme}"][lang="${language}"]`)).toHaveCount(1)
  }

  /** Lets every dialog that asks for files or a folder answer `paths` at once; null cancels. */
  async answerDialogs(paths: readonly string[] | null): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [...chosen] })
    }, paths)
  }

  /** Ends the program as a person does; what does not end, or leaves processes behind, is a complaint. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const child = this.app.process()
    const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')))
    const closing = this.app.close().catch(() => undefined)
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patience).unref())
    const outcome = child.exitCode === null ? await Promise.race([ended, late]) : 'ended'
    if (outcome === 'late') this.complaints.add(`The program did not end within ${patience / 1000} s`)
    else await closing
    if (!(await groupEnds(child.pid))) this.complaints.add('The program left processes behind')
    this.complaints.readLog(join(this.userData, 'logs', 'patchwork.log'))
  }

  /** Ends the program as a power cut does. */
  kill(): void {
    this.#closed = true
    endGroup(this.app.process().pid)
  }
}

/** Writes what a person would have set before, where the program has not kept anything itself yet. */
function seed({
  userData,
  theme = 'light',
  language = 'en',
  size = { width: 1440, height: 900 },
}: LaunchOptions): void {
  mkdirSync(userData, { recursive: true })
  writeOnce(join(userData, 'settings.json'), { theme, language, layout: {} })
  writeOnce(join(userData, 'window.json'), { bounds: { x: 0, y: 0, ...size }, maximized: false })
}

function writeOnce(path: string, content: object): void {
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(content))
}

/** Ours, without what would make Electron another program. */
function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && name !== 'ELECTRON_RUN_AS_NODE' && name !== 'NODE_OPTIONS',
  )
  return Object.fromEntries(kept as [string, string][])
}

/** Whether all processes of the program are gone within a moment; those that are not are ended. */
async function groupEnds(pid: number | undefined): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (!groupLives(pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return !endGroup(pid)
}

function groupLives(pid: number | undefined): boolean {
  return signalGroup(pid, 0)
}

/** Ends what is left of a program that Playwright started as a process group of its own; false: nothing was left. */
function endGroup(pid: number | undefined): boolean {
  return signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined || process.platform === 'win32') return false
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}
