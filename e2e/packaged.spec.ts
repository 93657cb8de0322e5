import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { predictWithExport } from './support/exported-model'
import { barPicture } from './support/idx-files'
import { root } from './support/provisioned'
import { openSmallData, trainOneEpoch } from './support/small-project'

const executable = join(root, 'dist', 'linux-unpacked', 'patchwork')

test.skip(!existsSync(executable), 'There is no packaged program: npm run package -- --dir makes one')

test('the packaged program starts, trains and exports', async ({ launch }, testInfo) => {
  const workbench = await launch({ executable })
  expect(await workbench.app.evaluate(({ app }) => app.isPackaged)).toBe(true)
  await openSmallData(workbench, folderOf(testInfo, 'own'), 2000)
  await trainOneEpoch(workbench)

  const folder = folderOf(testInfo, 'taken-away')
  mkdirSync(folder, { recursive: true })
  await workbench.answerDialogs([folder])
  await workbench.frame.go('export')
  await workbench.export.button('TensorFlow.js LayersModel').click()
  await expect(workbench.export.formats).toContainText(/max difference .* on 10 samples/, { timeout: 60_000 })
  const model = await workbench.export.made.getByText(folder).innerText()
  const answers = await predictWithExport(model, barPicture(3, { side: 28, classes: 10 }))
  expect(Object.values(answers).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4)
  expect(Math.max(...Object.values(answers))).toBe(answers['3'])
})

test('the packaged program opens the sets that ship with it', async ({ launch }) => {
  const workbench = await launch({ executable })
  const { data, frame } = workbench
  await frame.go('data')
  for (const [name, kind] of [
    ['Speech or not', '8,000 × 1 values · 2 classes'],
    ['Adrenal glands in 3-D', '28 × 28 × 28 × 1 values · 2 classes'],
  ] as const) {
    await data.sampleSet(name).click()
    await expect(data.strip).toContainText(name, { timeout: 60_000 })
    await expect(data.strip).toContainText(kind)
    await data.strip.getByRole('button', { name: 'Close this data set' }).click()
  }
})
