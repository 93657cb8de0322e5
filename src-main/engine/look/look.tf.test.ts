import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatasetCache } from '../data/dataset-cache'
import { preprocessingFor } from '../data/preprocess'
import { makeNetworkModel } from '../model/network-model'
import { writeRecord } from '../runs/run-folder'
import { saveWeights } from '../runs/weights-file'
import { Runs } from '../train/runs'
import { tf } from '../tf'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { sizeOf } from '@shared/layers/shape'
import { chain } from '@shared/network/chain'
import { preprocessing, smallNetwork } from '../testing/networks'
import { finishedRun } from '../testing/run-record'
import { tiedNetworks } from '../testing/tied'
import { readFilters } from './filters'
import { bestGuesses } from './guess'
import { guessFile } from './guess-file'
import { TrainedNetworks } from './trained'

let folder: ReturnType<typeof temporaryFolder>
let networks: TrainedNetworks
beforeEach(() => {
  folder = temporaryFolder()
  const silent = { metrics: () => undefined, changed: () => undefined, log: () => undefined }
  networks = new TrainedNetworks(new Runs(new DatasetCache(), silent))
})
afterEach(() => folder.remove())

/** A run's folder with weights of a seed, as if trained for so many steps. */
async function runFolder(name: string, seed: number, step: number, network = smallNetwork()): Promise<string> {
  const directory = join(folder.path, name)
  mkdirSync(directory)
  const classes = ['a', 'b', 'c']
  await writeRecord(directory, finishedRun({ network, classes, preprocessing }))
  await save(directory, seed, step, network)
  return directory
}

async function save(directory: string, seed: number, step: number, network = smallNetwork()): Promise<void> {
  const model = makeNetworkModel(network, preprocessing, { seed })
  await saveWeights(directory, { step, epoch: 1, weights: model.readWeights() })
  model.dispose()
}

describe('the network of a folder', () => {
  it('is that of the weights which lie there now, however often they change', async () => {
    const directory = await runFolder('one', 1, 10)
    const outputs = () =>
      networks.with(directory, async ({ step, predict }) => ({
        step,
        values: [...predict({ count: 1, values: new Uint8Array(64).fill(127) })],
      }))
    const first = await outputs()
    expect(first.step).toBe(10)
    expect(await outputs()).toEqual(first)
    await save(directory, 2, 20)
    const second = await outputs()
    expect(second.step).toBe(20)
    expect(second.values).not.toEqual(first.values)
  })

  it('is loaded once, and only the last three stay', async () => {
    const before = tf.node.getNumOfSavedModels()
    const counts: number[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e', 'e']) {
      const directory = name === 'e' && counts.length === 5 ? join(folder.path, name) : await runFolder(name, 1, 1)
      await networks.with(directory, async () => undefined)
      counts.push(tf.node.getNumOfSavedModels() - before)
    }
    expect(counts).toEqual([1, 2, 3, 3, 3, 3])
  })

  it('is refused where weights are missing, cut or of another network', async () => {
    const use = (directory: string) => appErrorOf(networks.with(directory, async () => undefined))
    const before = tf.memory().numTensors
    const cut = await runFolder('cut', 1, 1)
    truncateSync(join(cut, 'weights', 'weights-1.bin'), 100)
    expect((await use(cut)).code).toBe('weights-damaged')
    const other = await runFolder('other', 1, 1)
    await save(other, 1, 2, chain(['input', { shape: [8, 8, 1] }], ['flatten'], ['dense', { units: 3 }]))
    expect(await use(other)).toMatchObject({
      code: 'weights-damaged',
      params: { detail: 'conv2d-1/kernel is missing' },
    })
    const none = await runFolder('none', 1, 1)
    rmSync(join(none, 'weights'), { recursive: true })
    expect((await use(none)).code).toBe('no-weights')
    writeFileSync(join(none, 'run.json'), '{}')
    expect((await use(none)).code).toBe('run-damaged')
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('filters', () => {
  it('are the kernel of the first layer that has a picture’s, or of the layer that is named', async () => {
    const network = chain(
      ['input', { shape: [8, 8, 1] }],
      ['activation'],
      ['conv2d', { filters: 2, kernel: [3, 2] }],
      ['conv2d', { filters: 5, kernel: [1, 1] }],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const directory = await runFolder('it', 1, 7, network)
    await networks.with(directory, async (own) => {
      const first = readFilters(own, { node: null })
      expect(first).toMatchObject({ node: 'conv2d-1', shape: [3, 2, 1, 2], step: 7 })
      const kernel = own.readWeights().find(({ node, name }) => node === 'conv2d-1' && name === 'kernel')
      expect(first.values).toEqual(kernel?.values)
      expect(readFilters(own, { node: 'conv2d-2' }).shape).toEqual([1, 1, 2, 5])
      for (const node of ['dense-1', 'flatten-1', 'nobody']) {
        expect(() => readFilters(own, { node })).toThrow(expect.objectContaining({ code: 'no-filters' }))
      }
    })
  })
})

describe('filters over sequences and volumes', () => {
  it.each([
    [[16, 2], 'conv1d', { filters: 3, kernel: [5] }, [5, 2, 3], (at: number[]) => at],
    [[4, 4, 4, 1], 'conv3d', { filters: 3, kernel: [2, 3, 3] }, [2, 3, 3, 1, 3], (at: number[]) => at],
    // TensorFlow has the filters of a transposed convolution before its inputs, and of a depthwise one inputs × multiplier.
    [[16, 2], 'transposed-conv1d', { filters: 3, kernel: [5] }, [5, 2, 3], ([p = 0, i = 0, f = 0]) => [p, f, i]],
    [
      [4, 4, 4, 2],
      'transposed-conv3d',
      { filters: 3, kernel: [1, 2, 3] },
      [1, 2, 3, 2, 3],
      ([d = 0, h = 0, w = 0, i = 0, f = 0]: number[]) => [d, h, w, f, i],
    ],
    [
      [16, 2],
      'depthwise-conv1d',
      { kernel: [5], multiplier: 3 },
      [5, 1, 6],
      ([p = 0, , f = 0]: number[]) => [p, Math.floor(f / 3), f % 3],
    ],
    [[16, 4], 'separable-conv1d', { filters: 3, kernel: [5] }, [5, 1, 4], ([p = 0, , f = 0]: number[]) => [p, f, 0]],
  ])('of samples %j are kernels of %s', async (shape, kind, values, found, keptAt) => {
    const network = chain(
      [shape.length === 2 ? 'sequence-input' : 'volume-input', { shape }],
      [kind, values],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const directory = join(folder.path, 'it')
    mkdirSync(directory)
    const own = preprocessingFor(shape)
    await writeRecord(directory, finishedRun({ network, classes: ['a', 'b', 'c'], preprocessing: own }))
    const model = makeNetworkModel(network, own, { seed: 1 })
    const weights = model.readWeights()
    await saveWeights(directory, { step: 3, epoch: 1, weights })
    model.dispose()
    await networks.with(directory, async (opened) => {
      const view = readFilters(opened, { node: null })
      expect(view).toMatchObject({ node: `${kind}-1`, shape: found, step: 3 })
      const [kept] = weights
      const flat = (at: readonly number[], sizes: readonly number[]) =>
        sizes.reduce((sum, size, axis) => sum * size + (at[axis] ?? 0), 0)
      for (let n = 0; n < view.values.length; n++) {
        const at = found.map((size, axis) => Math.floor(n / sizeOf(found.slice(axis + 1))) % size)
        expect(view.values[n]).toBe(kept?.values[flat(keptAt(at), kept.shape)])
      }
      expect(view.values).toHaveLength(sizeOf(found))
    })
  })
})

describe('filters of layers with a kernel for each place', () => {
  it('are those of the place that is asked for, or of the middle one', async () => {
    const network = chain(
      ['input', { shape: [8, 8, 1] }],
      ['conv2d', { filters: 2, kernel: [3, 3] }],
      ['locally-connected-2d', { filters: 3, kernel: [3, 2], strides: [2, 1] }],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const directory = await runFolder('it', 1, 7, network)
    await networks.with(directory, async (own) => {
      const node = 'locally-connected-2d-1'
      const kernel = own.readWeights(node).find(({ name }) => name === 'kernel')
      expect(kernel?.shape, 'places, window · inputs, filters').toEqual([10, 12, 3])
      const shown = (at?: number[]) => readFilters(own, { node, at })
      expect(shown()).toMatchObject({ node, shape: [3, 2, 2, 3], places: { count: [2, 5], at: [1, 2] }, step: 7 })
      for (const [at, place] of [
        [[0, 0], 0],
        [[0, 4], 4],
        [[1, 3], 8],
        [[7, 7], 9],
      ] as const) {
        expect(shown([...at]).values).toEqual(kernel?.values.slice(place * 36, (place + 1) * 36))
      }
      expect(readFilters(own, { node: 'conv2d-1', at: [1, 1] })).not.toHaveProperty('places')
    })
  })
})

describe('the weights of tied layers', () => {
  it('are shown for each of them, and kept once, as those of their owner', async () => {
    const { network, shape } = tiedNetworks['a layer that uses the weights of one behind it']!
    const directory = await runFolder('tied', 1, 7, network)
    await networks.with(directory, async (own) => {
      expect(shape).toEqual(preprocessing.shape)
      const places = own.listWeights().map(({ node, name }) => `${node} ${name}`)
      expect(places).toEqual(['conv2d-1', 'conv2d-3', 'dense-1'].flatMap((id) => [`${id} kernel`, `${id} bias`]))
      expect(own.readWeights('conv2d-2')).toEqual(own.readWeights('conv2d-3'))
      expect(own.readWeights('conv2d-2').map(({ node }) => node)).toEqual(['conv2d-3', 'conv2d-3'])
      const [tied, owner] = [readFilters(own, { node: 'conv2d-2' }), readFilters(own, { node: 'conv2d-3' })]
      expect(tied).toMatchObject({ node: 'conv2d-2', shape: [3, 3, 4, 4] })
      expect(tied.values).toEqual(owner.values)
    })
  })
})

describe('guesses', () => {
  it.each([
    [
      [0.1, 0.7, 0.2],
      [1, 2, 0],
    ],
    [
      [0.25, 0.25, 0.25, 0.25, 0, 0],
      [0, 1, 2, 3, 4],
    ],
    [[1], [0]],
  ])('of %j are classes %j', (probabilities, classes) => {
    const guesses = bestGuesses(Float32Array.from(probabilities))
    expect(guesses.map(({ classIndex }) => classIndex)).toEqual(classes)
  })

  it('of a picture are those of its pixels', async () => {
    const directory = await runFolder('it', 4, 1)
    const rgba = Uint8Array.from({ length: 256 }, (_, n) => (n % 4 === 3 ? 255 : (n >> 2) * 4))
    const bytes = await Transformer.fromRgbaPixels(rgba, 8, 8).png()
    await networks.with(directory, async (network) => {
      const sample = await guessFile(network, { name: 'it.png', bytes, invert: false })
      expect([...sample.pixels]).toEqual(Array.from({ length: 64 }, (_, n) => n * 4))
      const probabilities = network.predict({ count: 1, values: Uint8Array.from(sample.pixels) })
      expect(sample).toMatchObject({ sample: null, label: null, shape: [8, 8, 1], top: bestGuesses(probabilities) })
      const inverted = await guessFile(network, { name: 'it.png', bytes, invert: true })
      expect([...inverted.pixels]).toEqual(Array.from({ length: 64 }, (_, n) => 255 - n * 4))
      expect(inverted.top).not.toEqual(sample.top)
    })
  })
})
