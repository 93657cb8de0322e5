import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everySample, sourceOrder } from '@shared/data/dataset'
import { connect, type Connection } from '@shared/ipc/client'
import { ExportFormat } from '@shared/ipc/look'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { portPair } from '@shared/ipc/port'
import { templateNetwork } from '@shared/network/templates'
import { parseHistory } from '@shared/training/history-file'
import type { MetricBatch } from '@shared/training/metrics'
import { RunRecord } from '@shared/training/run'
import { serveEngine } from './serve'
import { tf } from './tf'
import { appErrorOf } from './testing/errors'
import { temporaryFolder } from './testing/idx-files'
import { mnistExcerpt } from './testing/mnist-excerpt'
import { chain } from '@shared/network/chain'
import { settings } from './testing/networks'

let folder: ReturnType<typeof temporaryFolder>
let connection: Connection<EngineContract>
let server: ReturnType<typeof serveEngine>
let batches: MetricBatch[]
let records: RunRecord[]

beforeEach(() => {
  folder = temporaryFolder()
  const [here, there] = portPair()
  server = serveEngine(there)
  connection = connect(engine, here)
  batches = []
  records = []
  connection.on('metrics', (batch) => batches.push(batch))
  connection.on('runChanged', (record) => records.push(record))
})
afterEach(() => {
  server.stop()
  folder.remove()
})

const network = () =>
  chain(
    ['input', { shape: [28, 28, 1] }],
    ['conv2d', { filters: 8, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dropout', { rate: 0.2 }],
    ['dense', { units: 10, activation: 'softmax' }],
  )

const adam = { kind: 'adam', values: { learningRate: 0.005 } }

function order(own: { settings?: Parameters<typeof settings>[0]; number?: number; samples?: number } = {}) {
  const { number = 1 } = own
  return {
    id: `run-${number}`,
    number,
    directory: join(folder.path, `run-${number}`),
    network: network(),
    dataset: mnistExcerpt(folder, { train: own.samples ?? 2000, test: 600 }),
    settings: settings({ epochs: 2, batchSize: 64, optimizer: adam, ...own.settings }),
  }
}

function unbounded(node: { values: object }): { activation?: string } {
  return 'activation' in node.values && node.values.activation === 'relu' ? { activation: 'linear' } : {}
}

/** The record with which a run ends. */
async function ended(id: string): Promise<RunRecord> {
  for (;;) {
    const last = records.filter((record) => record.id === id && record.endedAt !== null).at(-1)
    if (last) return last
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a run', () => {
  it('learns real digits, and folder, events and answers say the same', async () => {
    const request = order()
    const first = await connection.client.startRun(request)
    expect(first).toMatchObject({ state: 'preparing', trainSamples: 1800, validationSamples: 200, endedAt: null })
    expect(existsSync(join(request.directory, 'run.json'))).toBe(true)
    const last = await ended(request.id)
    expect(records.map((record) => record.state)).toEqual(['preparing', 'running', 'finished'])
    expect(last).toMatchObject({ epochsDone: 2, stepsDone: 58, error: null })
    expect(last.test?.samples).toBe(600)
    expect(last.test?.accuracy).toBeGreaterThan(0.85)
    expect(last.imagesPerSecond).toBeCloseTo(3600 / last.seconds, 3)

    const stored = RunRecord.parse(JSON.parse(readFileSync(join(request.directory, 'run.json'), 'utf8')))
    expect(stored).toEqual(last)
    const history = parseHistory(readFileSync(join(request.directory, 'metrics.jsonl'), 'utf8'))
    expect(history.loss).toHaveLength(58)
    expect(history.epochs).toHaveLength(2)
    expect(history.epochs[1]).toEqual(last.lastEpoch)
    expect(last.lastEpoch?.loss).toBeLessThan(history.epochs[0]!.loss)

    expect(batches.map((batch) => batch.sequence)).toEqual([...batches.keys()])
    let next = 1
    for (const batch of batches) {
      expect(batch.firstStep).toBe(next)
      next += batch.loss.length
    }
    expect(batches.flatMap((batch) => [...batch.loss])).toEqual([...history.loss])
    expect(batches.flatMap((batch) => [...batch.accuracy])).toEqual([...history.accuracy])
    expect(batches.flatMap((batch) => batch.epochs)).toEqual(history.epochs)
    // The mean of an epoch's steps, weighted by their samples: 28 of 64 and one of 8.
    const epoch = [...history.loss.subarray(0, 29)]
    const mean = epoch.reduce((sum, loss, n) => sum + loss * (n === 28 ? 8 : 64), 0) / 1800
    expect(history.epochs[0]!.loss).toBeCloseTo(mean, 5)
  })

  it('gives the same numbers for the same seed, and frees its memory', async () => {
    const numbers = async (number: number, seed: number) => {
      const request = order({ number, settings: { seed, epochs: 1 } })
      await connection.client.startRun(request)
      const { test, lastEpoch } = await ended(request.id)
      const bytes = readFileSync(join(request.directory, 'weights', 'weights-29.bin'))
      return { test, loss: lastEpoch?.loss, validation: lastEpoch?.validationLoss, bytes }
    }
    const one = await numbers(1, 1)
    const tensors = tf.memory().numTensors
    expect(await numbers(2, 1)).toEqual(one)
    expect(tf.memory().numTensors).toBe(tensors)
    const other = await numbers(3, 2)
    expect(other.test).not.toEqual(one.test)
    expect(other.validation).not.toBe(one.validation)
  })

  it('pauses, answers meanwhile, goes on, and stops with its weights saved and judged', async () => {
    const request = order({ settings: { epochs: 1000 }, samples: 1000 })
    await connection.client.startRun(request)
    const { client } = connection
    while (batches.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await client.pauseRun({ id: request.id })).toMatchObject({ state: 'paused' })
    const stepsAtPause = batches.reduce((sum, batch) => sum + batch.loss.length, 0)
    const filters = await client.readFilters({ directory: request.directory, node: null })
    expect(filters).toMatchObject({ node: 'conv2d-1', shape: [5, 5, 1, 8], step: stepsAtPause })
    expect(filters.values).toHaveLength(200)
    const guesses = await client.topGuesses({ directory: request.directory, right: 4, wrong: 4, seed: 1 })
    expect(guesses.step).toBe(stepsAtPause)
    expect(batches.reduce((sum, batch) => sum + batch.loss.length, 0)).toBe(stepsAtPause)

    expect(await client.resumeRun({ id: request.id })).toMatchObject({ state: 'running' })
    while (batches.reduce((sum, batch) => sum + batch.loss.length, 0) === stepsAtPause) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const live = await client.readFilters({ directory: request.directory, node: 'conv2d-1' })
    expect(live.step).toBeGreaterThan(stepsAtPause)
    expect(live.values).not.toEqual(filters.values)

    const last = await client.stopRun({ id: request.id })
    expect(last).toMatchObject({ state: 'stopped', error: null })
    expect(last.test?.samples).toBe(600)
    const kept = await client.readFilters({ directory: request.directory, node: null })
    expect(kept.step).toBe(last.stepsDone)
    expect((await appErrorOf(client.pauseRun({ id: request.id }))).code).toBe('run-not-live')
  })

  it('can be stopped while it is paused, and before it began', async () => {
    const { client } = connection
    const request = order({ settings: { epochs: 1000 }, samples: 200 })
    await client.startRun(request)
    await client.pauseRun({ id: request.id })
    const last = await client.stopRun({ id: request.id })
    expect(last).toMatchObject({ state: 'stopped', epochsDone: 0 })
    expect(last.test).not.toBeNull()
  })

  it('gives up judging the test part at a second stop', async () => {
    const { client } = connection
    const request = order({ settings: { epochs: 1000 }, samples: 200 })
    await client.startRun(request)
    const [one] = await Promise.all([client.stopRun({ id: request.id }), client.stopRun({ id: request.id })])
    expect(one).toMatchObject({ state: 'stopped', test: null })
  })

  it('that diverges fails with advice, and its history ends before the break', async () => {
    const optimizer = { kind: 'sgd', values: { learningRate: 10 } }
    const request = order({ settings: { optimizer, epochs: 50 } })
    // Without a function between them nothing stops the weights from growing.
    const layers = request.network.nodes.map((node) => ({ ...node, values: { ...node.values, ...unbounded(node) } }))
    await connection.client.startRun({ ...request, network: { ...request.network, nodes: layers } })
    const last = await ended(request.id)
    expect(last).toMatchObject({ state: 'failed', test: null })
    expect(last.error?.code).toBe('training-diverged')
    const history = parseHistory(readFileSync(join(request.directory, 'metrics.jsonl'), 'utf8'))
    expect([...history.loss].every(Number.isFinite)).toBe(true)
  })
})

describe('what cannot begin', () => {
  it.each<[string, object, string, object]>([
    ['no network', { network: { nodes: [], wires: [] } }, 'network-invalid', {}],
    [
      'a network for other pictures',
      { network: templateNetwork('lenet', { shape: [32, 32, 3], classes: 10 }) },
      'network-invalid',
      { layer: { key: 'layers.input.title', params: {} } },
    ],
    [
      'a network for other classes',
      { network: templateNetwork('lenet', { shape: [28, 28, 1], classes: 3 }) },
      'network-invalid',
      { layer: { key: 'layers.numbered', params: { title: { key: 'layers.dense.title' }, ordinal: 2 } } },
    ],
    [
      'an unknown optimizer',
      { settings: settings({ optimizer: { kind: 'magic', values: {} } }) },
      'optimizer-unknown',
      { kind: 'magic' },
    ],
    [
      'a learning rate below zero',
      { settings: settings({ optimizer: { kind: 'sgd', values: { learningRate: -1 } } }) },
      'setting-invalid',
      {},
    ],
    [
      'a batch beyond all memory',
      {
        settings: settings({ batchSize: 65_536 }),
        network: chain(
          ['input', { shape: [28, 28, 1] }],
          ['conv2d', { filters: 4096, padding: 'same' }],
          ['flatten'],
          ['dense', { units: 10, activation: 'softmax' }],
        ),
      },
      'not-enough-memory',
      {},
    ],
  ])('%s', async (_what, change, code, params) => {
    const request = { ...order(), ...change }
    const error = await appErrorOf(connection.client.startRun(request))
    expect(error.code).toBe(code)
    expect(error.params).toMatchObject(params)
    expect(existsSync(request.directory)).toBe(false)
  })

  it('a second run beside the first, and a run in a used folder', async () => {
    const { client } = connection
    const request = order({ settings: { epochs: 1000 }, samples: 200 })
    await client.startRun(request)
    const second = await appErrorOf(client.startRun({ ...order({ number: 2, samples: 200 }) }))
    expect(second).toMatchObject({ code: 'run-in-progress', params: { number: 1 } })
    await client.stopRun({ id: request.id })
    expect((await appErrorOf(client.startRun({ ...request, id: 'again' }))).code).toBe('folder-not-empty')
  })
})

describe('looking at a finished run', () => {
  it('shows right and wrong guesses, reads a picture, and exports what computes the same', async () => {
    const { client } = connection
    const request = order({ settings: { epochs: 1 }, samples: 1000 })
    await client.startRun(request)
    await ended(request.id)
    const tensors = tf.memory().numTensors
    const { directory } = request

    const guesses = await client.topGuesses({ directory, right: 4, wrong: 4, seed: 3 })
    expect([guesses.right.length, guesses.wrong.length]).toEqual([4, 4])
    for (const sample of [...guesses.right, ...guesses.wrong]) {
      const { row, name } = sample.sample!
      expect(sample.top).toHaveLength(5)
      expect([...sample.top].sort((a, b) => b.probability - a.probability)).toEqual(sample.top)
      const page = await client.readSamples({
        source: request.dataset,
        filter: { ...everySample, part: 'test', only: Uint32Array.of(row) },
        order: sourceOrder,
        offset: 0,
        count: 1,
      })
      expect([[...page.rows], page.names]).toEqual([[row], [name]])
      expect(page.labels[0]).toBe(sample.label)
      expect(page.pixels).toEqual(sample.pixels)
    }
    expect(guesses.right.every(({ top, label }) => top[0]?.classIndex === label)).toBe(true)
    expect(guesses.wrong.every(({ top, label }) => top[0]?.classIndex !== label)).toBe(true)
    expect(await client.topGuesses({ directory, right: 4, wrong: 4, seed: 3 })).toEqual(guesses)
    const others = await client.topGuesses({ directory, right: 4, wrong: 4, seed: 4 })
    expect(others.right.map(({ sample }) => sample)).not.toEqual(guesses.right.map(({ sample }) => sample))
    const all = await client.topGuesses({ directory, right: 0, wrong: 50, seed: 1 })
    const none = await client.topGuesses({ directory, right: 0, wrong: 0, seed: 1 })
    expect([none.looked, none.right.length]).toEqual([0, 0])
    expect(all.looked).toBeLessThanOrEqual(600)

    const giveUp = new AbortController()
    const waiting = client.topGuesses({ directory, right: 0, wrong: 50, seed: 1 }, { signal: giveUp.signal })
    giveUp.abort()
    expect((await appErrorOf(waiting)).code).toBe('cancelled')

    for (const format of ExportFormat.options) {
      const target = join(folder.path, format)
      const report = await client.exportModel({ directory, format, target, name: 'My digits' })
      expect(report.proof).toMatchObject({ samples: 10, tolerance: 1e-4 })
      expect(report.proof.maxDifference).toBeLessThan(1e-5)
      const folders = new Set(report.files.map(({ name }) => name.split('/')[0]))
      expect(readdirSync(target).sort()).toEqual([...folders])
    }
    // The network answers through its compiled graph, whose weights are no tensors of tfjs: nothing may be left behind.
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('is refused where there is nothing to look at', async () => {
    const { client } = connection
    expect((await appErrorOf(client.readFilters({ directory: folder.path, node: null }))).code).toBe('run-missing')
  })
})

describe('the rest of the contract', () => {
  it('answers', async () => {
    const { client } = connection
    const device = await client.device({})
    expect(device).toMatchObject({ backend: 'tensorflow', tfjs: '4.22.0' })
    expect(['gpu-found', 'no-gpu-driver', 'cpu-library', 'gpu-unusable']).toContain(device.why)
    expect(device.tensorflow).toMatch(/^\d+\.\d+/)
    const source = mnistExcerpt(folder, { train: 50, test: 20 })
    if (source.kind !== 'idx' || !source.test) throw new Error('unlikely')
    const paths = [source.train.images, source.train.labels, source.test.images, source.test.labels]
    expect(await client.recognizeFiles({ paths })).toMatchObject({ train: source.train, test: source.test })
    const summary = await client.openDataset({ source })
    expect(summary.counts.train.reduce((sum, count) => sum + count, 0)).toBe(50)
  })
})
