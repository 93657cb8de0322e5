import { mkdirSync } from 'node:fs'
import { expect, folderOf, test } from './fixtures'
import { dropFiles } from './support/drop-files'
import { writeIdxPair } from './support/idx-files'

test('with the pointer: shapes live, a layer dropped on a wire, undo and redo, problems named and mended', async ({
  workbench,
}) => {
  const { design, frame, page } = workbench
  await frame.go('design')
  await expect(design.cards.first()).toBeVisible()
  const count = await design.cards.count()

  await test.step('each card shows its shape and its parameters, live', async () => {
    const first = design.card('Convolution 2-D (1)')
    await expect(first).toHaveAccessibleName('Convolution 2-D (1), 24 × 24 × 20, 520 parameters, no problems')
    await design.select('Convolution 2-D (1)')
    await design.set('Filters', 8)
    await expect(first).toHaveAccessibleName(/24 × 24 × 8, 208 parameters/)
    await expect(design.card('Convolution 2-D (2)')).toHaveAccessibleName(/8 × 8 × 50, 10,050 parameters/)
    await design.undo()
    await expect(first).toHaveAccessibleName(/24 × 24 × 20, 520 parameters/)
  })

  await test.step('a layer dropped on a wire goes in between; undo and redo take it out and in', async () => {
    await design.dragOntoWire('Activation', 'Max pooling 2-D (2)', 'Flatten')
    await expect(design.card('Activation')).toHaveAccessibleName('Activation, 4 × 4 × 50, 0 parameters, no problems')
    await expect(design.wire('Max pooling 2-D (2)', 'Activation')).toHaveCount(1)
    await expect(design.wire('Activation', 'Flatten')).toHaveCount(1)
    await expect(design.wire('Max pooling 2-D (2)', 'Flatten')).toHaveCount(0)
    await design.undo()
    await expect(design.card('Activation')).toHaveCount(0)
    await expect(design.wire('Max pooling 2-D (2)', 'Flatten')).toHaveCount(1)
    await design.redo()
    await expect(design.wire('Activation', 'Flatten')).toHaveCount(1)
    await page.keyboard.press('ControlOrMeta+Z')
    await expect(design.cards).toHaveCount(count)
  })

  await test.step('a double click on a wire asks what goes in between', async () => {
    await design.typeOntoWire('activation', 'Max pooling 2-D (2)', 'Flatten')
    await expect(design.card('Activation')).toHaveAttribute('aria-pressed', 'true')
    await expect(design.wire('Activation', 'Flatten')).toHaveCount(1)
    await design.undo()
    await expect(design.cards).toHaveCount(count)
  })

  await test.step('several wires are joined in one layer, one of them led round another layer', async () => {
    await design.dragOntoWire('Activation', 'Max pooling 2-D (2)', 'Flatten')
    await design.dragOntoWire('Add', 'Activation', 'Flatten')
    await frame.expectMark('design', 'problem')
    await expect(design.problems.first()).toContainText('This layer needs 2 wires or more; it has 1.')
    await design.drawWire('Max pooling 2-D (2)', 'Add', 1)
    await frame.expectMark('design', 'done')
    await expect(design.card('Add')).toHaveAccessibleName('Add, 4 × 4 × 50, 0 parameters, no problems')
    for (let step = 0; step < 3; step++) await design.undo()
    await expect(design.cards).toHaveCount(count)
  })

  await test.step('a setting that does not fit is named on its layer, with why', async () => {
    await design.select('Convolution 2-D (1)')
    await design.set('Kernel, height', 64)
    await frame.expectMark('design', 'problem')
    await expect(design.problems.first()).toContainText(/kernel of 64 × \d+ does not fit into an input of 28 × 28/)
    await expect(design.card('Convolution 2-D (1)')).toHaveAccessibleName(/one problem/)
    await design.undo()
    await frame.expectMark('design', 'done')
  })

  await test.step('a network that is cut names the culprit, and one click mends it', async () => {
    await design.select('Flatten')
    await page.keyboard.press('Delete')
    await expect(design.cards).toHaveCount(count - 1)
    await frame.expectMark('design', 'problem')
    await frame.status.getByRole('button', { name: /problem/ }).click()
    await design.problems.first().getByRole('button').last().click()
    await frame.expectMark('design', 'done')
    await expect(design.card('Flatten')).toHaveCount(1)
  })
})

test('with the keyboard alone: a network is built from nothing, trained and exported', async ({
  workbench,
}, testInfo) => {
  const { data, design, frame, page, train } = workbench
  const exported = folderOf(testInfo, 'exported')
  mkdirSync(exported, { recursive: true })
  await workbench.answerDialogs([exported])
  await dropFiles(page, data.main, writeIdxPair(folderOf(testInfo, 'own'), 'bars', { count: 400 }))
  await expect(data.strip).toContainText('4 classes')

  await page.keyboard.press('ControlOrMeta+2')
  await expect(design.cards.first()).toBeVisible()
  await design.canvas.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await expect(design.cards).toHaveCount(0)

  for (const layer of ['Input', 'Flatten', 'Dense']) {
    await page.keyboard.press('ControlOrMeta+K')
    await page.keyboard.type(layer)
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(layer)
    await page.keyboard.press('Enter')
    await expect(design.card(layer)).toHaveCount(1)
  }
  await expect(design.wire('Input', 'Flatten')).toHaveCount(1)
  await expect(design.wire('Flatten', 'Dense')).toHaveCount(1)

  await test.step('problems are found from the status line and mended in the inspector', async () => {
    while ((await frame.markOf('design')) === 'problem') {
      await frame.status.getByRole('button', { name: /problem/ }).focus()
      await page.keyboard.press('Enter')
      const problem = await design.problems.first().innerText()
      await design.problems.first().getByRole('button').last().focus()
      await page.keyboard.press('Enter')
      await expect(design.problems.filter({ hasText: problem })).toHaveCount(0)
    }
    await frame.expectMark('design', 'done')
  })

  await page.keyboard.press('ControlOrMeta+3')
  await expect(train.control('Start training')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+R')
  await train.expectState(1, 'Finished')

  await page.keyboard.press('ControlOrMeta+5')
  await workbench.export.button('TensorFlow.js LayersModel').focus()
  await page.keyboard.press('Enter')
  await expect(workbench.export.formats.getByText(/max difference .* on 10 samples/)).toBeVisible({ timeout: 60_000 })
  await expect(workbench.export.files.filter({ hasText: 'model.json' })).toHaveCount(1)
})

test('Enter takes what was typed, although the list grew shorter under a resting pointer', async ({ workbench }) => {
  const { design, frame, page } = workbench
  await frame.go('design')
  await design.isDrawn()
  const cards = await design.cards.count()
  const list = page.getByRole('listbox').last()

  await page.keyboard.press('ControlOrMeta+K')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('convolution')
  // The lower edge of the list: that is still the list when its options are others, and then is not.
  const box = await list.boundingBox()
  if (!box) throw new Error('There is no list')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 2, { steps: 3 })
  await page.keyboard.type(' 3')
  await expect.poll(async () => (await list.boundingBox())?.height).toBeLessThan(box.height - 20)
  // Some frames on, the browser has noticed that the pointer is over something else now.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  await page.keyboard.press('Enter')
  await expect(design.cards).toHaveCount(cards + 1)
})
