import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { folderOf } from '../fixtures'
import { dropFiles } from '../support/drop-files'
import { root } from '../support/provisioned'
import { Workbench } from '../support/workbench'
import { framesWhile, named } from './frames'
import { tellFigures } from './tell'

/** Frames are watched so long, in milliseconds, while samples are scrolled. */
const watched = 4000

test('100,000 pictures of 64 × 64 × 3 are scrolled, sorted, searched and edited', async ({}, testInfo) => {
  const folder = folderOf(testInfo, 'noise')
  writeNoise(folder, 100_000)
  const workbench = await Workbench.launch({ userData: folderOf(testInfo, 'user-data') })
  const { data, page } = workbench
  const opening = performance.now()
  await dropFiles(page, data.main, [folder])
  await expect(data.grid.getByRole('option').first()).toBeVisible()
  const opened = performance.now()
  const scrolled = await framesWhile(page, () => scroll(page, 60))
  const flung = await framesWhile(page, () => scroll(page, 2500))
  await page.keyboard.press('Home')

  const sort = async (name: string) => {
    await data.main.getByRole('button', { name: /^Sorted/ }).click()
    const item = page.getByRole('menuitem', { name })
    await item.waitFor()
    return timed(page, () => item.click(), 'name')
  }
  const byBrightness = await sort('By brightness')
  const byName = await sort('By name')
  const search = await timed(page, () => data.main.getByRole('searchbox').first().fill('99'), 'count')
  await data.main.getByRole('searchbox').first().fill('')
  await sort('As in the source')
  await data.grid.getByRole('option').nth(3).click()
  const relabel = await timed(page, () => page.keyboard.press('7'), 'name')
  const remove = await timed(page, () => page.keyboard.press('Delete'), 'count')
  const undo = await timed(page, () => page.keyboard.press('ControlOrMeta+z'), 'count')
  await page.keyboard.press('ControlOrMeta+a')
  await expect(data.main.getByRole('toolbar')).toContainText('95,000 selected')
  const scrolledChosen = await framesWhile(page, () => scroll(page, 60))
  workbench.kill()
  tellFigures({
    open: opened - opening,
    ...named('scrolled', scrolled),
    ...named('flung', flung),
    ...named('scrolledChosen', scrolledChosen),
    byBrightness,
    byName,
    search,
    relabel,
    remove,
    undo,
  })
})

/** Writes the data set as the benchmark does, by its own script. */
function writeNoise(folder: string, count: number): void {
  const write = `import { writeLargeDataset } from './large-dataset.mjs'; await writeLargeDataset(process.argv[1], ${count})`
  const cwd = join(root, 'scripts', 'bench')
  execFileSync(process.execPath, ['--input-type=module', '-e', write, folder], { cwd })
}

/** Turns the wheel over the samples. */
async function scroll(page: Page, by: number): Promise<void> {
  const box = await page.getByRole('listbox', { name: 'Samples' }).boundingBox()
  if (!box) throw new Error('There are no samples')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const endsAt = Date.now() + watched
  while (Date.now() < endsAt) {
    await page.mouse.wheel(0, by)
    await page.waitForTimeout(16)
  }
}

/** Milliseconds until an action has changed what the third sample is called, or how many there are. */
async function timed(page: Page, action: () => Promise<void>, what: 'name' | 'count'): Promise<number> {
  const place = what === 'name' ? '[role=option]:nth-of-type(4)' : '.sample-grid__count'
  const read = (where: string) => {
    const element = document.querySelector(where)
    return element ? `${element.getAttribute('aria-label')} ${element.textContent}` : ''
  }
  const before = await page.evaluate(read, place)
  const begun = performance.now()
  await action()
  await page.waitForFunction(
    ([where, former]) => {
      const element = document.querySelector(where)
      const now = element ? `${element.getAttribute('aria-label')} ${element.textContent}` : ''
      return now !== former && !now.includes('not read yet')
    },
    [place, before] as const,
    { polling: 'raf' },
  )
  return performance.now() - begun
}
