import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, folderOf, test } from './fixtures'
import { dropFiles } from './support/drop-files'
import { writeIdxPair } from './support/idx-files'

test('an own pair of files is opened by dropping it, and is there again at the next start', async ({
  launch,
}, testInfo) => {
  const first = await launch()
  const { data, frame, page } = first
  const paths = writeIdxPair(folderOf(testInfo, 'own'), 'bars', { count: 400 })
  await dropFiles(page, data.main, paths)
  await expect(data.strip).toContainText('12 × 12 × 1')
  await expect(data.strip).toContainText('4 classes')
  // 15 % are set aside for the test, as many of each class.
  await expect(data.part('Training')).toContainText('340')
  await expect(data.part('Test')).toContainText('60')
  await expect(data.classBars('Training')).toHaveCount(4)
  await expect(data.classBars('Training').first()).toHaveAccessibleName('Class 0: 85 samples, 25.0%')

  await data.grid.getByRole('option').first().click()
  await expect(frame.inspector).toContainText('12 × 12 × 1')
  await data.classBars('Training').nth(2).click()
  await expect(data.main.getByText('85 samples', { exact: true })).toBeVisible()
  await expect(frame.status).toContainText('problem')

  await expect
    .poll(() => readFileSync(join(first.projectFolder, 'project.json'), 'utf8'), { message: 'the project is saved' })
    .toContain('bars-images-idx3-ubyte')
  await first.close()
  const second = await launch()
  await expect(second.data.strip).toContainText('4 classes')
})

test('files that are wrong are named with what to do, and nothing that was open is lost', async ({
  workbench,
}, testInfo) => {
  const { data, frame, page } = workbench
  const folder = (name: string) => folderOf(testInfo, name)

  await test.step('a file that is something else', async () => {
    const notes = join(testInfo.outputPath(), 'notes.txt')
    writeFileSync(notes, 'These are only words.')
    await dropFiles(page, data.main, [notes])
    await expect(data.failure).toContainText(/Nothing here can be read as a picture.*notes\.txt/)
    await expect(data.sampleSet('MNIST handwritten digits')).toBeVisible()
  })

  await dropFiles(page, data.main, writeIdxPair(folder('good'), 'good', { count: 80 }))
  await expect(data.strip).toContainText('4 classes')
  await expect(data.failure).toBeHidden()

  const [alone = ''] = writeIdxPair(folder('alone'), 'bad', { count: 60 })
  const wrong = [
    [
      'a wrong magic number',
      writeIdxPair(folder('magic'), 'bad', { count: 60, magic: 0x89504e47 }),
      /Nothing here can be read/,
    ],
    ['a truncated file', writeIdxPair(folder('cut'), 'bad', { count: 60, cut: 1000 }), /promises 8,?640 bytes/],
    [
      'a count that differs',
      writeIdxPair(folder('count'), 'bad', { count: 60, labels: 59 }),
      /60 pictures, .* 59 labels/,
    ],
    ['pictures without labels', [alone], /no file of labels came with it/],
  ] as const
  for (const [name, paths, message] of wrong) {
    await test.step(name, async () => {
      await dropFiles(page, data.main, paths)
      await expect(data.failure).toContainText(message)
      await expect(data.failure).toContainText('bad-images-idx3-ubyte')
      await expect(data.failure).toContainText(/Choose|Download/)
      await expect(data.strip).toContainText('4 classes')
      await expect(data.grid.getByRole('option').first()).toBeVisible()
      await frame.expectMark('data', 'problem')
      await data.failure.getByRole('button', { name: 'Close' }).click()
      await expect(data.failure).toBeHidden()
      await frame.expectMark('data', 'done')
    })
  }
})
