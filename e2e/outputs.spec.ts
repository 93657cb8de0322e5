import { expect, folderOf, test } from './fixtures'
import { accessibilityFaults, layoutFaults } from './support/layout'
import { openSmallData, trainOneEpoch } from './support/small-project'

test('a network with an auxiliary output: drawn, weighed, mended and trained', async ({ workbench }, testInfo) => {
  const { design, frame, page, train } = workbench
  await openSmallData(workbench, folderOf(testInfo, 'data'), 120)
  const auxiliary = (what: string) => `Auxiliary, ${what}10, 650 parameters, no problems`

  await test.step('the gallery has one, whose card tells its outputs', async () => {
    await frame.go('design')
    await frame.command('Network gallery')
    const gallery = page.getByRole('dialog', { name: 'Gallery' })
    await gallery.getByRole('option', { name: /^Small GoogLeNet/ }).click()
    await gallery.getByRole('button', { name: 'Use this network' }).click()
    await expect(design.card('Auxiliary')).toHaveAccessibleName(auxiliary('Output that tells the class, '))
  })

  await test.step('its loss is given another weight', async () => {
    await design.select('Auxiliary')
    await design.set('Weight', 0.5)
    await expect(design.inspector.getByRole('spinbutton', { name: 'Weight' })).toHaveValue('0.5')
  })

  await test.step('an end that is no output is a problem, and one click makes it one again', async () => {
    await design.inspector.getByRole('switch', { name: 'Network output' }).click()
    await expect(design.problems).toContainText(['This layer leads nowhere.'])
    await design.problems.getByRole('button', { name: 'Make it an output' }).click()
    await expect(design.problems).toHaveCount(0)
    await expect(design.inspector.getByRole('spinbutton', { name: 'Weight' })).toHaveValue('0.3')
  })

  await test.step('it looks right in both themes and languages', async () => {
    const faults: string[] = []
    for (const [theme, language] of [
      ['dark', 'ru'],
      ['light', 'en'],
    ] as const) {
      await workbench.setLooks(theme, language)
      await frame.go('design')
      await page.locator('#inspector .layer').waitFor()
      const found = [...(await layoutFaults(page)), ...(await accessibilityFaults(page))]
      if (found.length > 0 || process.env.PATCHWORK_KEEP_SCREENS)
        await page.screenshot({ path: testInfo.outputPath(`outputs-${theme}-${language}.png`) })
      faults.push(...found.map((fault) => `${theme} ${language}: ${fault}`))
    }
    expect(faults).toEqual([])
  })

  await test.step('training shows the loss of each output beside their sum', async () => {
    await trainOneEpoch(workbench)
    await expect(train.main).toBeVisible()
    if (process.env.PATCHWORK_KEEP_SCREENS) await page.screenshot({ path: testInfo.outputPath('outputs-train.png') })
  })
})
