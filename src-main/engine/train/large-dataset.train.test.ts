import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { DatasetCache } from '../data/dataset-cache'
import { StoredWriter } from '../data/store/stored-writer'
import { seededRandom } from '../random'
import { temporaryFolder } from '../testing/idx-files'
import { settings } from '../testing/networks'
import { beginRun } from './run'
import { Trials } from './trials'

const count = 100_000
const shape = [64, 64, 3]
const size = 64 * 64 * 3
const classes = ['dark', 'bright', 'left', 'right']
const growthLimit = 300 * 2 ** 20

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

/** A picture whose class shows in its brightness, the whole or half of it; `noise` is longer than a picture. */
function paint(picture: Uint8Array, noise: Uint8Array, n: number): number {
  const label = n % classes.length
  picture.set(noise.subarray((n * 61) % (noise.length - size)).subarray(0, size))
  const row = 64 * 3
  for (let y = 0; y < 64; y++) {
    const from = label === 3 ? row / 2 : 0
    const to = [0, row, row / 2, row][label]!
    for (let at = y * row + from; at < y * row + to; at++) picture[at] = picture[at]! + 120
  }
  return label
}

it('a hundred thousand pictures are written and learned from in memory that stays flat', async () => {
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)

  const directory = join(folder.path, 'set')
  const writer = await StoredWriter.create(directory, {
    ...{ title: 'large', kind: 'pictures', classes, shape, type: 'uint8', divisor: 255 },
    ...{ normalize: false, rate: null, making: {}, sources: '' },
  })
  const random = seededRandom(1)
  const noise = Uint8Array.from({ length: size * 20 }, () => random.below(128))
  const picture = new Uint8Array(size)
  for (let n = 0; n < count; n++) {
    const label = paint(picture, noise, n)
    await writer.add({ values: picture, label, part: n % 21 === 7 ? 'test' : 'train', name: `${n}.png` })
  }
  await writer.finish({ found: count, used: count, skipped: [] })
  expect(statSync(join(directory, 'samples.npy')).size).toBeGreaterThan(count * size)

  const network = chain(
    ['input', { shape }],
    ['average-pooling-2d', { window: [16, 16] }],
    ['flatten'],
    ['dense', { units: 4, activation: 'softmax' }],
  )
  const optimizer = { kind: 'adam', values: { learningRate: 0.01 } }
  const order = {
    ...{ id: 'run-1', number: 1, directory: join(folder.path, 'run'), network },
    dataset: { kind: 'stored' as const, title: 'large', directory },
    settings: settings({ epochs: 1, batchSize: 128, validationShare: 0.02, optimizer, precision: 'float32' }),
  }
  const ignore = () => undefined
  const run = await beginRun(order, new DatasetCache(), { metrics: ignore, changed: ignore, log: ignore }, new Trials())
  const record = await run.ended
  clearInterval(watch)
  expect(record).toMatchObject({ state: 'finished', stepsDone: Math.ceil(record.trainSamples / 128) })
  expect(record.test?.samples).toBe(4762)
  expect(record.test?.accuracy).toBeGreaterThan(0.95)
  expect(most - before).toBeLessThan(growthLimit)
})
