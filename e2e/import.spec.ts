import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { barsPicture, largePicture, numbered, tone, writeClassFolders } from './support/class-folders'
import { dropFiles } from './support/drop-files'
import { faultsInEveryLook } from './support/every-look'
import { stamps } from './support/stamps'

test('a folder of class folders is imported by dropping it, and a report tells what came in', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  const { data, frame, page } = first
  const folder = writeClassFolders(join(folderOf(testInfo, 'own'), 'Живые и нет'), {
    cats: numbered(30, 'png', (n) => barsPicture(n, 16)),
    dogs: {
      ...numbered(20, 'png', (n) => barsPicture(n === 19 ? 118 : 100 + n, 16)),
      'cut.png': barsPicture(7, 16).subarray(0, 60),
      'notes.txt': Buffer.from('These are only words.'),
    },
  })
  const before = stamps(folder)

  await dropFiles(page, data.main, [folder])
  await expect(data.strip).toContainText('Живые и нет')
  await expect(data.strip).toContainText('16 × 16 × 1')
  await expect(data.strip).toContainText('2 classes')
  await expect(data.strip.getByRole('row', { name: 'Files' })).toHaveText(/51\s*50\s*1$/)
  await expect(data.classBars('Training')).toHaveCount(2)
  const report = frame.inspector.getByRole('region', { name: 'What came in' })
  await expect(report).toContainText('51 files found = 50 used + 1 skipped')
  await expect(report).toContainText('One more file is no data.')
  await expect(report).toContainText('Equal1')
  expect(existsSync(join(first.projectFolder, 'data', '0001', 'samples.npy'))).toBe(true)
  expect(stamps(folder)).toEqual(before)

  await test.step('a skipped file is seen as far as it goes', async () => {
    await report.getByRole('button', { name: 'See these files…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Skipped files' })
    await expect(dialog.getByRole('option')).toHaveText('dogs/cut.png')
    await expect(dialog.locator('pre, img')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('a line of the report leads to the samples that it counts, and those to the others', async () => {
    await report.getByRole('button', { name: /^Equal/ }).click()
    await data.grid.getByRole('option').click()
    await expect(frame.inspector).toContainText('It equals an earlier sample, value by value.')
    await frame.inspector.getByRole('button', { name: 'Show it with the others' }).click()
    await expect(data.grid.getByRole('option')).toHaveCount(2)
    await page.getByRole('button', { name: 'Chosen samples only' }).click()
    await expect(data.grid.getByRole('option').nth(2)).toBeVisible()
  })

  await test.step('a sample takes the report’s place, and the report comes back', async () => {
    await data.grid.getByRole('option').first().click()
    await expect(report).toBeHidden()
    await data.strip.getByRole('button', { name: 'Report' }).click()
    await expect(report).toBeVisible()
  })

  await test.step('again with other settings', async () => {
    await report.getByRole('button', { name: 'Import again…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import settings' })
    await dialog.getByLabel('Height').fill('0')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByLabel('Height').fill('12')
    await dialog.getByRole('button', { name: 'Import' }).click()
    await expect(data.strip).toContainText('12 × 12 × 1')
    await expect(report).toContainText('51 files found = 50 used + 1 skipped')
  })

  await expect
    .poll(() => readFileSync(join(first.projectFolder, 'project.json'), 'utf8'), { message: 'the project is saved' })
    .toContain('"directory": "data/0002"')
  await first.close()
  const second = await launch()
  await expect(second.data.strip).toContainText('12 × 12 × 1')
  await expect(second.frame.inspector).toContainText('51 files found = 50 used + 1 skipped')
})

test('what cannot be imported, or is cancelled, leaves the open data and the project as they were', async ({
  workbench,
}, testInfo) => {
  const { data, page, projectFolder } = workbench
  const sounds = writeClassFolders(join(testInfo.outputPath(), 'tones'), {
    high: numbered(12, 'wav', (n) => tone(600 + 30 * n, 0.25)),
    low: numbered(12, 'wav', (n) => tone(60 + 9 * n, 0.25)),
  })
  await dropFiles(page, data.main, [sounds])
  await expect(data.strip).toContainText('2,000 × 1')
  await expect(data.grid.getByRole('option').first()).toBeVisible()

  await test.step('a folder without any data', async () => {
    const words = writeClassFolders(join(testInfo.outputPath(), 'words'), {
      a: numbered(3, 'txt', () => Buffer.from('These are only words.')),
    })
    await dropFiles(page, data.main, [words])
    await expect(data.failure).toContainText(/Nothing here can be read.*a\/0000\.txt \(files in all: 3\)/)
    await expect(data.failure).toContainText('tones is still open.')
    await data.failure.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('pictures without classes, until a pattern finds them', async () => {
    const flat = writeClassFolders(testInfo.outputPath(), {
      flat: Object.fromEntries(
        ['sun', 'rain'].flatMap((name, which) =>
          Object.entries(numbered(10, 'png', (n) => barsPicture(which * 50 + n, 8))).map(([file, content]) => [
            `${name}_${file}`,
            content,
          ]),
        ),
      ),
    })
    await dropFiles(page, data.main, [join(flat, 'flat')])
    await expect(data.failure).toContainText('Nothing tells the classes of 20 files')
    await data.failure.getByRole('button', { name: 'Change settings…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import settings' })
    await dialog.getByLabel('Class from name').fill('^([a-z]+)_')
    await dialog.getByRole('button', { name: 'Import' }).click()
    await expect(data.strip).toContainText('8 × 8 × 1')
    await expect(data.failure).toBeHidden()
    await expect(data.classBars('Training').first()).toHaveAccessibleName(/^Class rain/)
  })

  await test.step('an import that is cancelled, and discarded', async () => {
    const picture = largePicture(1200)
    const many = writeClassFolders(join(testInfo.outputPath(), 'many'), {
      one: numbered(1500, 'png', () => picture),
      two: numbered(1500, 'png', () => picture),
    })
    const before = readdirSync(join(projectFolder, 'data'))
    await dropFiles(page, data.main, [many])
    await expect(data.main.getByText(/of 3,000 · [\d,]+ files\/s/)).toBeVisible()
    await data.main.getByRole('button', { name: 'Cancel' }).click()
    await expect(data.main.getByRole('progressbar')).toBeHidden()
    await expect(data.strip).toContainText('8 × 8 × 1')
    await expect(data.interrupted).toContainText(/The import of many was interrupted\..*[\d,]+ of 3,000 are done\./)
    expect(readdirSync(join(projectFolder, 'data'))).toHaveLength(before.length + 1)
    await data.interrupted.getByRole('button', { name: 'Discard' }).click()
    await expect(data.interrupted).toBeHidden()
    expect(readdirSync(join(projectFolder, 'data'))).toEqual(before)
  })
})

test('an import goes on at the next start, where the program was killed while files came in', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  const folder = join(first.projectFolder, 'data')
  const large = largePicture(1600)
  const pictures = writeClassFolders(join(folderOf(testInfo, 'own'), 'halves'), {
    one: numbered(1200, 'png', (n) => (n % 4 ? large : barsPicture(n, 16))),
    two: numbered(1200, 'png', (n) => (n % 4 ? large : barsPicture(2000 + n, 16))),
  })
  await dropFiles(first.page, first.data.main, [pictures])
  await expect(first.data.main.getByText(/of 2,400 · [\d,]+ files\/s/)).toBeVisible()
  const journal = () => {
    const half = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.tmp')) : undefined
    return half === undefined ? '' : readFileSync(join(folder, half, 'import.jsonl'), 'utf8')
  }
  await expect
    .poll(() => journal().trim().split('\n').length, { message: 'it is written down how far it is', intervals: [50] })
    .toBeGreaterThan(1)
  first.kill()

  const { data, frame } = await launch()
  await expect(data.interrupted).toContainText(/The import of halves was interrupted\..*[\d,]+ of 2,400 are done\./)
  await data.interrupted.getByRole('button', { name: 'Go on' }).click()
  await expect(data.strip).toContainText('halves', { timeout: 60_000 })
  const report = frame.inspector.getByRole('region', { name: 'What came in' })
  await expect(report).toContainText('2,400 files found = 2,400 used + 0 skipped')
  await expect(data.interrupted).toBeHidden()
  expect(readdirSync(folder)).toEqual(['0001'])
})

test('folders named as parts are asked about, and data that nothing uses any more can go', async ({
  workbench,
}, testInfo) => {
  const { data, page, projectFolder } = workbench
  const classes = {
    cats: numbered(12, 'png', (n) => barsPicture(n, 16)),
    dogs: numbered(12, 'png', (n) => barsPicture(50 + n, 16)),
  }
  const animals = join(testInfo.outputPath(), 'animals')
  writeClassFolders(join(animals, 'train'), classes)
  writeClassFolders(join(animals, 'val'), {
    cats: { 'one.png': barsPicture(90, 16) },
    dogs: { 'one.png': barsPicture(91, 16) },
  })
  await dropFiles(page, data.main, [animals])
  const question = page.getByRole('dialog', { name: 'Before these files come in' })
  await expect(question).toContainText('Folders are named train, val. What are they?')
  await expect(question).toContainText('26')
  await question.getByRole('radio', { name: 'Classes' }).click()
  await question.getByRole('radio', { name: 'Parts of the data' }).click()
  await question.getByRole('button', { name: 'Import' }).click()
  await expect(data.strip).toContainText('2 classes')
  await expect(data.strip.getByRole('row', { name: 'Files' })).toHaveText(/26\s*26\s*0$/)

  await dropFiles(page, data.main, [writeClassFolders(join(testInfo.outputPath(), 'others'), classes)])
  await expect(data.strip).toContainText('others')
  await data.strip.getByRole('button', { name: 'Replace' }).click()
  await page.getByRole('menuitem', { name: 'Imported data…' }).click()
  const kept = page.getByRole('dialog', { name: 'Imported data' })
  await expect(kept).toContainText('2 data sets')
  await expect(kept.getByRole('button', { name: 'Move others to the trash' })).toBeDisabled()
  await kept.getByRole('button', { name: 'Open animals' }).click()
  await expect(data.strip).toContainText('animals')
  expect(readdirSync(join(projectFolder, 'data'))).toEqual(['0001', '0002'])
})

test('the report and the settings look right in both languages and themes', async ({ workbench }, testInfo) => {
  const { data, page } = workbench
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const long = `${'a rather long name of a picture '.repeat(4)}.png`
  const folder = writeClassFolders(join(testInfo.outputPath(), 'pictures'), {
    cats: {
      ...numbered(24, 'png', (n) => barsPicture(n, 16)),
      ...numbered(1, 'PNG', () => barsPicture(3, 24)),
      [long]: Buffer.from('no picture'),
    },
    dogs: numbered(24, 'png', (n) => barsPicture(n === 5 ? 4 : 200 + n, 16)),
  })
  await dropFiles(page, data.main, [folder])
  await expect(data.strip).toContainText('2 classes')
  const faults = await faultsInEveryLook(workbench, testInfo, async (look) => {
    await look('report')
    await workbench.frame.inspector.getByRole('button', { name: /^(Import again|Импортировать снова)/ }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await look('settings')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })
  expect(faults).toEqual([])
})
