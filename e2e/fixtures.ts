import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { Workbench, type LaunchOptions } from './support/workbench'

type Options = Omit<LaunchOptions, 'userData'> & { readonly userData?: string }

interface Fixtures {
  /** How the workbench of a test is started, where it differs from the usual. */
  readonly options: Options
  /** Starts the program once more, on the same user data unless told; every start is closed at the end of the test. */
  readonly launch: (options?: Options) => Promise<Workbench>
  /** The program, freshly started with nothing of its own. */
  readonly workbench: Workbench
}

/** A test whose programs are closed at its end, and which fails if one of them complained of anything. */
export const test = base.extend<Fixtures>({
  options: [{}, { option: true }],
  launch: async ({ options }, use, testInfo) => {
    const started: Workbench[] = []
    await use(async (more = {}) => {
      const userData = testInfo.outputPath('user-data')
      const workbench = await Workbench.launch({ userData, ...options, ...more })
      started.push(workbench)
      return workbench
    })
    const failed = testInfo.status !== testInfo.expectedStatus
    for (const workbench of started) {
      if (failed) await keepPicture(workbench, testInfo.outputPath(`at-the-end-${started.indexOf(workbench)}.png`))
      await workbench.close()
    }
    expect(
      started.flatMap(({ complaints }) => complaints.list),
      'nothing was complained of',
    ).toEqual([])
  },
  workbench: async ({ launch }, use) => {
    await use(await launch())
  },
})

async function keepPicture({ page }: Workbench, path: string): Promise<void> {
  await page.screenshot({ path, timeout: 5000 }).catch(() => undefined)
}

/** A folder of the test's own, which is empty when it begins. */
export function folderOf(testInfo: { outputPath: (...parts: string[]) => string }, name: string): string {
  return join(testInfo.outputPath(), name)
}

export { expect }
