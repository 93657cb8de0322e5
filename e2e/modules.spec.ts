import { expect, folderOf, test } from './fixtures'
import { dropFiles } from './support/drop-files'
import { writeIdxPair } from './support/idx-files'

test('layers become module A, which opens, closes, is used twice with the same weights, and trains', async ({
  workbench,
}, testInfo) => {
  const { data, design, frame, page, train } = workbench
  await dropFiles(page, data.main, writeIdxPair(folderOf(testInfo, 'own'), 'bars', { count: 400 }))
  await expect(data.strip).toContainText('4 classes')
  await frame.go('design')
  await design.isDrawn()
  const count = await design.cards.count()
  const total = design.main.locator('.canvas-footer').getByText(/parameters$/)

  await test.step('two layers are chosen and become one card, named A', async () => {
    await design.select('Convolution 2-D (2)')
    await design.set('Filters', 20)
    await design.set('Kernel, height', 1)
    await design.card('Max pooling 2-D (2)').click({ modifiers: ['Shift'] })
    await design.inspector.getByRole('button', { name: /^Make module A/ }).click()
    await expect(design.cards).toHaveCount(count - 1)
    await expect(design.card('module A')).toHaveAccessibleName(
      'module A, closed, 2 layers, 2 × 2 × 20, 420 parameters, no problems',
    )
    await expect(design.wire('Max pooling 2-D (1)', 'A')).toHaveCount(1)
    await expect(design.wire('A', 'Flatten')).toHaveCount(1)
    await frame.expectMark('design', 'done')
  })

  await test.step('it opens to show its layers in a frame, and closes again', async () => {
    await design.card('module A').dblclick()
    await expect(design.cards).toHaveCount(count)
    const opened = design.canvas.getByRole('group', { name: /^module A, open, 2 layers/ })
    await expect(opened).toBeVisible()
    await expect(design.wire('Convolution 2-D (2)', 'Max pooling 2-D (2)')).toHaveCount(1)
    await opened.getByRole('button', { name: 'Close module A' }).click()
    await expect(design.cards).toHaveCount(count - 1)
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(design.cards).toHaveCount(count)
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(design.card('module A')).toHaveCount(1)
  })

  await test.step('a second use out of the palette has the same weights', async () => {
    const before = Number((await total.innerText()).replace(/\D/g, ''))
    await design.dragItem('A', await design.placeOnWire('A', 'Flatten'))
    const ask = design.canvas.getByRole('combobox', { name: 'Whose weights has this use of A?' })
    await expect(ask).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(design.card('module A (2)')).toHaveAccessibleName(/^module A \(2\), closed, 2 layers, 1 × 1 × 20, /)
    await expect(design.wire('A (1)', 'A (2)')).toHaveCount(1)
    await expect(design.inspector.getByText('same weights', { exact: true })).toBeVisible()
    await frame.expectMark('design', 'done')
    // The first dense layer reads 20 values in place of 80, and the weights of A count once.
    await expect(total).toHaveText(`${(before - 60 * 500).toLocaleString('en')} parameters`)
  })

  await test.step('undo takes the use away again, redo brings it back', async () => {
    await design.undo()
    await expect(design.card('module A (2)')).toHaveCount(0)
    await expect(design.wire('A', 'Flatten')).toHaveCount(1)
    await design.redo()
    await expect(design.card('module A (2)')).toHaveCount(1)
  })

  await test.step('the outline shows modules as branches', async () => {
    await design.main.getByRole('radio', { name: 'Outline' }).click()
    const branch = design.outline.getByRole('treeitem', { name: /^module A \(1\)/ })
    await expect(branch).toHaveAttribute('aria-expanded', 'false')
    await branch.click()
    await page.keyboard.press('ArrowRight')
    await expect(branch).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('ArrowRight')
    await expect(design.outline.getByRole('treeitem', { name: /^Convolution 2-D \(2\)/ })).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect(branch).toHaveAttribute('aria-expanded', 'false')
    await design.main.getByRole('radio', { name: 'Layers' }).click()
  })

  await test.step('it trains', async () => {
    await frame.go('train')
    await train.set('Epochs', 1)
    await train.control('Start training').click()
    await train.expectState(1, 'Finished')
  })

  await test.step('a module is kept for other projects, and is there in a new one', async () => {
    await frame.go('design')
    await design.select('module A (1)')
    await design.inspector.getByRole('button', { name: 'Keep for other projects' }).click()
    await expect(page.getByText('Module “A” is kept for other projects.')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+N')
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await frame.go('design')
    await expect(design.kind('A')).toHaveAccessibleName(
      /^A\. Kept for all projects: Convolution 2-D, Max pooling 2-D\./,
    )
  })
})
