import { mkdirSync } from 'node:fs'
import type { TestInfo } from '@playwright/test'
import { expect, folderOf, test } from './fixtures'
import { workspaces } from './pages/frame'
import { faultsInEveryLook } from './support/every-look'
import { openSmallData, trainOneEpoch } from './support/small-project'
import type { Workbench } from './support/workbench'

/** Nothing is cut off or unreadable: each workspace in both languages, both themes, a small and a large window. */
async function expectGoodLooks(workbench: Workbench, testInfo: TestInfo, name: string): Promise<void> {
  const faults = await faultsInEveryLook(workbench, testInfo, async (look) => {
    for (const workspace of workspaces) {
      await workbench.frame.go(workspace)
      await settle(workbench)
      await look(`${name}-${workspace}`)
    }
  })
  expect(faults).toEqual([])
}

/** The same of the screen that is shown alone. */
async function expectGoodScreen(workbench: Workbench, testInfo: TestInfo, name: string): Promise<void> {
  const faults = await faultsInEveryLook(workbench, testInfo, async (look) => {
    await settle(workbench)
    await look(name)
  })
  expect(faults).toEqual([])
}

/** Waits until what was asked for has come. */
async function settle({ page }: Workbench): Promise<void> {
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0)
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
