import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import { CollectPage } from './pages/collect'
import { barsPicture, writeClassFolders } from './support/class-folders'
import { dropFiles } from './support/drop-files'
import { faultsInEveryLook } from './support/every-look'
import { recordVideo } from './support/webm'

/** Chromium's own camera and microphone, which show a clock and beep. */
test.use({ options: { switches: ['--use-fake-device-for-media-stream'] } })

test('pictures of a camera, of files and by undo become a data set, and more can be added', async ({
  workbench,
}, testInfo) => {
  const { data, page, projectFolder } = workbench
  const collect = new CollectPage(page)
  const folder = (name: string) => readdirSync(join(projectFolder, 'collected', '0001', 'samples', name))

  const asked = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (thrown: Error) => thrown.name,
    ),
  )
  expect(asked, 'no page gets the camera unasked').toBe('NotAllowedError')

  await collect.open('Pictures')
  await collect.rename('Class 1', 'open')
  await collect.rename('Class 2', 'closed')
  await expect(collect.make).toBeDisabled()
  await expect(page.getByText('There is no class'), 'no step failed').toHaveCount(0)
  await collect.class('open').getByRole('button', { name: 'Camera' }).click()
  await expect(collect.panel.getByText('Camera is on')).toBeVisible()
  for (const name of ['open', 'closed']) {
    await collect
      .class(name)
      .getByText(/samples$/)
      .click()
    for (let n = 1; n <= 3; n++) {
      await collect.panel.getByRole('button', { name: 'Take one picture' }).click()
      await expect(collect.samples(name)).toHaveCount(n)
    }
  }
  expect(folder('closed')).toEqual(['camera-0001.png', 'camera-0002.png', 'camera-0003.png'])

  await test.step('a burst goes on while the button is held', async () => {
    await collect.panel.getByRole('button', { name: 'Hold to record' }).hover()
    await page.mouse.down()
    await expect(collect.panel.getByText(/^\+[4-9]$/)).toBeVisible()
    await page.mouse.up()
    await expect(collect.panel.getByRole('button', { name: 'Hold to record' })).toBeVisible()
    await expect.poll(() => collect.samples('closed').count()).toBeGreaterThan(6)
    await collect.main.getByRole('button', { name: 'Undo' }).click()
    await expect(collect.samples('closed')).toHaveCount(3)
  })

  await test.step('what is removed comes back', async () => {
    await collect.samples('open').first().press('Delete')
    await expect(collect.samples('open')).toHaveCount(2)
    await page.keyboard.press('ControlOrMeta+Z')
    await expect(collect.samples('open')).toHaveCount(3)
  })

  await test.step('files are copied, and words left out', async () => {
    const own = writeClassFolders(testInfo.outputPath(), {
      own: { 'a.png': barsPicture(1, 20), 'b.png': barsPicture(2, 20), 'words.txt': Buffer.from('words') },
    })
    await dropFiles(
      page,
      collect.class('open'),
      ['a.png', 'b.png', 'words.txt'].map((name) => join(own, 'own', name)),
    )
    await expect(collect.samples('open')).toHaveCount(5)
    await expect(collect.main.getByText('One file was left out.')).toBeVisible()
    expect(readdirSync(join(own, 'own'))).toEqual(['a.png', 'b.png', 'words.txt'])
  })

  await test.step('a picture is pasted', async () => {
    await collect
      .class('closed')
      .getByText(/samples$/)
      .click()
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 10 })
      const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'))
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([picture ?? ''], 'image.jpg', { type: 'image/jpeg' }))
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }))
    })
    await expect(collect.samples('closed')).toHaveCount(4)
    expect(folder('closed')).toContain('pasted-0001.png')
  })

  await collect.make.click()
  await expect(data.strip).toContainText('My samples')
  await expect(data.strip).toContainText('224 × 224 × 3')
  await expect(data.strip.getByRole('row', { name: 'Files' })).toHaveText(/9\s*9\s*0$/)
  await expect(collect.panel).toBeHidden()

  await data.strip.getByRole('button', { name: 'Add samples…' }).click()
  await expect(collect.samples('open')).toHaveCount(5)
  await expect(collect.panel.getByText('Camera is on'), 'it was turned off with the view').toBeHidden()

  await test.step('it looks right in both languages and themes', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await collect.panel.getByRole('button', { name: 'Turn camera on' }).click()
    await expect(collect.panel.getByText('Camera is on')).toBeVisible()
    const faults = await faultsInEveryLook(workbench, testInfo, (look) => look('camera'))
    expect(faults).toEqual([])
  })
})

test('sounds of a microphone become a data set', async ({ workbench }) => {
  const { data, page, projectFolder } = workbench
  const collect = new CollectPage(page)
  await collect.open('Sounds')
  await collect.class('Class 1').getByRole('button', { name: 'Microphone' }).click()
  await expect(collect.panel.getByText('Microphone is on')).toBeVisible()
  await collect.panel.getByLabel('Clip length').fill('0.5')
  await collect.panel.getByLabel('Clip length').press('Enter')
  for (const n of [1, 2]) {
    await collect.panel.getByRole('button', { name: 'Record a clip' }).click()
    await expect(collect.samples('Class 1')).toHaveCount(n)
  }
  await collect
    .class('Class 2')
    .getByText(/samples$/)
    .click()
  await collect.panel.getByRole('button', { name: 'Record on and on' }).click()
  await expect.poll(() => collect.samples('Class 2').count()).toBeGreaterThan(1)
  await collect.panel.getByRole('button', { name: 'Stop recording' }).click()

  const clip = readFileSync(join(projectFolder, 'collected', '0001', 'samples', 'Class 1', 'microphone-0001.wav'))
  const rate = clip.readUInt32LE(24)
  expect(clip.length).toBe(44 + rate)
  await collect.make.click()
  await expect(data.strip).toContainText(`${(rate / 2).toLocaleString('en')} × 1`)
  await expect(data.strip).toContainText('2 classes')
})

/** Where the bright pixels of a clip's first and last frame are on average: x, y. */
function centres(file: Buffer): [[number, number], [number, number]] {
  const start = 10 + file.readUInt16LE(8)
  expect(file.toString('latin1', 10, start)).toContain("'shape': (16, 64, 64, 3)")
  const centre = (frame: number): [number, number] => {
    const bright: number[] = []
    for (let pixel = 0; pixel < 64 * 64; pixel++) {
      if ((file[start + (frame * 64 * 64 + pixel) * 3] ?? 0) > 128) bright.push(pixel)
    }
    const mean = (of: (pixel: number) => number) => bright.reduce((sum, pixel) => sum + of(pixel), 0) / bright.length
    return [mean((pixel) => pixel % 64), mean((pixel) => Math.floor(pixel / 64))]
  }
  return [centre(0), centre(15)]
}

test('videos in class folders become clips', async ({ workbench }, testInfo) => {
  const { data, page, projectFolder } = workbench
  const collect = new CollectPage(page)
  const [right, down] = [await recordVideo(page, 'right'), await recordVideo(page, 'down')]
  const folder = writeClassFolders(join(testInfo.outputPath(), 'moves'), {
    right: { 'a.webm': right, 'b.webm': right, 'cut.webm': right.subarray(0, 200) },
    down: { 'a.webm': down, 'b.webm': down },
  })
  await dropFiles(page, data.main, [folder])
  await data.failure.getByRole('button', { name: 'Convert 5 videos…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Convert videos' })
  await expect(dialog).toContainText('Classes: down, right')
  await expect(dialog.locator('figure img'), 'what the first video gives is shown').toHaveCount(6)
  await dialog.getByRole('button', { name: 'Convert 5 videos' }).click()
  await expect(dialog).toContainText('cut.webm')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(collect.samples('right')).toHaveCount(2)
  await expect(collect.samples('down')).toHaveCount(2)
  for (const way of ['right', 'down'] as const) {
    const [first, last] = centres(readFileSync(join(projectFolder, 'collected', '0001', 'samples', way, 'a-0001.npy')))
    const moved = [last[0] - first[0], last[1] - first[1]]
    expect(moved[way === 'right' ? 0 : 1], 'the square goes its way').toBeGreaterThan(20)
    expect(Math.abs(moved[way === 'right' ? 1 : 0] ?? 0), 'and no other').toBeLessThan(3)
  }

  await collect.make.click()
  await expect(data.strip).toContainText('moves')
  await expect(data.strip).toContainText('16 × 64 × 64 × 3')
})
