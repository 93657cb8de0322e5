import { expect, folderOf, test } from './fixtures'
import { openSmallData } from './support/small-project'

test('a run is paused, goes on and is stopped, and its network can be looked at meanwhile and after', async ({
  workbench,
}, testInfo) => {
  const { export: exports, frame, look, page, train } = workbench
  await openSmallData(workbench, folderOf(testInfo, 'own'), 1000)
  await frame.go('train')
  await train.set('Epochs', 500)
  await train.set('Batch size', 32)
  await page.keyboard.press('ControlOrMeta+R')
  await expect.poll(() => train.stepsDone(), { timeout: 60_000 }).toBeGreaterThan(5)

  await test.step('paused: no step more', async () => {
    await train.control('Pause').click()
    await train.expectState(1, 'Paused')
    const stopped = await train.stepsDone()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)))
    expect(await train.stepsDone()).toBe(stopped)
    await frame.go('look')
    await look.show('Filters')
    await expect(look.filters).toHaveCount(20)
    expect(await look.filterStep()).toBe(stopped)
    await frame.go('train')
  })

  await test.step('it goes on where it was', async () => {
    const before = await train.stepsDone()
    await train.control('Go on').click()
    await expect.poll(() => train.stepsDone()).toBeGreaterThan(before)
  })

  await test.step('stopped: what it learned stays', async () => {
    await train.control('Stop').click()
    await train.expectState(1, 'Stopped')
    await expect(train.control('Start training')).not.toHaveAttribute('aria-disabled', 'true')
    await frame.go('look')
    await look.show('Best guesses')
    await expect(look.cards(look.right).first()).toBeVisible()
    await frame.go('export')
    await expect(exports.button('TensorFlow.js LayersModel')).not.toHaveAttribute('aria-disabled', 'true')
  })
})
