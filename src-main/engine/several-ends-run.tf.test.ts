import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect, type Connection } from '@shared/ipc/client'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { portPair } from '@shared/ipc/port'
import { outputsOf } from '@shared/network/outputs'
import { templateNetwork } from '@shared/network/templates'
import { parseHistory } from '@shared/training/history-file'
import type { MetricBatch } from '@shared/training/metrics'
import type { RunRecord } from '@shared/training/run'
import { serveEngine } from './serve'
import { temporaryFolder } from './testing/idx-files'
import { mnistExcerpt } from './testing/mnist-excerpt'
import { settings } from './testing/networks'

let folder: ReturnType<typeof temporaryFolder>
let connection: Connection<EngineContract>
let server: ReturnType<typeof serveEngine>
const batches: MetricBatch[] = []

beforeEach(() => {
  folder = temporaryFolder()
  const [here, there] = portPair()
  server = serveEngine(there)
  connection = connect(engine, here)
  connection.on('metrics', (batch) => batches.push(batch))
})
afterEach(() => {
  server.stop()
  folder.remove()
})

it('a run of a network with an auxiliary output records the losses of both, and guesses by the main one', async () => {
  const network = templateNetwork('inception', { shape: [28, 28, 1], classes: 10 })!
  const weights = outputsOf(network).map(({ weight }) => weight)
  expect(weights).toEqual([1, 0.3])
  const directory = join(folder.path, 'run-1')
  const end = new Promise<RunRecord>((resolve) => {
    connection.on('runChanged', (record) => record.endedAt !== null && resolve(record))
  })
  await connection.client.startRun({
    id: 'run-1',
    number: 1,
    directory,
    network,
    dataset: mnistExcerpt(folder, { train: 1000, test: 200 }),
    settings: settings({ epochs: 4, batchSize: 32, optimizer: { kind: 'adam', values: { learningRate: 0.003 } } }),
  })
  const run = await end
  expect(run).toMatchObject({ state: 'finished', error: null })
  const sum = (losses: readonly number[]) => losses.reduce((all, loss, n) => all + loss * weights[n]!, 0)

  // The sum that training makes smaller is, step by step, what its parts come to.
  const { loss, outputLosses = [], epochs } = parseHistory(readFileSync(join(directory, 'metrics.jsonl'), 'utf8'))
  expect(outputLosses).toHaveLength(2)
  for (const [step, whole] of loss.entries())
    expect(whole).toBeCloseTo(sum(outputLosses.map((losses) => losses[step]!)), 4)
  const sent = batches.map(({ outputLosses: parts = [] }) => parts)
  expect(sent.flatMap(([main]) => [...(main ?? [])])).toEqual([...outputLosses[0]!])
  expect(sent.flatMap(([, other]) => [...(other ?? [])])).toEqual([...outputLosses[1]!])
  for (const epoch of epochs) {
    const { outputs = [], validationLoss } = epoch
    expect(epoch.loss).toBeCloseTo(sum(outputs.map((one) => one.loss)), 4)
    expect(validationLoss).toBeCloseTo(sum(outputs.map((one) => one.validationLoss!)), 4)
  }
  expect(run.lastEpoch).toEqual(epochs.at(-1))
  expect(run.test!.loss).toBeCloseTo(sum(run.test!.outputLosses!), 4)
  const losses = epochs.map(({ outputs = [] }) => outputs.map((one) => one.loss))
  for (const n of [0, 1]) expect(losses.at(-1)![n]).toBeLessThan(losses[0]![n]!)
  // Always guessing one digit would be right for a tenth.
  expect(run.test!.accuracy).toBeGreaterThan(0.3)

  const guesses = await connection.client.topGuesses({ directory, right: 4, wrong: 4, seed: 1 })
  expect(guesses.right).toHaveLength(4)
  for (const { top } of guesses.right)
    expect(top.reduce((all, { probability }) => all + probability, 0)).toBeLessThan(1.01)
  for (const format of ['tfjs-layers', 'saved-model'] as const) {
    const target = join(folder.path, format)
    const { proof } = await connection.client.exportModel({ directory, format, target, name: 'it' })
    expect(proof.maxDifference).toBeLessThan(1e-4)
  }
}, 300_000)
