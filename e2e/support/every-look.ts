import type { TestInfo } from '@playwright/test'
import { accessibilityFaults, layoutFaults } from './layout'
import type { Workbench } from './workbench'

const themes = ['light', 'dark'] as const
const languages = ['en', 'ru'] as const
const small = { width: 1024, height: 700 }
const usualLarge = { width: 1600, height: 1000 }

/** Looks at what is on screen, named for its picture; it notes what is wrong. */
export type Look = (what: string) => Promise<void>

/**
 * What is wrong in any look: `visit` brings screens up and looks at each, in both themes, both languages, a small and a
 * large window. A screen with faults is kept as a picture. Colours and roles are the same in every size and language, so
 * those are looked at once for each theme.
 */
export async function faultsInEveryLook(
  workbench: Workbench,
  testInfo: TestInfo,
  visit: (look: Look) => Promise<void>,
  large = usualLarge,
): Promise<string[]> {
  const { page } = workbench
  const faults: string[] = []
  for (const theme of themes) {
    for (const language of languages) {
      await workbench.setLooks(theme, language)
      for (const size of [small, large]) {
        await page.setViewportSize(size)
        const thoroughly = size === small && language === 'en'
        await visit(async (what) => {
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
          const screen = `${what}-${theme}-${language}-${size.width}`
          const found = [...(await layoutFaults(page)), ...(thoroughly ? await accessibilityFaults(page) : [])]
          if (found.length > 0 || process.env.PATCHWORK_KEEP_SCREENS) {
            await page.screenshot({ path: testInfo.outputPath(`${screen}.png`), animations: 'disabled' })
          }
          faults.push(...found.map((fault) => `${screen}: ${fault}`))
        })
      }
    }
  }
  return faults
}
