import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { augmentationKinds, initialStep } from '@shared/augmentation/registry'
import type { DatasetSource } from '@shared/data/dataset'
import { connect, type Connection } from '@shared/ipc/client'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { portPair } from '@shared/ipc/port'
import { chain } from '@shared/network/chain'
import { AugmentationPreview, noAugmentation, type Augmentation } from '@shared/training/augmentation'
import { parseHistory } from '@shared/training/history-file'
import { RunRecord } from '@shared/training/run'
import { serveEngine } from './serve'
import { appErrorOf } from './testing/errors'
import { idxBytes, temporaryFolder } from './testing/idx-files'
import { mnistExcerpt } from './testing/mnist-excerpt'
import { settings } from './testing/networks'

let folder: ReturnType<typeof temporaryFolder>
let connection: Connection<EngineContract>
let server: ReturnType<typeof serveEngine>
beforeEach(() => {
  folder = temporaryFolder()
  const [here, there] = portPair()
  server = serveEngine(there)
  connection = connect(engine, here)
})
afterEach(() => {
  server.stop()
  folder.remove()
})

const network = chain(
  ['input', { shape: [28, 28, 1] }],
  ['conv2d', { filters: 8, kernel: [5, 5], stride: [2, 2] }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
)
const steps = (...kinds: string[]) => kinds.map((kind) => initialStep(augmentationKinds.get(kind)!))
const shifted: Augmentation = {
  fill: 'constant',
  shade: 0,
  steps: [{ kind: 'shift', probability: 1, values: { horizontal: 0.2, vertical: 0.2 } }],
}

/** A run from its beginning to its end, with its history. */
async function trained(
  number: number,
  dataset: DatasetSource,
  own: Parameters<typeof settings>[0],
  meanwhile?: (id: string) => Promise<unknown>,
) {
  const id = `run-${number}`
  const directory = join(folder.path, id)
  const end = new Promise<RunRecord>((resolve) => {
    connection.on('runChanged', (record) => record.id === id && record.endedAt !== null && resolve(record))
  })
  await connection.client.startRun({ id, number, directory, network, dataset, settings: settings(own) })
  await meanwhile?.(id)
  const record = await end
  expect(record).toMatchObject({ state: 'finished', error: null })
  const history = parseHistory(readFileSync(join(directory, 'metrics.jsonl'), 'utf8'))
  return { record, losses: [...history.loss], test: record.test }
}

describe('a run on augmented samples', () => {
  it('is the same each time, paused or not, and its record tells what was done', async () => {
    const dataset = mnistExcerpt(folder, { train: 400, test: 100 })
    const augmentation = { ...noAugmentation, steps: steps('rotation', 'noise', 'hue', 'mixup') }
    const own = { epochs: 2, batchSize: 32, augmentation }
    const first = await trained(1, dataset, own)
    const again = await trained(2, dataset, own, async (id) => {
      await connection.client.pauseRun({ id })
      await connection.client.resumeRun({ id })
    })
    expect(again.losses).toEqual(first.losses)
    expect(again.test).toEqual(first.test)
    const plain = await trained(3, dataset, { ...own, augmentation: noAugmentation })
    expect(plain.losses).not.toEqual(first.losses)

    // Grey pictures have no colours to turn.
    const stored: unknown = JSON.parse(readFileSync(join(folder.path, 'run-1', 'run.json'), 'utf8'))
    const done = RunRecord.parse(stored).settings.augmentation
    expect(done).toEqual({ ...augmentation, steps: steps('rotation', 'noise', 'mixup') })
  })

  it('knows digits at places where it has never seen one', async () => {
    const dataset = withMovedTest(mnistExcerpt(folder, { train: 600, test: 300 }), 300)
    const own = { epochs: 12, batchSize: 32, optimizer: { kind: 'adam', values: { learningRate: 0.005 } } }
    const plain = await trained(1, dataset, own)
    const moved = await trained(2, dataset, { ...own, augmentation: shifted })
    expect(moved.test!.accuracy).toBeGreaterThan(plain.test!.accuracy + 0.15)
  })

  it('is refused where an augmentation is unknown or out of its range', async () => {
    const dataset = mnistExcerpt(folder, { train: 20, test: 10 })
    for (const [wrong, code] of [
      [{ kind: 'melt', probability: 1, values: {} }, 'augmentation-unknown'],
      [{ kind: 'shift', probability: 1, values: { horizontal: 9 } }, 'augmentation-bad-value'],
      [{ kind: 'shift', probability: 2, values: {} }, 'bad-input'],
    ] as const) {
      const refused = trained(1, dataset, { augmentation: { ...noAugmentation, steps: [wrong] } })
      expect((await appErrorOf(refused)).code).toBe(code)
    }
  })

  /** The same pictures, each five values further down and to one side, whatever was there lost. */
  function withMovedTest(dataset: DatasetSource, count: number): DatasetSource {
    if (dataset.kind !== 'idx' || !dataset.test) throw new Error('an excerpt has files')
    const pixels = readFileSync(dataset.test.images).subarray(16)
    const moved = new Uint8Array(pixels.length)
    for (let at = 0; at < pixels.length; at++) {
      const [picture, y, x] = [Math.floor(at / 784), Math.floor((at % 784) / 28), at % 28]
      const from = x + (picture % 2 === 0 ? 5 : -5)
      if (y >= 5 && from >= 0 && from < 28) moved[at] = pixels[picture * 784 + (y - 5) * 28 + from]!
    }
    const images = folder.write('moved', idxBytes([count, 28, 28], moved))
    return { ...dataset, test: { images, labels: dataset.test.labels } }
  }
})

describe('a preview of augmentation', () => {
  const ask = async (own: Partial<Parameters<typeof connection.client.previewAugmentation>[0]> = {}) => {
    const source = mnistExcerpt(folder, { train: 60, test: 20 })
    const wanted = { part: 'train' as const, samples: 9, augmentation: shifted, seed: 4, epoch: 1 }
    return AugmentationPreview.parse(await connection.client.previewAugmentation({ source, ...wanted, ...own }))
  }

  it('shows the same samples before and after, drawn by the seed, anew in each epoch', async () => {
    const shown = await ask()
    expect(shown).toMatchObject({ shape: [28, 28, 1], mixed: null })
    expect(new Set(shown.indices).size).toBe(9)
    expect([shown.before.length, shown.after.length]).toEqual([9 * 784, 9 * 784])
    expect(shown.after).not.toEqual(shown.before)
    expect(await ask()).toEqual(shown)
    const next = await ask({ epoch: 2 })
    expect([next.indices, next.before]).toEqual([shown.indices, shown.before])
    expect(next.after).not.toEqual(shown.after)
    expect((await ask({ seed: 5 })).indices).not.toEqual(shown.indices)
  })

  it('shows the samples that are named, and nothing changed where nothing is done', async () => {
    const shown = await ask({ samples: [5, 3, 5], augmentation: noAugmentation })
    expect([...shown.indices]).toEqual([5, 3, 5])
    expect(shown.after).toEqual(shown.before)
    expect(shown.before.subarray(0, 784)).toEqual(shown.before.subarray(1568))
  })

  it('tells what samples are mixed with', async () => {
    const mixup = { ...noAugmentation, steps: steps('mixup') }
    const { mixed, labels, before, after } = await ask({ samples: [0, 1, 2], augmentation: mixup })
    expect([...mixed!.labels]).toEqual([labels[1], labels[2], labels[0]])
    const share = mixed!.shares[0]!
    const expected = Array.from(before.subarray(0, 784), (value, at) => share * value + (1 - share) * before[784 + at]!)
    expect(Math.max(...expected.map((value, at) => Math.abs(value - after[at]!)))).toBeLessThan(0.51)
  })

  it.each([
    ['a sample that is not there', { samples: [60] }, 'sample-unknown'],
    ['too many samples', { samples: 257 }, 'bad-input'],
    [
      'a kind that nobody knows',
      { augmentation: { ...noAugmentation, steps: [{ kind: 'melt', probability: 1, values: {} }] } },
      'augmentation-unknown',
    ],
    ['a kind that is named twice', { augmentation: { ...noAugmentation, steps: steps('flip', 'flip') } }, 'bad-input'],
  ])('is refused for %s', async (_name, own, code) => expect((await appErrorOf(ask(own))).code).toBe(code))
})
