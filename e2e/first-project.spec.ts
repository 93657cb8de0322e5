import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { firstProject } from './story'
import { predictWithExport } from './support/exported-model'
import { testPicture } from './support/mnist'

test('a person trains a network on real digits, looks inside, takes it away, and finds it again', async ({
  launch,
}, testInfo) => {
  test.setTimeout(420_000)
  const folder = folderOf(testInfo, 'taken-away')
  mkdirSync(folder, { recursive: true })
  const first = await launch()
  const outcome = await firstProject(first, { batchSize: 128, validation: 50, folder })
  // 30,000 pictures in batches of 128.
  expect(outcome.stepsTrained).toBe(235)
  expect(outcome.testAccuracy).toBeGreaterThan(0.9)

  await test.step('the exported model gives the same answers by itself', async () => {
    for (const { index, name, probability } of [outcome.own, outcome.wrong]) {
      const answers = await predictWithExport(outcome.model, testPicture(index).pixels)
      expect(Math.max(...Object.values(answers))).toBe(answers[name])
      // The window shows one place after the point of the percentage.
      expect(Math.abs((answers[name] ?? 0) - probability)).toBeLessThan(0.00051)
    }
    expect(outcome.own.name).toBe(String(testPicture(outcome.own.index).label))
    expect(outcome.wrong.name).not.toBe(String(testPicture(outcome.wrong.index).label))
  })

  await test.step('the run is a folder of plain files', () => {
    const [run = ''] = first.runFolders
    const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as Record<string, unknown>
    expect(record).toMatchObject({ version: 1, number: 1, state: 'finished', epochsDone: 1, stepsDone: 235 })
    const project = readFileSync(join(first.projectFolder, 'project.json'), 'utf8')
    expect(project).toMatch(/"kind":\s*"activation"/)
    expect(existsSync(join(first.projectFolder, 'runs'))).toBe(true)
  })

  await test.step('after a restart the project, its run and what it learned are there', async () => {
    await first.close()
    const second = await launch()
    await second.frame.go('data')
    await expect(second.data.part('Training')).toContainText('60,000', { timeout: 60_000 })
    await second.frame.go('design')
    await expect(second.design.card('Activation')).toHaveCount(1)
    await second.frame.go('train')
    await second.train.expectState(1, 'Finished')
    await expect(second.train.charts).toBeVisible()
    await expect(second.frame.status).toContainText('test accuracy')
    await second.frame.go('look')
    await expect(second.look.cards(second.look.right)).toHaveCount(4, { timeout: 30_000 })
    await second.look.show('Filters')
    expect(await second.look.filterStep()).toBe(235)
  })
})
