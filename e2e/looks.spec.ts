import { mkdirSync } from 'node:fs'
import type { Page, TestInfo } from '@playwright/test'
import { expect, folderOf, test } from './fixtures'
import { workspaces } from './pages/frame'
import { accessibilityFaults, layoutFaults } from './support/layout'
import { openSmallData, trainOneEpoch } from './support/small-project'
import type { Workbench } from './support/workbench'

const sizes = [
  { width: 1024, height: 700 },
  { width: 1600, height: 1000 },
]
const languages = ['en', 'ru'] as const
const themes = ['light', 'dark'] as const

/** Nothing is cut off or unreadable: each workspace in both languages, both themes, a small and a large window. */
async function expectGoodLooks(workbench: Workbench, testInfo: TestInfo, name: string): Promise<void> {
  const { page, frame } = workbench
  const faults: string[] = []
  for (const theme of themes) {
    for (const language of languages) {
      await workbench.setLooks(theme, language)
      for (const size of sizes) {
        await page.setViewportSize(size)
        for (const workspace of workspaces) {
          await frame.go(workspace)
          await settle(workbench)
          const screen = `${name}-${workspace}-${theme}-${language}-${size.width}`
          faults.push(...(await faultsOf(page, testInfo, screen, size.width === 1024 && language === 'en')))
        }
      }
    }
  }
  expect(faults).toEqual([])
}

/** The same of the screen that is shown alone. */
async function expectGoodScreen(workbench: Workbench, testInfo: TestInfo, name: string): Promise<void> {
  const faults: string[] = []
  for (const theme of themes) {
    for (const language of languages) {
      await workbench.setLooks(theme, language)
      for (const size of sizes) {
        await workbench.page.setViewportSize(size)
        await settle(workbench)
        const screen = `${name}-${theme}-${language}-${size.width}`
        faults.push(...(await faultsOf(workbench.page, testInfo, screen, size.width === 1024 && language === 'en')))
      }
    }
  }
  expect(faults).toEqual([])
}

/**
 * What is wrong with one screen, kept as a picture where something is. Colours and roles are the same in every size and
 * language, so those are looked at once.
 */
async function faultsOf(page: Page, testInfo: TestInfo, screen: string, thoroughly: boolean): Promise<string[]> {
  const faults = [...(await layoutFaults(page)), ...(thoroughly ? await accessibilityFaults(page) : [])]
  if (faults.length > 0 || process.env.PATCHWORK_KEEP_SCREENS) {
    await page.screenshot({ path: testInfo.outputPath(`${screen}.png`), animations: 'disabled' })
  }
  return faults.map((fault) => `${screen}: ${fault}`)
}

/** Waits until what was asked for has come and is drawn. */
async function settle({ page }: Workbench): Promise<void> {
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

test.beforeEach(async ({ workbench }) => {
  await workbench.page.emulateMedia({ reducedMotion: 'reduce' })
})

test('an empty project looks right everywhere', async ({ workbench }, testInfo) => {
  await expectGoodLooks(workbench, testInfo, 'empty')
})

test('a project with data, a trained network and an export looks right everywhere', async ({ workbench }, testInfo) => {
  test.setTimeout(240_000)
  await openSmallData(workbench, folderOf(testInfo, 'own'), 1000)
  await workbench.data.grid.getByRole('option').first().click()
  await workbench.frame.go('design')
  await workbench.design.select('Convolution 2-D (2)')
  await trainOneEpoch(workbench)
  const folder = folderOf(testInfo, 'taken-away')
  mkdirSync(folder, { recursive: true })
  await workbench.answerDialogs([folder, folder])
  await workbench.frame.go('export')
  for (const [n, format] of ['TensorFlow.js LayersModel', 'TensorFlow SavedModel'].entries()) {
    await workbench.export.button(format).click()
    await expect(workbench.export.formats.getByText('max difference')).toHaveCount(n + 1, { timeout: 60_000 })
  }
  await expectGoodLooks(workbench, testInfo, 'full')

  await test.step('the best guesses', async () => {
    await workbench.frame.go('look')
    await workbench.setLooks('light', 'en')
    await workbench.look.show('Best guesses')
    await expect(workbench.look.cards(workbench.look.right).first()).toBeVisible()
    await expectGoodScreen(workbench, testInfo, 'guesses')
  })

  await test.step('augmentation', async () => {
    await workbench.frame.go('train')
    await workbench.setLooks('light', 'en')
    await workbench.train.main.getByRole('button', { name: 'Change…' }).click()
    await workbench.train.main.getByRole('button', { name: 'Usual for pictures' }).click()
    await workbench.train.main.getByRole('button', { name: 'Add…' }).click()
    await workbench.page.getByRole('menuitem', { name: 'Mixup' }).click()
    await expect(workbench.train.main.getByRole('columnheader', { name: 'Epoch 4' })).toBeInViewport()
    await expectGoodScreen(workbench, testInfo, 'augmentation')
  })
})
