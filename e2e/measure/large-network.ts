import { expect, test, type Page } from '@playwright/test'
import { folderOf } from '../fixtures'
import { writeLargeProject } from '../support/large-project'
import { Workbench } from '../support/workbench'
import { framesWhile, named } from './frames'
import { tellFigures } from './tell'

/** Frames are watched so long, in milliseconds, while something moves. */
const watched = 3000

test('a network of 5,000 layers is opened, moved about, zoomed and put in order', async ({}, testInfo) => {
  const userData = folderOf(testInfo, 'user-data')
  writeLargeProject(userData)
  const begun = performance.now()
  const workbench = await Workbench.launch({ userData })
  const { design, frame, page } = workbench
  const started = performance.now()
  await frame.go('design')
  await expect(design.canvas.locator('.far')).toBeVisible()
  const opened = performance.now()
  const fitted = await framesWhile(page, () => zoomAbout(page, watched))
  await design.tools.getByRole('button', { name: 'Actual size' }).click()
  const panned = await framesWhile(page, () => dragAbout(page, watched))
  const zoomed = await framesWhile(page, () => zoomAbout(page, watched))
  const edited = performance.now()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+D')
  await page.evaluate(() => new Promise(requestAnimationFrame))
  const duplicated = performance.now()
  await page.keyboard.press('ControlOrMeta+Z')
  await design.tools.getByRole('button', { name: 'Tidy up: place all layers in order' }).click()
  const tidying = performance.now()
  await expect(design.tools.getByRole('button', { name: 'Undo: tidy up' })).toBeVisible({ timeout: 240_000 })
  const tidied = performance.now()
  workbench.kill()
  tellFigures({
    start: started - begun,
    open: opened - started,
    ...named('fitted', fitted),
    ...named('panned', panned),
    ...named('zoomed', zoomed),
    duplicate: duplicated - edited,
    tidy: tidied - tidying,
  })
})

async function dragAbout(page: Page, milliseconds: number): Promise<void> {
  const box = await page.locator('.vue-flow__pane').boundingBox()
  if (!box) throw new Error('There is no canvas')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  // The middle button moves the canvas wherever it is pressed, also on a card.
  await page.mouse.down({ button: 'middle' })
  const endsAt = Date.now() + milliseconds
  for (let n = 0; Date.now() < endsAt; n++) {
    await page.mouse.move(x + 200 * Math.sin(n / 9), y + 200 * Math.cos(n / 7))
    await page.waitForTimeout(8)
  }
  await page.mouse.up({ button: 'middle' })
}

async function zoomAbout(page: Page, milliseconds: number): Promise<void> {
  const box = await page.locator('.vue-flow__pane').boundingBox()
  if (!box) throw new Error('There is no canvas')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.keyboard.down('Control')
  const endsAt = Date.now() + milliseconds
  for (let n = 0; Date.now() < endsAt; n++) {
    await page.mouse.wheel(0, n % 30 < 15 ? 25 : -25)
    await page.waitForTimeout(16)
  }
  await page.keyboard.up('Control')
}
