import { expect, folderOf, test } from './fixtures'
import { writeLargeProject } from './support/large-project'
import { accessibilityFaults, layoutFaults } from './support/layout'
import { openSmallData, trainOneEpoch } from './support/small-project'

test('layers go as text from one program into another', async ({ workbench, launch }, testInfo) => {
  const other = await launch({ userData: folderOf(testInfo, 'other') })
  for (const { design, frame } of [workbench, other]) {
    await frame.go('design')
    await design.isDrawn()
  }
  const count = await other.design.cards.count()
  await workbench.design.select('Convolution 2-D (1)')
  await workbench.design.set('Filters', 7)
  await workbench.design.select('Convolution 2-D (1)')
  await workbench.design.card('Max pooling 2-D (1)').click({ modifiers: ['Shift'] })

  await test.step('copied there, pasted here, with their wire and their settings', async () => {
    await workbench.page.keyboard.press('ControlOrMeta+C')
    const text = () => other.app.evaluate(({ clipboard }) => clipboard.readText())
    await expect.poll(text).toContain('"filters": 7')
    await other.design.canvas.focus()
    await other.page.keyboard.press('ControlOrMeta+V')
    await expect(other.design.cards).toHaveCount(count + 2)
    await expect(other.design.wire('Convolution 2-D (3)', 'Max pooling 2-D (3)')).toHaveCount(1)
    await other.design.select('Convolution 2-D (3)')
    await expect(other.design.inspector.getByRole('spinbutton', { name: 'Filters', exact: true })).toHaveValue('7')
  })

  await test.step('cut there, the wire heals; pasted once more', async () => {
    await workbench.page.keyboard.press('ControlOrMeta+X')
    await expect(workbench.design.wire('Input', 'Convolution 2-D')).toHaveCount(1)
    await other.design.canvas.focus()
    await other.page.keyboard.press('ControlOrMeta+V')
    await expect(other.design.cards).toHaveCount(count + 4)
  })

  await test.step('any other text changes nothing', async () => {
    await other.app.evaluate(({ clipboard }) => clipboard.writeText('{"nodes": 1}'))
    await other.page.keyboard.press('ControlOrMeta+V')
    await expect(other.design.cards).toHaveCount(count + 4)
  })
})

test('each layer shows what it puts out: with first weights, and then with those that a run has trained', async ({
  workbench,
}, testInfo) => {
  const { design, frame, page } = workbench
  await openSmallData(workbench, folderOf(testInfo, 'own'), 400)
  await frame.go('design')
  await design.isDrawn()
  await design.tools.getByRole('button', { name: 'Show what each layer puts out' }).click()
  const bar = design.canvas.getByRole('group', { name: /^The sample/ })
  const strips = design.canvas.locator('.preview')
  await expect(strips).toHaveCount(await design.cards.count())
  await expect(bar).toContainText('untrained')
  const before = await pictures()

  await test.step('another sample gives other pictures', async () => {
    await bar.getByRole('button', { name: 'Next test sample' }).click()
    await expect(bar.getByRole('spinbutton')).toHaveValue('2')
    await expect.poll(pictures).not.toEqual(before)
  })

  await test.step('an edit is followed; what comes behind a cut is left out', async () => {
    await design.select('Max pooling 2-D (2)')
    await design.set('Window, height', 20)
    await expect(strips).toHaveCount(4)
    await design.undo()
    await expect(strips).toHaveCount(await design.cards.count())
  })

  await test.step('once the network is trained its weights are used', async () => {
    await trainOneEpoch(workbench)
    await frame.go('design')
    await expect(bar).toContainText('run 1')
    await expect(strips).toHaveCount(await design.cards.count())
    await design.select('Convolution 2-D (1)')
    await design.set('Filters', 5)
    await expect(bar).toContainText('untrained')
    await expect(strips.nth(1)).toHaveAttribute('title', /^Output: 5 of 5 channels/)
  })

  function pictures(): Promise<string[]> {
    return page
      .locator('.preview canvas')
      .evaluateAll((all) => all.map((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : '')))
  }
})

test('placing thousands of layers is given up, and its thread ends', async ({ launch }, testInfo) => {
  const userData = folderOf(testInfo, 'user-data')
  writeLargeProject(userData)
  const { design, frame, page } = await launch({ userData })
  await frame.go('design')
  await expect(design.canvas.locator('.far')).toBeVisible()
  await design.tools.getByRole('button', { name: 'Tidy up: place all layers in order' }).click()
  const busy = design.canvas.getByRole('status').filter({ hasText: 'Placing 4,952 layers' })
  await expect(busy).toBeVisible()
  expect(page.workers()).toHaveLength(1)
  await busy.getByRole('button', { name: 'Cancel' }).click()
  await expect(busy).toHaveCount(0)
  await expect.poll(() => page.workers().length).toBe(0)
  await expect(design.tools.getByRole('button', { name: 'Nothing to undo' })).toHaveAttribute('aria-disabled', 'true')
})

test('a large network is found on the map, with no more cards than are on screen', async ({ launch }, testInfo) => {
  const userData = folderOf(testInfo, 'user-data')
  writeLargeProject(userData)
  const { design, frame, page } = await launch({ userData })
  await frame.go('design')
  await expect(design.canvas.locator('.far')).toBeVisible()
  await design.tools.getByRole('button', { name: 'Show the overview' }).click()
  const map = design.canvas.getByRole('img', { name: 'Overview of the network' })
  await expect(map).toBeVisible()
  await design.tools.getByRole('button', { name: 'Actual size' }).click()
  await expect.poll(() => design.cards.count()).toBeGreaterThan(0)
  const before = await names()
  const box = await map.boundingBox()
  if (!box) throw new Error('There is no map')
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height - 30)
  await expect.poll(names).not.toEqual(before)
  const count = await design.cards.count()
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThan(200)

  function names(): Promise<(string | null)[]> {
    return design.cards.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')))
  }
})

test('outputs, code, networks from code and a comparison look right and can be told by their names', async ({
  workbench,
}, testInfo) => {
  test.setTimeout(300_000)
  const { design, frame, page } = workbench
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await frame.command('New project')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await frame.command('Network gallery')
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /^LeNet/ })
    .click()
  await page.getByRole('button', { name: 'Use this network' }).click()
  await design.isDrawn()
  await frame.go('data')
  await openSmallData(workbench, folderOf(testInfo, 'own'), 200)
  await frame.go('design')
  await design.select('Convolution 2-D (1)')
  await design.set('Filters', 8)
  await design.canvas.focus()
  await page.keyboard.press('Escape')
  await design.inspector.getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('menuitem').first().click()
  await expect(design.inspector.getByText(/^Compared with/)).toBeVisible()

  const faults: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['en', 'ru'] as const) {
      await workbench.setLooks(theme, language)
      for (const [what, command, part] of [
        ['outputs', 'Show or hide what the layers put out', '.preview'],
        ['code', 'Show or hide the code', '.code__line'],
      ] as const) {
        await frame.command(command)
        await expect(page.locator(part).first()).toBeVisible()
        await look(`${what}-${theme}-${language}`, language === 'en')
        await frame.command(command)
        await expect(page.locator(part)).toHaveCount(0)
      }
      await frame.command('Network from code')
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible()
      await look(`read-${theme}-${language}`, language === 'en')
      await page.keyboard.press('Escape')
    }
  }
  expect(faults).toEqual([])

  async function look(screen: string, thoroughly: boolean): Promise<void> {
    const found = [...(await layoutFaults(page)), ...(thoroughly ? await accessibilityFaults(page) : [])]
    if (found.length > 0 || process.env.PATCHWORK_KEEP_SCREENS)
      await page.screenshot({ path: testInfo.outputPath(`${screen}.png`) })
    faults.push(...found.map((fault) => `${screen}: ${fault}`))
  }
})
