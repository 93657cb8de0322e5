import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MetricBatch } from '@shared/training/metrics'
import { parseHistory } from '@shared/training/history-file'
import { RunRecord } from '@shared/training/run'
import { forkEngine, provideEngineBundle, type ForkedEngine } from './testing/engine-bundle'
import { temporaryFolder } from './testing/idx-files'
import { mnistExcerpt } from './testing/mnist-excerpt'
import { chain } from '@shared/network/chain'
import { settings } from './testing/networks'

/** The engine as a process: its bundle, its transport, its end. Runs on the Node that PATCHWORK_ENGINE_EXEC names. */

let folder: ReturnType<typeof temporaryFolder>
const engines: ForkedEngine[] = []

beforeAll(provideEngineBundle)
beforeEach(() => (folder = temporaryFolder()))
afterEach(async () => {
  for (const { child, ended } of engines.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  folder.remove()
})

function start(): ForkedEngine {
  const engine = forkEngine()
  engines.push(engine)
  return engine
}

function order(name: string, epochs: number) {
  const network = chain(
    ['input', { shape: [28, 28, 1] }],
    ['conv2d', { filters: 6, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dropout', { rate: 0.3 }],
    ['dense', { units: 10, activation: 'softmax' }],
  )
  return {
    id: name,
    number: 1,
    directory: join(folder.path, name),
    network,
    dataset: mnistExcerpt(folder, { train: 1500, test: 300 }),
    settings: settings({ epochs, batchSize: 50, optimizer: { kind: 'adam', values: { learningRate: 0.005 } } }),
  }
}

function ended({ on }: ForkedEngine): Promise<RunRecord> {
  return new Promise((resolve) => {
    const stop = on('runChanged', (record) => {
      if (record.endedAt === null) return
      stop()
      resolve(record)
    })
  })
}

/** The first news of a run with at least so many steps done. */
function reached({ on }: ForkedEngine, steps: number): Promise<MetricBatch> {
  return new Promise((resolve) => {
    const stop = on('metrics', (batch) => {
      if (batch.progress.step < steps) return
      stop()
      resolve(batch)
    })
  })
}

describe('the engine as a process', () => {
  it('trains in two processes to the same numbers, to the last bit', async () => {
    const train = async (name: string) => {
      const engine = start()
      const end = ended(engine)
      await engine.client.startRun(order(name, 2))
      const { test, lastEpoch, state } = await end
      const history = parseHistory(readFileSync(join(folder.path, name, 'metrics.jsonl'), 'utf8'))
      const weights = readFileSync(join(folder.path, name, 'weights', 'weights-54.bin'))
      const guesses = await engine.client.topGuesses({
        directory: join(folder.path, name),
        right: 4,
        wrong: 4,
        seed: 1,
      })
      engine.child.disconnect()
      expect(await engine.ended).toBe(0)
      return {
        state,
        test,
        loss: lastEpoch?.loss,
        validation: lastEpoch?.validationLoss,
        history: [...history.loss],
        weights,
        guesses,
      }
    }
    const one = await train('one')
    expect(one).toMatchObject({ state: 'finished' })
    expect(one.test?.accuracy).toBeGreaterThan(0.7)
    expect(one.guesses.right).toHaveLength(4)
    expect(one.guesses.right[0]?.pixels).toHaveLength(784)
    expect(await train('two')).toEqual(one)
  })

  it('stops at once when it is told to, in the middle of an epoch', async () => {
    const engine = start()
    await engine.client.startRun(order('stopped', 10_000))
    await reached(engine, 5)
    const record = await engine.client.stopRun({ id: 'stopped' })
    expect(record).toMatchObject({ state: 'stopped' })
    expect(record.test?.samples).toBe(300)
    expect(existsSync(join(folder.path, 'stopped', 'weights', 'weights.json'))).toBe(true)
  })

  it('killed in the middle of an epoch leaves everything recorded so far, and a new one goes on with the folder', async () => {
    const engine = start()
    const { directory, ...rest } = order('killed', 10_000)
    await engine.client.startRun({ directory, ...rest })
    // 27 steps an epoch: one epoch is saved, the second is under way.
    const seen = await reached(engine, 35)
    engine.child.kill('SIGKILL')
    expect(await engine.ended).toBe('SIGKILL')

    const record = RunRecord.parse(JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')))
    expect(record).toMatchObject({ state: 'running', endedAt: null })
    expect(record.epochsDone).toBeGreaterThanOrEqual(1)
    const history = parseHistory(readFileSync(join(directory, 'metrics.jsonl'), 'utf8'))
    expect(history.loss.length).toBeGreaterThanOrEqual(seen.progress.step)
    expect(history.epochs.length).toBeGreaterThanOrEqual(record.epochsDone)

    const next = start()
    const filters = await next.client.readFilters({ directory, node: null })
    expect(filters.shape).toEqual([5, 5, 1, 6])
    expect(filters.step).toBeGreaterThanOrEqual(27)
    const target = join(folder.path, 'export')
    const report = await next.client.exportModel({ directory, format: 'tfjs-layers', target, name: 'rest' })
    expect(report.proof.maxDifference).toBeLessThanOrEqual(report.proof.tolerance)
  })

  it('refuses with a code and words across the process border', async () => {
    const { client } = start()
    await expect(client.recognizeFiles({ paths: [join(folder.path, 'no')] })).rejects.toMatchObject({
      code: 'file-missing',
      params: { file: join(folder.path, 'no') },
    })
  })

  it('ends with the process that started it', async () => {
    const engine = start()
    expect((await engine.client.device({})).node).toMatch(/^\d+\./)
    engine.child.disconnect()
    expect(await engine.ended).toBe(0)
  })
})
