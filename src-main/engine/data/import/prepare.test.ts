import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usualImport, type ImportSettings } from '@shared/data/import'
import type { Preprocessing } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { zipFile } from '../../testing/archives'
import { exifBlock, withExif } from '../../testing/exif-block'
import { noise, useImports } from '../../testing/imports'
import { outsideData } from '../../testing/outside-data'
import { usualLimits } from '../decode/contract'
import { jpegSampleIn } from '../jpeg-sample'
import { readPicture } from '../picture'
import type { SampleFrame } from '../picture-sample'
import { withKernels } from '../wasm/kernels'
import { lookAt, type Looked } from './look'
import { preparedItems, type PrepareOptions } from './prepare'
import { prepareItem, type Prepared } from './prepare-item'
import { printShape, refusalOf } from './prepare-pack'
import type { Piece } from './prepare-pool'
import { printLength, printOf, unpackPrint } from './prints'
import type { SampleForm } from './survey'

const { sourceOf } = useImports()

/** A JPEG of noise on a slope, grey where its channels are 1. */
function jpegFile(seed: number, width: number, height: number, quality = 90): Buffer {
  const values = noise(seed, height, width).subarray(-width * height)
  const rgba = new Uint8Array(width * height * 4)
  for (const [n, value] of values.entries()) rgba.set([value >> 1, 255 - value, (n * 7) & 255, 255], n * 4)
  return Transformer.fromRgbaPixels(rgba, width, height).jpegSync(quality)
}

async function look(files: Readonly<Record<string, Buffer | string>>, settings: Partial<ImportSettings> = {}) {
  return lookAt([await sourceOf(files)], { ...usualImport, ...settings })
}

async function prepared({ items, form }: Looked, options: PrepareOptions = {}): Promise<Prepared[]> {
  const all: Prepared[] = []
  for await (const piece of preparedItems(items, form, Promise.resolve(0), options)) {
    all.push(...unpacked(piece, form))
  }
  return all
}

/** The items of a piece, whose samples keep using its memory, and are all that is in it. */
function unpacked({ items, values, prints }: Piece, form: SampleForm): Prepared[] {
  const [length, printBytes] = [sizeOf(form.shape), printLength(printShape(form))]
  let row = 0
  const all = items.map((item): Prepared => {
    if ('refusal' in item) return { refusal: refusalOf(item.refusal) }
    const { names, ...facts } = item
    const samples = names.map((name) => {
      const [own, print] = [row * length, row * printBytes]
      row += 1
      return {
        name,
        values: values.subarray(own, own + length),
        print: unpackPrint(prints.subarray(print, print + printBytes)),
      }
    })
    return { samples, ...facts }
  })
  expect([values.length, prints.length]).toEqual([row * length, row * printBytes])
  return all
}

/** The sample that is made of a JPEG at once. */
function jpegSample(file: Uint8Array, frame: SampleFrame, mostPixels: number) {
  return withKernels((kernels) => {
    const sample = jpegSampleIn(kernels, kernels.put(file), file.length, frame, mostPixels)
    return sample && { values: kernels.bytes(sample.at, sizeOf(frame.shape)).slice(), shape: sample.shape }
  })
}

/** What was made, without what only threads add, as text that can be compared. */
function told(all: readonly Prepared[]): unknown[] {
  return all.map((one) => {
    if ('refusal' in one) return `${one.refusal.code} ${JSON.stringify(one.refusal.params)}`
    const samples = one.samples.map(({ name, values }) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
    ])
    return [samples, one.shape, one.notes]
  })
}

const pictures = {
  ...Object.fromEntries(
    [...Array(40).keys()].map((n) => [`a/${n}.jpg`, jpegFile(n, 10 + ((n * 37) % 50), 10 + ((n * 53) % 50))]),
  ),
  ...Object.fromEntries([...Array(40).keys()].map((n) => [`b/${n}.pgm`, noise(n, 20, 9 + n)])),
  'a/cut.jpg': jpegFile(1, 30, 30).subarray(0, 200),
  'a/empty.jpg': '',
  'a/other.jpg': noise(7, 12, 12),
  'b/same.jpg': jpegFile(5, 16, 16),
  'b/nothing.png': 'no picture',
}

describe('items prepared on threads', () => {
  const sound = (name: string) => readFileSync(new URL(`../../testing/sounds/${name}`, import.meta.url))
  const slices = Object.fromEntries(
    [...Array(24).keys()].map((n) => [`${n < 12 ? 'a' : 'b'}/p${n >> 2}/${n % 4}.pgm`, noise(n, 5, 5)]),
  )
  const sounds = {
    ...Object.fromEntries(['mono.ogg', 'stereo.mp3', 'stereo.opus'].map((name) => [`a/${name}`, sound(name)])),
    ...Object.fromEntries(['mono-8.flac', 'alaw.aiff'].map((name) => [`b/${name}`, sound(name)])),
    'b/cut.flac': sound('stereo-24.flac').subarray(0, 2000),
  }

  it.each<[string, Readonly<Record<string, Buffer | string>>, Partial<ImportSettings>]>([
    ['pictures to fit', pictures, { size: [16, 16], resize: 'fit' }],
    ['pictures to fill', pictures, { size: [16, 16], resize: 'fill' }],
    ['pictures to be stretched', pictures, { size: [16, 16], resize: 'stretch', channels: 1 }],
    ['sounds in windows', sounds, { as: 'sounds', seconds: 0.02, rate: 8000 }],
    ['volumes in slices', { ...slices, 'b/p3/2.pgm': 'P5' }, { as: 'volumes', slices: true }],
    [
      'what lies in an archive',
      { 'all.zip': zipFile(Object.entries(pictures).map(([name, content]) => ({ name, content }))) },
      {},
    ],
  ])('are what one thread alone makes, and what this one makes: %s', async (_what, files, settings) => {
    const looked = await look(files, settings)
    const { items, form } = looked
    const here: Prepared[] = []
    for (const [n, { file }] of items.labelled.entries()) {
      here.push(await prepareItem(file.name, () => items.decode(n), form))
    }
    expect(here.some((one) => 'refusal' in one) && here.some((one) => 'samples' in one)).toBe(true)
    const one = await prepared(looked, { threads: 1 })
    expect(told(one)).toEqual(told(here))
    expect(told(await prepared(looked, { threads: 3 }))).toEqual(told(here))
    for (const item of one) {
      for (const { values, print } of 'samples' in item ? item.samples : []) {
        expect(print).toEqual(printOf(values, printShape(form)))
      }
    }
  })

  it('come from the item on that is told later, in memory that is used again and again', async () => {
    const { items, form } = await look(pictures, { size: [16, 16] })
    const all = told(await prepared(await look(pictures, { size: [16, 16] })))
    for (const from of [0, 1, 50, all.length]) {
      const found: unknown[] = []
      for await (const piece of preparedItems(items, form, setTimeout(20, from), { threads: 2 })) {
        found.push(...told(unpacked(piece, form)))
        piece.release()
      }
      expect(found).toEqual(all.slice(from))
    }
  })

  it('end where it turns out that none is wanted', async () => {
    const { items, form } = await look(pictures)
    const pieces = preparedItems(items, form, Promise.reject(new Error('there is no room')))
    await expect(pieces.next()).rejects.toThrow('there is no room')
    expect(await pieces.next()).toEqual({ done: true, value: undefined })
  })

  it('are the pictures that the viewer and the command line read', async () => {
    const looked = await look(pictures, { size: [20, 12], resize: 'fill', channels: 1 })
    const all = await prepared(looked)
    const preprocessing: Preprocessing = { shape: [...looked.form.shape], divisor: 255, resize: 'fill' }
    for (const [n, item] of all.entries()) {
      const file = looked.items.labelled[n]!.file
      if (!('samples' in item)) continue
      const picture = { name: file.name, bytes: readFileSync(file.path), invert: false }
      expect(item.samples.map(({ values }) => values)).toEqual([await readPicture(picture, preprocessing)])
    }
  })
})

describe('a JPEG that is decoded and brought to its size at once', () => {
  const sizes = fc.integer({ min: 1, max: 70 })
  const frames = fc.record({
    height: sizes,
    width: sizes,
    channels: fc.constantFrom(1, 3),
    resize: fc.constantFrom('fit', 'fill', 'stretch'),
  })

  it('becomes the sample that it becomes step by step, turned as it says', async () => {
    const properties = [sizes, sizes, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 8 }), frames] as const
    await fc.assert(
      fc.asyncProperty(...properties, async (width, height, quality, orientation, frame) => {
        const plain = jpegFile(width + height, width, height, quality)
        const bytes = orientation > 0 ? withExif(plain, exifBlock(orientation)) : plain
        const shape = [frame.height, frame.width, frame.channels]
        const sample = jpegSample(bytes, { shape, resize: frame.resize }, usualLimits.pixels)
        const picture = { name: '', bytes, invert: false }
        const read = await readPicture(picture, { shape, divisor: 255, resize: frame.resize })
        const upright = orientation > 4 ? [width, height, 3] : [height, width, 3]
        expect(sample).toEqual({ values: read, shape: upright })
      }),
      { numRuns: 200 },
    )
  })

  const awkward = outsideData('awkward')
  it.skipIf(awkward.missing)('is none that is damaged, empty, of inks or one of several', () => {
    const files = ['cmyk', 'mpo_stereo', 'truncated', 'zero_bytes', 'random_bytes', 'text_named']
    for (const name of files) {
      const bytes = readFileSync(`${awkward.path}/jpeg/${name}.jpg`)
      expect([name, jpegSample(bytes, { shape: [20, 20, 3] }, usualLimits.pixels)]).toEqual([name, undefined])
    }
    const grey = readFileSync(`${awkward.path}/jpeg/grey.jpg`)
    expect(jpegSample(grey, { shape: [20, 20, 1] }, usualLimits.pixels)?.shape).toEqual([128, 128, 1])
    expect(jpegSample(grey, { shape: [20, 20, 1] }, 1000)).toBeUndefined()
  })

  it.each([
    [40, 40],
    [300, 300],
  ])('is none whose data was lost on the way, of %i × %i', (width, height) => {
    // From the middle on all ones, which stand for no code: decoders fill up with grey.
    const file = jpegFile(3, width, height)
    const ones = Buffer.from(Array.from({ length: 1000 }, () => [0xff, 0]).flat())
    const bytes = Buffer.concat([file.subarray(0, file.length >> 1), ones, Buffer.from([0xff, 0xd9])])
    expect(jpegSample(bytes, { shape: [16, 16, 3] }, usualLimits.pixels)).toBeUndefined()
  })
})
