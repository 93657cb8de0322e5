import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExportFormat } from '@shared/ipc/look'
import { outputsOf } from '@shared/network/outputs'
import type { Samples } from '../data/batches'
import type { TrainedNetwork } from '../look/trained'
import { makeNetworkModel, type NetworkModel } from '../model/network-model'
import type { SmallNetwork } from '../testing/branched'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { easyBatch } from '../testing/networks'
import { finishedRun } from '../testing/run-record'
import { networksOfSeveralEnds } from '../testing/several-ends'
import { tf } from '../tf'
import { exportNetwork } from './export'

let folder: ReturnType<typeof temporaryFolder>
let model: NetworkModel | undefined
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  model?.dispose()
  model = undefined
  folder.remove()
})

function trained({ network, shape }: SmallNetwork): TrainedNetwork {
  const preprocessing = { shape, divisor: 255 }
  model = makeNetworkModel(network, preprocessing, { seed: 3 })
  const { answers, listWeights, readWeights } = model
  const record = finishedRun({ network, classes: ['a', 'b', 'c'], preprocessing })
  return { record, step: 10, predict: (samples) => answers(samples)[0]!, answers, listWeights, readWeights }
}

const all = Object.entries(networksOfSeveralEnds)
const cases = ExportFormat.options.flatMap((format) => all.map(([name, one]) => ({ format, name, one })))

describe.each(cases)('$name as $format', ({ format, one }) => {
  const order = () => ({ format, target: join(folder.path, 'it'), name: 'it' })

  it('is compared output by output, and its files tell what each of them is', async () => {
    const network = trained(one)
    const { proof } = await exportNetwork(network, undefined, order())
    expect(proof.maxDifference).toBeLessThan(1e-5)
    const told = JSON.parse(readFileSync(join(folder.path, 'it', 'preprocessing.json'), 'utf8'))
    const outputs = outputsOf(one.network)
    expect(told.outputs).toHaveLength(outputs.length)
    const readme = readFileSync(join(folder.path, 'it', 'README.txt'), 'utf8')
    for (const { name, gives } of told.outputs) expect(readme).toMatch(new RegExp(`${name} .*${gives}`))
  })

  it('is refused where an output besides the main one differs', async () => {
    const network = trained(one)
    const wrong: TrainedNetwork = {
      ...network,
      answers: (samples) =>
        network.answers(samples).map((answer, n) => (n === 0 ? answer : answer.map((v) => v + 0.01))),
    }
    expect((await appErrorOf(exportNetwork(wrong, undefined, order()))).code).toBe('export-differs')
  })
})

/** Samples as someone else would prepare them, by `preprocessing.json` alone. */
function fed(
  { count, values }: Samples,
  shape: readonly number[],
  inputs?: { channels?: { first: number; last: number } }[],
) {
  const whole = tf.div(tf.tensor(values, [count, ...shape]), 255)
  const places = shape.slice(0, -1)
  return (inputs ?? [{}]).map(({ channels = { first: 1, last: shape.at(-1)! } }) =>
    tf.slice(
      whole,
      [0, ...places.map(() => 0), channels.first - 1],
      [count, ...places, channels.last - channels.first + 1],
    ),
  )
}

it.each(all)('the LayersModel of %s answers without Patchwork, the main output first', async (_name, one) => {
  const network = trained(one)
  const target = join(folder.path, 'it')
  await exportNetwork(network, undefined, { format: 'tfjs-layers', target, name: 'it' })
  const { inputs, outputs } = JSON.parse(readFileSync(join(target, 'preprocessing.json'), 'utf8'))
  const loaded = await tf.loadLayersModel(tf.io.fileSystem(join(target, 'model.json')))
  expect(loaded.outputNames).toEqual(outputs.map(({ name }: { name: string }) => name))
  const samples = easyBatch(5, 7, one.shape)
  const found = tf.tidy(() => {
    const results = loaded.predict(fed(samples, one.shape, inputs))
    return [results].flat().map((result) => [...result.dataSync()])
  })
  expect(found).toEqual(network.answers(samples).map((answer) => [...answer].map((value) => expect.closeTo(value, 5))))

  // The README's own lines ask for the probabilities of one sample.
  const lines = readFileSync(join(target, 'README.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^ {2}const (prepared|probabilities|\[probabilities\]) = /.test(line))
  const first = easyBatch(1, 7, one.shape)
  const told = tf.tidy(() => {
    const sample = tf.tensor(first.values, one.shape)
    const answer: unknown = runInNewContext(`${lines.join('\n')}; probabilities`, { sample, model: loaded })
    return answer instanceof tf.Tensor ? [...answer.dataSync()] : []
  })
  expect(told).toEqual([...network.predict(first)].map((value) => expect.closeTo(value, 5)))
  loaded.dispose()
})
