import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExportFormat } from '@shared/ipc/look'
import type { NetworkDocument } from '@shared/network/document'
import { readNetwork } from '@shared/network/read/read-network'
import type { TrainedNetwork } from '../look/trained'
import { makeNetworkModel } from '../model/network-model'
import { tf } from '../tf'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { chain } from '@shared/network/chain'
import type { Samples } from '../data/batches'
import { easyBatch } from '../testing/networks'
import { finishedRun } from '../testing/run-record'
import { exportNetwork } from './export'

let folder: ReturnType<typeof temporaryFolder>
let free: (() => void)[]
beforeEach(() => {
  folder = temporaryFolder()
  free = []
})
afterEach(() => {
  for (const dispose of free) dispose()
  folder.remove()
})

function trained(network: NetworkDocument, shape = [8, 8, 1], classes = ['a', 'b', 'c']): TrainedNetwork {
  const preprocessing = { shape, divisor: 255 }
  const model = makeNetworkModel(network, preprocessing, { seed: 3 })
  free.push(model.dispose)
  return {
    record: finishedRun({ network, classes, preprocessing }),
    step: 10,
    predict: (samples) => model.answers(samples)[0]!,
    answers: model.answers,
    listWeights: model.listWeights,
    readWeights: model.readWeights,
  }
}

const everyKind = () =>
  chain(
    ['input', { shape: [8, 8, 1] }],
    ['conv2d', { filters: 3, kernel: [3, 2], strides: [1, 2], padding: 'same', activation: 'elu' }],
    ['max-pooling-2d', { window: [2, 2], padding: 'same' }],
    ['activation', { function: 'selu' }],
    ['flatten'],
    ['flatten'],
    ['dense', { units: 7, bias: false, activation: 'softplus' }],
    ['dropout', { rate: 0.4 }],
    ['dense', { units: 3, activation: 'linear' }],
    ['activation', { function: 'softmax' }],
  )

const order = (target: string, format: ExportFormat = 'tfjs-layers') => ({
  format,
  target,
  name: 'My digits, 2nd try!',
})

describe('an exported LayersModel', () => {
  it('has every layer as a class that any tfjs knows, and computes what the network computes', async () => {
    const network = trained(everyKind())
    const before = tf.memory().numTensors
    const target = join(folder.path, 'new', 'export')
    const report = await exportNetwork(network, undefined, order(target))
    expect(tf.memory().numTensors).toBe(before)
    expect(report).toMatchObject({ format: 'tfjs-layers', directory: target, proof: { samples: 10 } })
    expect(report.proof.maxDifference).toBeLessThan(1e-5)
    expect(report.files.map(({ name }) => name)).toEqual([
      'README.txt',
      'group1-shard1of1.bin',
      'labels.json',
      'model.json',
      'preprocessing.json',
    ])
    for (const { name, bytes } of report.files) expect(statSync(join(target, name)).size).toBe(bytes)
    expect(readdirSync(join(folder.path, 'new'))).toEqual(['export'])

    const text = readFileSync(join(target, 'model.json'), 'utf8')
    expect(text).toContain('"class_name":"Dropout"')
    expect(text).not.toMatch(/Seeded|patchwork-/i)
    expect(readNetwork(text)).toEqual({ ok: true, network: network.record.network, left: [] })
    const model = await tf.loadLayersModel(tf.io.fileSystem(join(target, 'model.json')))
    expect(model.name).toBe('My-digits-2nd-try-')
    const batch = easyBatch(20, 5)
    const output = tf.tidy(() => model.predict(tf.div(tf.tensor(batch.values, [20, 8, 8, 1]), 255)))
    if (Array.isArray(output)) throw new Error('One output was expected')
    const own = network.predict(batch)
    expect([...output.dataSync()]).toEqual([...own].map((value) => expect.closeTo(value, 5)))
    output.dispose()
    model.dispose()
    expect(JSON.parse(readFileSync(join(target, 'labels.json'), 'utf8'))).toEqual(['a', 'b', 'c'])
    const preprocessing: unknown = JSON.parse(readFileSync(join(target, 'preprocessing.json'), 'utf8'))
    expect(preprocessing).toMatchObject({ input: { height: 8, width: 8, channels: 1, values: 'grey' }, divisor: 255 })
  })

  it('has its weights in pieces of at most 4 MB', async () => {
    const network = chain(
      ['input', { shape: [40, 50, 1] }],
      ['flatten'],
      ['dense', { units: 1200 }],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const report = await exportNetwork(trained(network, [40, 50, 1]), undefined, order(join(folder.path, 'it')))
    const shards = report.files.filter(({ name }) => name.endsWith('.bin'))
    expect(shards.map(({ name }) => name)).toEqual([1, 2, 3].map((n) => `group1-shard${n}of3.bin`))
    expect(shards.map(({ bytes }) => bytes)).toEqual([
      4 * 2 ** 20,
      4 * 2 ** 20,
      (2000 * 1200 + 1200 + 3600 + 3) * 4 - 8 * 2 ** 20,
    ])
  })
})

describe('an exported SavedModel', () => {
  it('is a file with the graph, and says beside it how it is fed', async () => {
    const target = join(folder.path, 'it')
    const network = trained(everyKind())
    const before = tf.memory().numTensors
    const report = await exportNetwork(network, undefined, order(target, 'saved-model'))
    expect(tf.memory().numTensors).toBe(before)
    expect(report.files.map(({ name }) => name)).toEqual([
      'README.txt',
      'labels.json',
      'preprocessing.json',
      'saved_model.pb',
      'variables/variables.data-00000-of-00001',
      'variables/variables.index',
    ])
    expect(report.proof.maxDifference).toBeLessThan(1e-5)
    expect(JSON.parse(readFileSync(join(target, 'labels.json'), 'utf8'))).toEqual(['a', 'b', 'c'])
    const preprocessing: unknown = JSON.parse(readFileSync(join(target, 'preprocessing.json'), 'utf8'))
    expect(preprocessing).toMatchObject({ input: { height: 8, width: 8, channels: 1 }, divisor: 1 })
    const readme = readFileSync(join(target, 'README.txt'), 'utf8')
    expect(readme).toContain('inputs          float32 [samples, 8, 8, 1], values as they are: 0 to 255')
    expect(readme).toContain('sample = numpy.asarray(picture).reshape(8, 8, 1)')
  })

  it('has no folder of variables where the network has no weights', async () => {
    const network = chain(['input', { shape: [1, 3, 1] }], ['flatten'], ['activation', { function: 'softmax' }])
    const target = join(folder.path, 'it')
    const report = await exportNetwork(trained(network, [1, 3, 1]), undefined, order(target, 'saved-model'))
    expect(report.proof.maxDifference).toBeLessThan(1e-6)
    expect(readdirSync(target)).not.toContain('variables')
  })

  it('is refused for a layer without a compiled form, by the name of the layer', async () => {
    const network = trained(everyKind())
    const [first, ...others] = network.record.network.nodes
    const nodes = [first!, ...others.slice(0, -1), { ...others.at(-1)!, kind: 'of-the-future', name: 'My last' }]
    const record = { ...network.record, network: { ...network.record.network, nodes } }
    const target = join(folder.path, 'it')
    const error = await appErrorOf(exportNetwork({ ...network, record }, undefined, order(target, 'saved-model')))
    expect(error).toMatchObject({ code: 'export-not-compilable', params: { layers: 'My last' } })
    expect(readdirSync(folder.path)).toEqual([])
  })
})

const modelFiles = { 'tfjs-layers': 'model.json', 'saved-model': 'saved_model.pb' }

describe.each(ExportFormat.options)('the target folder of %s', (format) => {
  const modelFile = modelFiles[format]

  it('may be new, empty or an earlier export of any format, which is replaced as a whole', async () => {
    const target = join(folder.path, 'it')
    mkdirSync(target)
    for (const earlier of ExportFormat.options) {
      await exportNetwork(trained(everyKind()), undefined, order(target, earlier))
      writeFileSync(join(target, 'notes.txt'), 'of the earlier export')
      await exportNetwork(trained(everyKind()), undefined, { ...order(target, format), name: 'other' })
      expect(readFileSync(join(target, 'README.txt'), 'utf8')).toMatch(/^other: /)
      expect(readdirSync(target)).toContain(modelFile)
      expect(readdirSync(target)).not.toContain('notes.txt')
      expect(readdirSync(folder.path)).toEqual(['it'])
    }
  })

  it.each([
    ['notes', { 'notes.txt': 'mine' }],
    ['a model of somebody else', { 'model.json': '{"generatedBy":"TensorFlow.js"}' }],
    ['a damaged model', { 'model.json': '{' }],
    ['a SavedModel of somebody else', { 'saved_model.pb': '' }],
    ['a SavedModel with a preprocessing of somebody else', { 'preprocessing.json': '{}', 'saved_model.pb': '' }],
    ['a preprocessing of ours alone', { 'preprocessing.json': '{"generatedBy":"Patchwork"}' }],
  ])('is refused where it holds %s', async (_what, files) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, name), content)
    const error = await appErrorOf(exportNetwork(trained(everyKind()), undefined, order(folder.path, format)))
    expect(error).toMatchObject({ code: 'export-target-used', params: { path: folder.path } })
    expect(readdirSync(folder.path)).toEqual(Object.keys(files))
  })

  it.each([
    ['something else', 0.5],
    ['no number', Number.NaN],
  ])('is not touched when the network computes %s', async (_what, value) => {
    const network = trained(everyKind())
    const wrong = { ...network, answers: (samples: Samples) => [network.predict(samples).fill(value)] }
    const error = await appErrorOf(exportNetwork(wrong, undefined, order(join(folder.path, 'it'), format)))
    expect(error.code).toBe('export-differs')
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('that cannot be made is an error', async () => {
    writeFileSync(join(folder.path, 'file'), '')
    const target = join(folder.path, 'file', 'it')
    const error = await appErrorOf(exportNetwork(trained(everyKind()), undefined, order(target, format)))
    expect(error.code).toBe('write-failed')
  })
})
