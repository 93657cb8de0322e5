import { expect, test } from './fixtures'

test('with the pointer alone: two towers with one link across are drawn from nothing and trained', async ({
  workbench,
}) => {
  test.setTimeout(600_000)
  const { data, design, frame, page, train } = workbench
  await data.sampleSet('MNIST handwritten digits').click()
  await expect(data.part('Training')).toContainText('60,000', { timeout: 60_000 })
  await frame.go('design')
  await design.isDrawn()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await expect(design.cards).toHaveCount(0)
  // Room for eight cards one below the other.
  await zoomOut(3)

  const canvas = await design.canvas.boundingBox()
  if (!canvas) throw new Error('There is no canvas')
  const [centre, top, column] = [canvas.x + canvas.width / 2, canvas.y + 60, 90]
  const conv = (n: number) => `Convolution 2-D (${n})`
  const pool = (n: number) => `Max pooling 2-D (${n})`

  await test.step('an input, and two layers that both take it', async () => {
    await design.dragTo('Input', { x: centre, y: top })
    await design.dragTo('Convolution 2-D', { x: centre - column, y: top + 60 })
    await design.set('Filters', 4)
    await design.dragTo('Convolution 2-D', { x: centre + column, y: top + 60 })
    await design.set('Filters', 4)
    for (const n of [1, 2]) await design.drawWire('Input', conv(n), 0)
    await design.dragBelow('Max pooling 2-D', conv(1))
    await design.dragBelow('Max pooling 2-D', conv(2))
    await expect(design.wire(conv(1), pool(1))).toHaveCount(1)
    await expect(design.wire(conv(2), pool(2))).toHaveCount(1)
  })

  await test.step('the left tower sees the right one at one place, and not the other way round', async () => {
    await design.dragBelow('Concatenate', pool(1))
    await design.drawWire(pool(2), 'Concatenate', 1)
    await design.dragBelow('Convolution 2-D', 'Concatenate')
    await design.set('Filters', 6)
    const left = await design.card(conv(3)).boundingBox()
    await design.dragTo('Convolution 2-D', { x: centre + column, y: (left?.y ?? 0) + (left?.height ?? 0) / 2 })
    await design.set('Filters', 6)
    await design.drawWire(pool(2), conv(4), 0)
    await expect(design.wire('Concatenate', conv(3))).toHaveCount(1)
    await expect(design.wire(pool(1), conv(4))).toHaveCount(0)
  })

  await test.step('they are joined, and a last layer tells the classes', async () => {
    await design.dragBelow('Concatenate', conv(3))
    await design.drawWire(conv(4), 'Concatenate (2)', 1)
    await design.dragBelow('Flatten', 'Concatenate (2)')
    await design.dragBelow('Dense', 'Flatten')
    while ((await frame.markOf('design')) === 'problem') {
      const problem = await design.problems.first().innerText()
      await design.problems.first().getByRole('button').last().click()
      await expect(design.problems.filter({ hasText: problem })).toHaveCount(0)
    }
    await frame.expectMark('design', 'done')
  })

  await test.step('each card says what it puts out, and the footer how many parameters there are', async () => {
    for (const [name, facts] of [
      ['Input', '28 × 28 × 1, 0 parameters'],
      [conv(1), '26 × 26 × 4, 40 parameters'],
      [conv(2), '26 × 26 × 4, 40 parameters'],
      [pool(1), '13 × 13 × 4, 0 parameters'],
      [pool(2), '13 × 13 × 4, 0 parameters'],
      ['Concatenate (1)', '13 × 13 × 8, 0 parameters'],
      // 3 × 3 × 8 × 6 + 6 with the link across, 3 × 3 × 4 × 6 + 6 without one.
      [conv(3), '11 × 11 × 6, 438 parameters'],
      [conv(4), '11 × 11 × 6, 222 parameters'],
      ['Concatenate (2)', '11 × 11 × 12, 0 parameters'],
      ['Flatten', '1,452, 0 parameters'],
      ['Dense', '10, 14,530 parameters'],
    ] as const) {
      await expect(design.card(name)).toHaveAccessibleName(`${name}, ${facts}, no problems`)
    }
    await expect(design.canvas.locator('.vue-flow__edge')).toHaveCount(12)
    await expect(design.main.getByText('15,270 parameters')).toBeVisible()
  })

  await test.step('an epoch teaches it the digits', async () => {
    await frame.go('train')
    await train.set('Epochs', 1)
    await train.control('Start training').click()
    await train.expectState(1, 'Finished', 400_000)
    const accuracy = Number(/^test ([\d.]+)%/.exec(await train.result())?.[1])
    expect(accuracy).toBeGreaterThan(90)
  })

  async function zoomOut(steps: number): Promise<void> {
    const zoom = design.tools.getByRole('button', { name: 'Zoom out' })
    for (let n = 0; n < steps; n++) {
      await zoom.click()
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
    }
  }
})
