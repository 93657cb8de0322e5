import { marksOf } from '@shared/data/dataset'
import { toShownBytes, type SampleValues } from '@shared/data/preprocessing'
import type { SampleDetail, SampleSpectra } from '@shared/data/sample-detail'
import { storedParts } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { readBatch } from './batches'
import type { Dataset } from './dataset'
import { makePart } from './part'
import { spectrogramMaker } from './sound/spectrogram'
import { tellingSpectrograms } from './sound/tell-spectrogram'

/** One sample in full. Throws `row-unknown` where the data set has no such row. */
export async function readSample(dataset: Dataset, row: number): Promise<SampleDetail> {
  const { all, preprocessing } = dataset
  const values = valuesOf(dataset, row)
  const [name = ''] = await all.names.at(Uint32Array.of(row))
  return {
    row,
    part: storedParts[all.parts[row] ?? 0] ?? 'train',
    label: all.labels[row] ?? 0,
    marks: marksOf(all.marks[row] ?? 0),
    name,
    shape: [...preprocessing.shape],
    values: values instanceof Uint8Array ? Uint8Array.from(values) : Float32Array.from(values),
    shown: toShownBytes(values, preprocessing),
    rate: preprocessing.sound?.rate ?? null,
  }
}

/** About so many spectra stand beside each other. */
const wanted = { width: 512, seconds: 0.025, frames: 256, range: 80 } as const

/** The spectrogram of each channel of a sound, fine enough to be drawn. Throws `no-sound` for samples of another kind. */
export function readSpectra(dataset: Dataset, row: number): SampleSpectra {
  const { shape, sound } = dataset.preprocessing
  const [frames = 0, count = 1] = shape
  if (shape.length !== 2) throw new AppError('no-sound')
  const values = valuesOf(dataset, row)
  const rate = sound?.rate ?? 1
  const under = sound ? Math.max(16, Math.round(rate * wanted.seconds)) : wanted.frames
  const size = Math.min(2 ** 16, 2 ** Math.ceil(Math.log2(under)))
  const settings = {
    size,
    window: Math.min(under, size),
    hop: Math.max(1, Math.min(Math.floor(size / 4), Math.floor(frames / wanted.width)), Math.floor(frames / 2048)),
    bands: { kind: 'linear' },
    scale: 'decibel',
    range: wanted.range,
  } as const
  const spectrogram = tellingSpectrograms(() => spectrogramMaker(settings, rate))
  const spectra = Array.from({ length: count }, (_, channel) =>
    spectrogram(Float32Array.from({ length: frames }, (_value, n) => values[n * count + channel] ?? 0)),
  )
  const [{ height, width } = { height: 1, width: 1 }] = spectra
  // One scale for all channels, so that a quiet one looks quiet.
  let high = -Infinity
  for (const { values: levels } of spectra) for (const level of levels) high = Math.max(high, level)
  return {
    row,
    height,
    width,
    channels: spectra.map((one) => Float32Array.from(one.values)),
    low: high - wanted.range,
    high,
  }
}

/** A sample's own values, one after another. */
export function valuesOf({ all, preprocessing, summary }: Dataset, row: number): SampleValues {
  if (row >= all.count) throw new AppError('row-unknown', { found: row, count: all.count })
  const one = makePart(all.labels, all, Uint32Array.of(row), summary.classes.length)
  return readBatch(one, Uint32Array.of(0), preprocessing).values
}
