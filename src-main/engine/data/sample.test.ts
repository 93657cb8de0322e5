import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SampleValues } from '@shared/data/preprocessing'
import { LikeSamples, SampleDetail, SampleSpectra } from '@shared/data/sample-detail'
import type { SampleName, StoredPart } from '@shared/data/stored-dataset'
import { seededRandom } from '../random'
import { appErrorOf } from '../testing/errors'
import { idxBytes, numberedSamples, temporaryFolder } from '../testing/idx-files'
import { smallPlan } from '../testing/stored-plan'
import { openDataset, type Dataset } from './dataset'
import { DuplicateFinder } from './import/fingerprints'
import { findLike } from './like-samples'
import { readSample, readSpectra } from './sample'
import { StoredWriter, type StoredPlan } from './store/stored-writer'

let folder: ReturnType<typeof temporaryFolder>
const opened: Dataset[] = []
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  for (const dataset of opened.splice(0)) dataset.close()
  folder.remove()
})

interface Made {
  readonly values: SampleValues
  readonly name: SampleName
  readonly part?: StoredPart
  readonly label?: number
}

/** A stored data set of some samples, flagged as an import would do it. */
async function stored(samples: readonly Made[], own: Partial<StoredPlan>): Promise<Dataset> {
  const directory = join(folder.path, 'set')
  const plan: StoredPlan = { ...smallPlan, shape: [9, 9, 1], ...own }
  const writer = await StoredWriter.create(directory, plan)
  const finder = new DuplicateFinder(plan.kind === 'pictures' ? plan.shape : [])
  for (const { values, name, part = 'train', label = 0 } of samples) {
    await writer.add({ values, name, part, label, flags: finder.flagsOf(values, part, label) })
  }
  await writer.finish({ found: samples.length, used: samples.length, skipped: [] })
  const dataset = await openDataset({ kind: 'stored', title: 'small', directory })
  opened.push(dataset)
  return dataset
}

describe('one sample', () => {
  it('is all that its source has of it, whichever file it lies in', async () => {
    const shape = [2, 3]
    const [train, test] = [numberedSamples(40, shape, 4), numberedSamples(12, shape, 3)]
    const pair = (name: string, { images, labelFile }: typeof train) => ({
      images: folder.write(`${name}-a`, images),
      labels: folder.write(`${name}-b`, labelFile),
    })
    const dataset = await openDataset({ kind: 'idx', title: 's', train: pair('one', train), test: pair('two', test) })
    opened.push(dataset)
    for (const [row, part, at, made] of [
      [7, 'train', 7, train],
      [45, 'test', 5, test],
    ] as const) {
      const sample = SampleDetail.parse(await readSample(dataset, row))
      expect(sample).toMatchObject({ row, part, label: made.labels[at], shape: [2, 3, 1], marks: [], rate: null })
      expect([...sample.values]).toEqual([...made.pixels.subarray(at * 6, (at + 1) * 6)])
      expect(sample.shown).toEqual(sample.values)
    }
    expect((await appErrorOf(readSample(dataset, 52))).code).toBe('row-unknown')
    expect(() => readSpectra(dataset, 0)).toThrow(expect.objectContaining({ code: 'no-sound' }))
  })

  it('of a sound has its own values, its rate and where its window begins', async () => {
    const values = Float32Array.from({ length: 2000 }, (_, n) => (n % 2 ? -0.5 : n / 2000))
    const made: Made[] = [
      { values: new Float32Array(2000).fill(0.25), name: 'still.wav', part: 'test' },
      { values, name: ['dogs/a wav.wav', 1.5], label: 1 },
    ]
    const dataset = await stored(made, { kind: 'sounds', shape: [1000, 2], type: 'float32', divisor: 1, rate: 8000 })
    const sample = await readSample(dataset, 1)
    expect(sample).toMatchObject({ label: 1, name: ['dogs/a wav.wav', 1.5], rate: 8000, part: 'train' })
    expect(sample.values).toEqual(values)
    expect((await readSample(dataset, 0)).marks).toEqual(['constant'])
  })
})

describe('the spectrogram of a sound', () => {
  it('has each channel’s tone where it is, at one scale', async () => {
    const [rate, frames] = [8000, 4000]
    const tone = (hertz: number, loud: number) => (n: number) => loud * Math.sin((2 * Math.PI * hertz * n) / rate)
    const [left, right] = [tone(1000, 1), tone(3000, 0.1)]
    const values = Float32Array.from({ length: 2 * frames }, (_, n) => (n % 2 ? right(n >> 1) : left(n >> 1)))
    const made: Made[] = [
      { values, name: 'a' },
      { values: values.map((one) => one / 2), name: 'b', part: 'test' },
    ]
    const dataset = await stored(made, { kind: 'sounds', shape: [frames, 2], type: 'float32', divisor: 1, rate })
    const spectra = SampleSpectra.parse(readSpectra(dataset, 0))
    const { height, width, channels, low, high } = spectra
    const column = Math.floor(width / 2)
    const loudest = channels.map((levels) => {
      const rows = Array.from({ length: height }, (_, row) => levels[row * width + column]!)
      const row = rows.indexOf(Math.max(...rows))
      return { hertz: ((height - 1 - row) / (height - 1)) * (rate / 2), level: rows[row]! }
    })
    expect(loudest[0]!.hertz).toBeCloseTo(1000, -2)
    expect(loudest[1]!.hertz).toBeCloseTo(3000, -2)
    expect(loudest[0]!.level - loudest[1]!.level).toBeCloseTo(20, 0)
    expect(high - low).toBe(80)
    expect(channels.every((levels) => levels.length === height * width)).toBe(true)
  })
})

describe('samples like one', () => {
  /** Smooth pictures of chance, so that a little more light leaves them alike. */
  function picture(seed: number, light = 0): Uint8Array {
    const random = seededRandom(seed)
    const corners = Array.from({ length: 4 }, () => random.below(200) + 20)
    return Uint8Array.from({ length: 81 }, (_, at) => {
      const [x, y] = [(at % 9) / 8, Math.floor(at / 9) / 8]
      const [a = 0, b = 0, c = 0, d = 0] = corners
      return light + (a * (1 - x) + b * x) * (1 - y) + (c * (1 - x) + d * x) * y
    })
  }
  const signal = new AbortController().signal

  it('are those that the import flagged, and the first of them, from whichever one asks', async () => {
    const random = seededRandom(3)
    const chosen = Array.from({ length: 60 }, () => ({ seed: random.below(12), light: random.below(6) < 4 ? 0 : 1 }))
    const made = chosen.map(({ seed, light }, n): Made => ({
      values: picture(seed, light),
      name: `${n}`,
      part: n % 5 ? 'train' : 'test',
    }))
    const dataset = await stored([...made, { values: new Uint8Array(81).fill(7), name: 'blank' }], {})
    const same = (one: Uint8Array, other: Uint8Array) => one.every((value, at) => value === other[at])
    for (let row = 0; row < 60; row++) {
      const { equal, alike } = LikeSamples.parse(await findLike(dataset, row, signal))
      const values = made[row]!.values as Uint8Array
      const expected = [...made.keys()].filter((n) => n !== row && same(made[n]!.values as Uint8Array, values))
      expect([...equal]).toEqual(expected)
      const { marks } = await readSample(dataset, row)
      expect(marks.includes('duplicate')).toBe(expected.some((other) => other < row))
      if (marks.includes('near-duplicate')) expect([...alike].some((other) => other < row)).toBe(true)
      expect([...alike].every((other) => chosen[other]!.light !== chosen[row]!.light)).toBe(true)
    }
    expect(await findLike(dataset, 60, signal)).toEqual({ row: 60, equal: new Uint32Array(), alike: new Uint32Array() })
  })

  it('are not looked for once nobody waits', async () => {
    const images = folder.write('a', idxBytes([20, 9, 9], new Uint8Array(1620)))
    const labels = folder.write(
      'b',
      idxBytes(
        [20],
        Uint8Array.from({ length: 20 }, (_, n) => n % 2),
      ),
    )
    const dataset = await openDataset({ kind: 'idx', title: 's', train: { images, labels }, test: null })
    opened.push(dataset)
    const given = AbortSignal.abort()
    expect((await appErrorOf(findLike(dataset, 0, given))).code).toBe('cancelled')
  })
})
