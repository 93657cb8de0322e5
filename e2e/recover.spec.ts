import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { dropFiles } from './support/drop-files'
import { writeIdxPair } from './support/idx-files'

test('a killed engine: the window stays, the run is kept as interrupted, and a new one trains', async ({
  workbench,
}, testInfo) => {
  const { data, design, frame, train, page } = workbench
  workbench.complaints.allow(/engine|Engine/)
  await dropFiles(page, data.main, writeIdxPair(folderOf(testInfo, 'own'), 'bars', { count: 4000, side: 28 }))
  await expect(data.strip).toContainText('4 classes')
  await frame.go('design')
  await expect(design.cards).toHaveCount(8)
  await frame.status.getByRole('button', { name: /problem/ }).click()
  await design.problems.first().getByRole('button').last().click()
  await frame.expectMark('design', 'done')

  await frame.go('train')
  await train.set('Epochs', 50)
  await train.set('Batch size', 32)
  await train.control('Start training').click()
  await expect.poll(() => train.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(20)
  const before = await workbench.enginePid()
  expect(before).toBeDefined()
  process.kill(before ?? 0, 'SIGKILL')

  await expect(page.getByText(/The training engine ended unexpectedly/).first()).toBeVisible()
  await train.expectState(1, 'Interrupted', 30_000)
  const [folder = ''] = workbench.runFolders
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { state: string; stepsDone: number }
  expect(record.state).toBe('interrupted')
  expect(record.stepsDone).toBeGreaterThan(20)
  await expect(train.main.getByText(/was interrupted after/).first()).toBeVisible()
  await expect(train.charts).toBeVisible()

  await expect.poll(() => workbench.enginePid(), { timeout: 60_000 }).not.toBe(before)
  await expect(train.control('Start training')).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 })
  await train.set('Epochs', 1)
  await train.control('Start training').click()
  await train.expectState(2, 'Finished')
  await train.expectState(1, 'Interrupted')
})

test('a program that is killed while it trains shows the run as interrupted at the next start', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  first.complaints.allow(/./)
  await dropFiles(
    first.page,
    first.data.main,
    writeIdxPair(folderOf(testInfo, 'own'), 'bars', { count: 2000, side: 28, classes: 10 }),
  )
  await expect(first.data.strip).toContainText('10 classes')
  await first.frame.go('train')
  await first.train.set('Epochs', 200)
  await first.train.control('Start training').click()
  await expect.poll(() => first.train.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(20)
  first.kill()

  const second = await launch()
  second.complaints.allow(/interrupted|left behind/)
  await expect(second.data.strip).toContainText('10 classes')
  await second.frame.go('train')
  await second.train.expectState(1, 'Interrupted', 30_000)
  await expect(second.train.charts).toBeVisible()
})
