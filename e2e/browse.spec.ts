import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { barsPicture, numbered, writeClassFolders } from './support/class-folders'
import { dropFiles } from './support/drop-files'
import { faultsInEveryLook } from './support/every-look'
import { stamps } from './support/stamps'

test('samples are given classes, removed and brought back, and a run learns from what is left', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  const { data, page } = first
  const folder = writeClassFolders(join(folderOf(testInfo, 'own'), 'animals'), {
    cats: numbered(40, 'png', (n) => barsPicture(n, 28)),
    dogs: numbered(40, 'png', (n) => barsPicture(100 + n, 28)),
  })
  const before = stamps(folder)
  await dropFiles(page, data.main, [folder])
  await expect(data.strip).toContainText('2 classes')
  const samples = data.grid.getByRole('option')
  await expect(data.count).toHaveText('68 samples')

  await test.step('a new class', async () => {
    await samples.nth(0).click()
    await samples.nth(1).click({ modifiers: ['ControlOrMeta'] })
    await page.keyboard.press('l')
    await page.getByRole('dialog', { name: 'Class of 2 samples' }).getByRole('textbox').fill('birds')
    await page.keyboard.press('Enter')
    await expect(data.strip).toContainText('3 classes')
    await expect(data.strip).toContainText('2 given another class')
    await expect(samples.nth(1)).toHaveAccessibleName(/birds \(Edited\)$/)
  })

  await test.step('removed, brought back and removed again, by keys', async () => {
    await samples.nth(5).click()
    const name = await samples.nth(5).getAttribute('aria-label')
    await page.keyboard.press('Delete')
    await expect(data.count).toHaveText('67 samples')
    await expect(samples.nth(5)).not.toHaveAccessibleName(name ?? '')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(data.count).toHaveText('68 samples')
    await expect(samples.nth(5)).toHaveAccessibleName(name ?? '')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(data.count).toHaveText('67 samples')
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' })
  })

  await test.step('the log lies in the project, and the files are as they were', async () => {
    const log = readFileSync(join(first.projectFolder, 'data', 'edits', '0001.jsonl'), 'utf8')
    expect(log.trim().split('\n')).toHaveLength(4)
    expect(stamps(folder)).toEqual(before)
    await expect
      .poll(() => readFileSync(join(first.projectFolder, 'project.json'), 'utf8'), { message: 'the project is saved' })
      .toContain('"lines": 4')
  })
  await first.close()

  const second = await launch()
  await test.step('all of it is there at the next start', async () => {
    await expect(second.data.strip).toContainText('one removed · 2 given another class')
    await expect(second.data.count).toHaveText('67 samples')
    await second.data.main.getByRole('button', { name: 'Show by marks' }).click()
    await second.page.getByRole('menuitem', { name: 'Removed (1)' }).click()
    await expect(second.data.count).toHaveText('one sample')
    await second.data.main.getByRole('button', { name: 'Show by marks' }).click()
    await second.page.getByRole('menuitem', { name: 'Removed (1)' }).click()
    await second.page.keyboard.press('ControlOrMeta+z')
    await expect(second.data.count).toHaveText('68 samples')
    await second.page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(second.data.count).toHaveText('67 samples')
  })

  await test.step('a run learns from it, and its record says so', async () => {
    await second.frame.go('train')
    await second.train.set('Epochs', 1)
    await second.train.control('Start training').click()
    await second.train.expectState(1, 'Finished')
    const runs = join(second.projectFolder, 'runs')
    const [run = ''] = readdirSync(runs)
    const record = JSON.parse(readFileSync(join(runs, run, 'run.json'), 'utf8'))
    expect(record.classes).toEqual(['cats', 'dogs', 'birds'])
    expect(record.trainSamples + record.validationSamples).toBe(67)
    expect(record.dataset.edits.lines).toBe(6)
  })

  await test.step('many at once, and classes made one', async () => {
    await second.frame.go('data')
    await second.data.grid.getByRole('option').first().click()
    await second.page.keyboard.press('ControlOrMeta+a')
    await expect(second.data.main.getByRole('toolbar')).toContainText('67 selected')
    await second.page.keyboard.press('Delete')
    await expect(second.page.getByRole('alert')).toContainText('No sample would be left to learn from.')
    await second.page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
    await second.data.main.getByRole('button', { name: /^Classes shown/ }).click()
    await second.page.getByRole('button', { name: 'Rename class “birds”…' }).click()
    const dialog = second.page.getByRole('dialog', { name: 'Rename class “birds”' })
    await dialog.getByRole('textbox').fill('cats')
    await expect(dialog).toContainText('“birds” becomes part of it')
    await dialog.getByRole('button', { name: 'Make them one' }).click()
    await expect(second.data.strip).toContainText('2 classes')
  })
})

test('the browser looks right in both languages and themes', async ({ workbench }, testInfo) => {
  const { data, page } = workbench
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const folder = writeClassFolders(join(folderOf(testInfo, 'own'), 'animals'), {
    cats: numbered(40, 'png', (n) => barsPicture(n === 3 ? 2 : n, 16)),
    dogs: numbered(40, 'png', (n) => barsPicture(100 + n, 16)),
  })
  await dropFiles(page, data.main, [folder])
  await expect(data.count).toHaveText('68 samples')
  await data.grid.getByRole('option').nth(2).click()
  await page.keyboard.press('Delete')
  await expect(data.count).toHaveText('67 samples')
  await page.getByRole('status').getByRole('button', { name: 'Close' }).click()
  const faults = await faultsInEveryLook(workbench, testInfo, async (look) => {
    await page.getByRole('option').nth(4).click()
    await look('selected')
    await page.keyboard.press('l')
    await expect(page.getByRole('dialog')).toBeVisible()
    await look('relabel')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })
  expect(faults).toEqual([])
})
