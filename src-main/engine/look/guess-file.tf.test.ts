import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Preprocessing } from '@shared/data/preprocessing'
import { chain } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatasetCache } from '../data/dataset-cache'
import { makeNetworkModel } from '../model/network-model'
import { writeRecord } from '../runs/run-folder'
import { saveWeights } from '../runs/weights-file'
import { temporaryFolder } from '../testing/idx-files'
import { niftiFile } from '../testing/nifti-file'
import { wavFile } from '../testing/plain-files'
import { preprocessing as pictures, smallNetwork } from '../testing/networks'
import { finishedRun } from '../testing/run-record'
import { Runs } from '../train/runs'
import { bestGuesses } from './guess'
import { guessFile } from './guess-file'
import { TrainedNetworks, type TrainedNetwork } from './trained'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** A network with the weights of a seed, as a run left it. */
async function withNetwork<T>(
  network: NetworkDocument,
  preprocessing: Preprocessing,
  view: (trained: TrainedNetwork) => Promise<T>,
): Promise<T> {
  const directory = join(folder.path, 'run')
  mkdirSync(directory)
  await writeRecord(directory, finishedRun({ network, classes: ['a', 'b', 'c'], preprocessing }))
  const model = makeNetworkModel(network, preprocessing, { seed: 3 })
  await saveWeights(directory, { step: 1, epoch: 1, weights: model.readWeights() })
  model.dispose()
  const silent = { metrics: () => undefined, changed: () => undefined, log: () => undefined }
  return new TrainedNetworks(new Runs(new DatasetCache(), silent)).with(directory, view)
}

const sounds: Preprocessing = {
  shape: [16, 1],
  divisor: 1,
  floats: { low: -1, high: 1 },
  sound: { rate: 8000, length: 16 },
}
const soundNetwork = chain(
  ['sequence-input', { shape: [16, 1] }],
  ['flatten'],
  ['dense', { units: 3, activation: 'softmax' }],
)
const volumes: Preprocessing = { shape: [2, 2, 2, 1], divisor: 255 }
const volumeNetwork = chain(
  ['volume-input', { shape: [2, 2, 2, 1] }],
  ['flatten'],
  ['dense', { units: 3, activation: 'softmax' }],
)

/** Multiples of 2⁻¹⁵, which 16 bits keep as they are. */
const wave = Array.from({ length: 40 }, (_, n) => Math.round(Math.sin(n * n) * 20_000) / 32_768)
const wav = (samples: readonly number[]) => ({
  name: 'it.wav',
  bytes: wavFile(8000, [samples.map((value) => value * 32_768)]),
  invert: false,
})
const scan = { version: 1, order: 'little', shape: [2, 2, 2], type: 'uint8' } as const
const nifti = { name: 'it.nii', bytes: niftiFile({ ...scan, values: [1, 2, 3, 4, 5, 6, 7, 8] }), invert: false }

describe('a sound', () => {
  it('is guessed window by window, as the mean over all whole ones, and the surest is shown', () =>
    withNetwork(soundNetwork, sounds, async (network) => {
      const sample = await guessFile(network, wav(wave))
      const each = [0, 16].map((start) =>
        network.predict({ count: 1, values: Float32Array.from(wave.slice(start, start + 16)) }),
      )
      const means = Float32Array.from([0, 1, 2], (at) => each.reduce((sum, one) => sum + (one[at] ?? 0), 0) / 2)
      expect(sample.top.map(({ classIndex }) => classIndex)).toEqual(
        bestGuesses(means).map(({ classIndex }) => classIndex),
      )
      for (const { classIndex, probability } of sample.top) expect(probability).toBeCloseTo(means[classIndex] ?? 0, 5)
      const best = sample.top[0]?.classIndex ?? 0
      const second = (each[1]?.[best] ?? 0) > (each[0]?.[best] ?? 0)
      expect(sample.windows).toEqual({ count: 2, start: second ? 16 / 8000 : 0, seconds: 16 / 8000 })
      const shown = wave.slice(second ? 16 : 0, second ? 32 : 16)
      for (const [n, value] of shown.entries()) expect(sample.pixels[n]).toBeCloseTo((value + 1) * 127.5, -0.31)
    }))

  it('that is short is one window, filled up with silence', () =>
    withNetwork(soundNetwork, sounds, async (network) => {
      const sample = await guessFile(network, wav(wave.slice(0, 10)))
      expect(sample.windows).toBeUndefined()
      const values = Float32Array.from({ length: 16 }, (_, n) => (n < 10 ? (wave[n] ?? 0) : 0))
      expect(sample.top).toEqual(bestGuesses(network.predict({ count: 1, values })))
    }))

  it('cannot be guessed by a run from before rates were recorded', () => {
    const { sound, ...old } = sounds
    expect(sound).toBeDefined()
    return withNetwork(soundNetwork, old, async (network) => {
      await expect(guessFile(network, wav(wave))).rejects.toMatchObject({ code: 'guess-no-rate' })
    })
  })
})

describe('a volume', () => {
  it('is guessed in its own values', () =>
    withNetwork(volumeNetwork, volumes, async (network) => {
      const sample = await guessFile(network, nifti)
      expect(sample).toMatchObject({ shape: [2, 2, 2, 1], label: null, sample: null })
      expect([...sample.pixels].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(sample.top).toEqual(bestGuesses(network.predict({ count: 1, values: sample.pixels })))
    }))

  it('of another size is scaled to the network’s', () =>
    withNetwork(volumeNetwork, volumes, async (network) => {
      const values = Array.from({ length: 64 }, () => 9)
      const bytes = niftiFile({ ...scan, shape: [4, 4, 4], values })
      expect([...(await guessFile(network, { ...nifti, bytes })).pixels]).toEqual(Array(8).fill(9))
    }))
})

describe('a file of another kind', () => {
  it.each([
    ['a sound, by a network of pictures', smallNetwork(), pictures, wav(wave), 'guess-not-picture'],
    ['a volume, by a network of sounds', soundNetwork, sounds, nifti, 'guess-not-sound'],
    ['a sound, by a network of volumes', volumeNetwork, volumes, wav(wave), 'guess-not-volume'],
    [
      'a text, by a network of sounds',
      soundNetwork,
      sounds,
      { ...wav([]), bytes: Buffer.from('no sound') },
      'guess-unreadable',
    ],
    [
      'nothing, by a network of volumes',
      volumeNetwork,
      volumes,
      { ...nifti, bytes: Buffer.alloc(0) },
      'guess-unreadable',
    ],
  ])('is refused with its name: %s', (_name, network, preprocessing, file, code) =>
    withNetwork(network, preprocessing, async (trained) => {
      await expect(guessFile(trained, file)).rejects.toMatchObject({ code, params: { name: file.name } })
    }),
  )
})
