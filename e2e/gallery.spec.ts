import { expect, test } from './fixtures'
import { faultsInEveryLook, type Look } from './support/every-look'

test('the gallery: from the palette to a network on the canvas, and back by undo', async ({ workbench }) => {
  const { design, frame, page } = workbench
  await frame.go('design')
  await design.isDrawn()
  const before = await design.cards.count()
  const gallery = page.getByRole('dialog', { name: 'Gallery' })

  await test.step('the command palette opens it, from wherever one is', async () => {
    await frame.go('train')
    await frame.command('Network gallery')
    await expect(gallery).toBeVisible()
  })

  await test.step('a network is chosen, and stands on the canvas', async () => {
    await gallery.getByRole('option', { name: /^AlexNet, two towers/ }).click()
    await expect(gallery.getByRole('heading', { name: 'AlexNet, two towers' })).toBeVisible()
    await expect(gallery.getByText('60,965,224', { exact: true })).toBeVisible()
    await gallery.getByRole('button', { name: 'Use this network' }).click()
    await expect(gallery).toBeHidden()
    await expect(design.main).toBeVisible()
    await expect(design.card('Conv 5 b')).toHaveAccessibleName(
      'Conv 5 b, 13 × 13 × 128, 221,312 parameters, no problems',
    )
    await expect(design.wire('Conv 4 b', 'Conv 5 b')).toHaveCount(1)
    await expect(design.wire('Conv 4 a', 'Conv 5 b')).toHaveCount(0)
    // One goes on with the keys right there.
    await expect(design.canvas).toBeFocused()
  })

  await test.step('undo brings back what was there', async () => {
    await design.undo()
    await expect(design.cards).toHaveCount(before)
  })
})

test('the gallery looks right in both languages, both themes, a small and a large window', async ({
  workbench,
}, testInfo) => {
  const { frame, page } = workbench
  await page.emulateMedia({ reducedMotion: 'reduce' })
  async function visit(look: Look): Promise<void> {
    await frame.command('Network gallery')
    for (const name of ['audio-pooling', 'alexnet-towers', 'resnet-18']) {
      await page.getByRole('dialog').locator(`[data-template="${name}"]`).click()
      await look(`gallery-${name}`)
    }
    await page.keyboard.press('Escape')
  }
  const faults = await faultsInEveryLook(workbench, testInfo, visit, { width: 1440, height: 900 })
  expect(faults).toEqual([])
})
