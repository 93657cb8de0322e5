import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, folderOf, test } from './fixtures'
import { openSmallData } from './support/small-project'

/** As much of a run's record as is looked at here. */
interface Recorded {
  readonly settings: { readonly augmentation: { readonly steps: { kind: string; values: Record<string, unknown> }[] } }
}

/** The colours of each sample that is shown, row by row: the original first, then one for each epoch. */
async function pictures(rows: Locator): Promise<string[][]> {
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())),
  )
}

test('augmentation is set while its result is watched, and the run that trains with it says so', async ({
  workbench,
}, testInfo) => {
  const { frame, page, train } = workbench
  await openSmallData(workbench, folderOf(testInfo, 'own'), 400)
  await frame.go('train')
  const section = page.getByRole('region', { name: 'Augmentation' })
  const rows = section
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.locator('canvas') })

  await test.step('nothing is done to samples at first', async () => {
    await train.main.getByRole('button', { name: 'Change…' }).click()
    await expect(rows).toHaveCount(6)
    expect((await pictures(rows)).every((row) => row.length === 1)).toBe(true)
  })

  await test.step('the usual choice shows what four epochs would see, and sliders change it', async () => {
    const originals = (await pictures(rows)).map(([original]) => original)
    await section.getByRole('button', { name: 'Usual for pictures' }).click()
    await expect(section.getByRole('columnheader')).toHaveText(['Original', 'Epoch 1', 'Epoch 2', 'Epoch 3', 'Epoch 4'])
    const mild = await pictures(rows)
    expect(mild.map(([original]) => original)).toEqual(originals)
    expect(mild.every(([original, ...drawn]) => drawn.every((one) => one !== original))).toBe(true)
    const angle = section.getByRole('spinbutton', { name: 'Angle' })
    await angle.fill('90')
    await angle.press('Enter')
    await expect(section.getByText('Make sure that a sample turned so far still shows the same class.')).toBeVisible()
    await expect.poll(async () => (await pictures(rows))[0]?.[1]).not.toBe(mild[0]?.[1])
  })

  await test.step('another seed draws the same samples anew', async () => {
    const before = await pictures(rows)
    await section.getByRole('button', { name: 'Again' }).click()
    await expect(section.getByText('seed 2')).toBeVisible()
    await expect.poll(async () => (await pictures(rows))[0]?.[1]).not.toBe(before[0]?.[1])
    expect((await pictures(rows)).map(([original]) => original)).toEqual(before.map(([original]) => original))
  })

  await test.step('what is added and switched off is what the next run does', async () => {
    await section.getByRole('button', { name: 'Add…' }).click()
    await page.getByRole('menuitem', { name: 'Flip sideways' }).click()
    await section.getByRole('switch', { name: 'Brightness: on' }).click()
    await train.main.getByRole('button', { name: 'Close', exact: true }).click()
    await train.set('Epochs', 1)
    await train.control('Start training').click()
    await train.expectState(1, 'Finished')
    await expect(page.locator('#inspector').getByText('90°')).toBeVisible()
    const [folder = ''] = workbench.runFolders
    const { steps } = (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Recorded).settings.augmentation
    expect(steps.map(({ kind }) => kind).sort()).toEqual(['contrast', 'flip', 'rotation', 'shift', 'zoom'])
    expect(steps.find(({ kind }) => kind === 'rotation')?.values).toEqual({ degrees: 90 })
  })
})
