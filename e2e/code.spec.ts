import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures'

const input = { class_name: 'InputLayer', config: { name: 'input_layer', batch_shape: [null, 28, 28, 1] } }

/** A model as Keras writes it, with one layer of a class behind its input and a dense one at its end. */
function model(className: string): string {
  const layers = [
    input,
    { class_name: className, config: { name: 'middle' } },
    { class_name: 'Dense', config: { name: 'dense', units: 10, activation: 'softmax' } },
  ]
  return JSON.stringify({ class_name: 'Sequential', config: { name: 'it', layers } })
}

test('the code follows the canvas, leads back to its layers, and is saved', async ({ workbench }, testInfo) => {
  const { app, design, frame, page } = workbench
  await frame.go('design')
  await design.isDrawn()
  await page.getByRole('button', { name: 'Show the code' }).click()
  const panel = page.getByRole('region', { name: 'Code' })
  const line = (text: string) => panel.locator('.code__line', { hasText: text })
  await expect(line('layers.Conv2D(filters=20, kernel_size=(5, 5), activation="relu"),')).toBeVisible()

  await test.step('a line selects its layer, whose settings the code follows', async () => {
    await line('filters=20').click()
    await expect(design.card('Convolution 2-D (1)')).toHaveAttribute('aria-pressed', 'true')
    await expect(line('filters=20')).toHaveClass(/code__line--chosen/)
    await design.set('Filters', 21)
    await expect(line('filters=21')).toBeVisible()
  })

  await test.step('it is TypeScript on the other tab', async () => {
    await panel.getByRole('tab', { name: 'TensorFlow.js' }).click()
    await expect(line("tf.layers.conv2d({ filters: 21, kernelSize: [5, 5], activation: 'relu' }),")).toBeVisible()
  })

  await test.step('it is saved where the person wants it', async () => {
    const path = testInfo.outputPath('network.ts')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await panel.getByRole('button', { name: 'Save…' }).click()
    await expect(page.getByText(`The code was saved as ${path}.`)).toBeVisible()
    expect(readFileSync(path, 'utf8')).toMatch(/^import \* as tf from '@tensorflow\/tfjs'\n[^]*filters: 21[^]*\}\)\n$/)
  })
})

test('a model of Keras is pasted as a network; one that cannot be read is named layer by layer', async ({
  workbench,
}) => {
  const { app, design, frame, page } = workbench
  const clip = (text: string) => app.evaluate(({ clipboard }, content) => clipboard.writeText(content), text)
  await frame.go('design')
  await design.isDrawn()
  const count = await design.cards.count()

  await clip(model('Flatten'))
  await design.canvas.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(design.cards).toHaveCount(3)
  await expect(design.card('middle')).toHaveAccessibleName('middle, 784, 0 parameters, no problems')
  await design.undo()
  await expect(design.cards).toHaveCount(count)

  await clip(model('Quantum'))
  await page.keyboard.press('ControlOrMeta+V')
  const dialog = page.getByRole('dialog', { name: 'Network from code' })
  await expect(dialog).toContainText('One layer cannot be read.')
  await expect(dialog).toContainText('middle: there is no layer here that does what Quantum does.')
  await dialog.getByRole('textbox').fill(model('Flatten'))
  await dialog.getByRole('button', { name: 'Make the network' }).click()
  await expect(design.cards).toHaveCount(3)
})
