import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { openSmallData } from './support/small-project'

test('a killed engine: the window stays, the run is kept as interrupted, and a new one trains', async ({
  workbench,
}, testInfo) => {
  const { frame, train, page, complaints } = workbench
  complaints.allow(/engine/i)
  await openSmallData(workbench, folderOf(testInfo, 'own'), 2000)
  await frame.go('train')
  await train.set('Epochs', 50)
  await train.set('Batch size', 32)
  await train.control('Start training').click()
  await expect.poll(() => train.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(20)
  const before = await workbench.enginePid()
  expect(before).toBeDefined()
  process.kill(before ?? 0, 'SIGKILL')

  await test.step('it says what happened, and shows what was recorded', async () => {
    await expect(page.getByText(/The training engine ended unexpectedly/).first()).toBeVisible()
    await train.expectState(1, 'Interrupted', 30_000)
    const [folder = ''] = workbench.runFolders
    const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { state: string; stepsDone: number }
    expect(record.state).toBe('interrupted')
    expect(record.stepsDone).toBeGreaterThan(20)
    await expect(train.charts).toBeVisible()
    await expect(train.main.getByText(/was interrupted after \d+ steps/).first()).toBeVisible()
  })

  await test.step('another engine comes by itself and trains', async () => {
    await expect.poll(() => workbench.enginePid(), { timeout: 60_000 }).not.toBe(before)
    await expect(train.control('Start training')).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 })
    await train.set('Epochs', 1)
    await train.control('Start training').click()
    await train.expectState(2, 'Finished')
    await train.expectState(1, 'Interrupted')
  })
})

test('a program that is killed while it trains shows the run as interrupted at the next start', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  await openSmallData(first, folderOf(testInfo, 'own'), 1000)
  await first.frame.go('train')
  await first.train.set('Epochs', 500)
  await first.train.control('Start training').click()
  await expect.poll(() => first.train.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(20)
  first.kill()

  const second = await launch()
  await second.frame.go('train')
  await second.train.expectState(1, 'Interrupted', 30_000)
  await expect(second.train.charts).toBeVisible()
  await second.frame.expectMark('train', 'problem')
})
