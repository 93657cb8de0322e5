import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DatasetSource } from '@shared/data/dataset'
import { usualImport } from '@shared/data/import'
import { chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { parseHistory } from '@shared/training/history-file'
import type { RunRecord } from '@shared/training/run'
import type { TrainingSettings } from '@shared/training/settings'
import { DatasetCache } from '../data/dataset-cache'
import { importDataset } from '../data/import/import'
import { idxBytes, temporaryFolder } from '../testing/idx-files'
import { settings } from '../testing/networks'
import { outsideData } from '../testing/outside-data'
import { beginRun } from './run'
import { Trials } from './trials'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  vi.unstubAllEnvs()
  folder.remove()
})

/** Trains to the end; the run's record and what each epoch reached. */
async function train(network: NetworkDocument, dataset: DatasetSource, own: Partial<TrainingSettings>) {
  const directory = join(folder.path, 'run')
  const order = { id: 'run-1', number: 1, directory, network, dataset, settings: settings(own) }
  const ignore = () => undefined
  const outlets = { metrics: ignore, changed: ignore, log: ignore }
  const run = await beginRun(order, new DatasetCache(), outlets, new Trials())
  const record: RunRecord = await run.ended
  const history = parseHistory(readFileSync(join(directory, 'metrics.jsonl'), 'utf8'))
  return { record, epochs: history.epochs }
}

describe('LeNet on MNIST', () => {
  it.each(['float32', 'bfloat16'] as const)(
    'reaches 99 % of the test pictures in five epochs in %s',
    async (precision) => {
      const network = templateNetwork('lenet', { shape: [28, 28, 1], classes: 10 })!
      // Half of the usual rate: the end of a run depends less on chance.
      const optimizer = { kind: 'adam', values: { learningRate: 0.0005 } }
      const { record } = await train(network, { kind: 'sample', id: 'mnist' }, { precision, epochs: 5, optimizer })
      expect(record).toMatchObject({ state: 'finished', compute: { path: 'compiled', precision } })
      expect(record.test?.accuracy).toBeGreaterThanOrEqual(0.99)
    },
  )
})

describe('speech-conv on raw sound', () => {
  const network = templateNetwork('speech-conv', { shape: [8000, 1], classes: 2 })!

  it('learns the set that ships', async () => {
    vi.stubEnv('PATCHWORK_CACHE', folder.path)
    const { record } = await train(network, { kind: 'sample', id: 'speech' }, { epochs: 40 })
    expect(record).toMatchObject({ state: 'finished', compute: { path: 'compiled' } })
    expect(record.test?.accuracy).toBeGreaterThanOrEqual(0.9)
  })

  const speech = outsideData('speech')
  it.skipIf(speech.missing)('reaches 95 % of 600 test clips in minutes', async () => {
    const directory = join(folder.path, 'speech')
    await importDataset({ paths: [speech.path], directory, settings: usualImport })
    const { record } = await train(network, { kind: 'stored', title: '', directory }, { epochs: 20 })
    expect(record.test?.accuracy).toBeGreaterThanOrEqual(0.95)
    expect(record.seconds).toBeLessThan(300)
  })
})

const cifar = outsideData('cifar10')
const [pictures, pixels, epochs] = [2000, 1024, 4]

/** The first pictures of a CIFAR-10 batch as IDX files: a label, then red, green and blue one after the other. */
function cifarFiles(): DatasetSource {
  const bytes = readFileSync(join(cifar.path, 'data_batch_1.bin'))
  const [labels, values] = [new Uint8Array(pictures), new Uint8Array(pictures * pixels * 3)]
  for (let n = 0; n < pictures; n++) {
    const start = n * (1 + 3 * pixels)
    labels[n] = bytes[start] ?? 0
    for (let at = 0; at < 3 * pixels; at++) {
      values[(n * pixels + (at % pixels)) * 3 + Math.floor(at / pixels)] = bytes[start + 1 + at] ?? 0
    }
  }
  const train = {
    images: folder.write('images', idxBytes([pictures, 32, 32, 3], values)),
    labels: folder.write('labels', idxBytes([pictures], labels)),
  }
  return { kind: 'idx', title: 'CIFAR-10', train, test: null }
}

/**
 * Network in network for CIFAR-10 (Lin et al. 2013) with an eighth of its filters, and with batch normalization, so that
 * a few hundred steps teach it something.
 */
function smallNetworkInNetwork(): NetworkDocument {
  const layer = (kernel: number, filters: number): ChainStep[] => [
    ['conv2d', { filters, kernel: [kernel, kernel], padding: 'same', activation: 'linear', bias: false }],
    ['batch-normalization', { momentum: 0.9 }],
    ['activation', { function: 'relu' }],
  ]
  return chain(
    ['input', { shape: [32, 32, 3] }],
    ...[...layer(5, 24), ...layer(1, 20), ...layer(1, 12)],
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout', { rate: 0.2 }],
    ...[...layer(5, 24), ...layer(1, 24), ...layer(1, 24)],
    ['average-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout', { rate: 0.2 }],
    ...[...layer(3, 24), ...layer(1, 24)],
    ['conv2d', { filters: 10, kernel: [1, 1], activation: 'linear' }],
    ['global-average-pooling-2d'],
    ['activation', { function: 'softmax' }],
  )
}

describe.skipIf(cifar.missing)('network in network on CIFAR-10', () => {
  it('learns in bfloat16 as in float32: their curves differ by no more than those of seeds', async () => {
    const curves = async (precision: 'float32' | 'bfloat16') => {
      const all: number[][] = []
      for (const seed of [1, 2, 3]) {
        const optimizer = { kind: 'adam', values: { learningRate: 0.003 } }
        const own = { precision, seed, optimizer, epochs, batchSize: 32 }
        const run = await train(smallNetworkInNetwork(), cifarFiles(), own)
        all.push(run.epochs.map(({ loss }) => loss))
        folder.remove()
        folder = temporaryFolder()
      }
      return all
    }
    const [exact, short] = [await curves('float32'), await curves('bfloat16')]
    for (let epoch = 0; epoch < epochs; epoch++) {
      const [one, other] = [exact, short].map((all) => statistics(all.map((losses) => losses[epoch] ?? Number.NaN)))
      // Student's t of two means of three, at the level of 1 in 1,000 for four degrees of freedom.
      const error = Math.sqrt((one!.variance + other!.variance) / 3)
      expect(Math.abs(one!.mean - other!.mean), `epoch ${epoch + 1}`).toBeLessThan(Math.min(8.61 * error, 0.05))
    }
    const ends = [...exact, ...short].map((losses) => losses.at(-1)!)
    expect(Math.max(...ends)).toBeLessThan(1.8)
  })
})

function statistics(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, variance }
}
