import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appErrorOf } from '../testing/errors'
import { outsideData } from '../testing/outside-data'
import type { ResizeMode } from '@shared/data/preprocessing'
import { readPicture } from './picture'

/** A PNG whose pixels a function gives as red, green, blue and alpha. */
function png(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): Promise<Buffer> {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgba.set(pixel(x, y), (y * width + x) * 4)
  return Transformer.fromRgbaPixels(rgba, width, height).png()
}

function read(bytes: Uint8Array, shape: number[], invert = false, resize?: ResizeMode): Promise<Uint8Array> {
  return readPicture({ name: 'it', bytes, invert }, { shape, divisor: 255, ...(resize ? { resize } : {}) })
}

describe('a picture of the right size', () => {
  it('comes through unchanged, in colour and as grey by BT.601', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 36, maxLength: 36 }), async (values) => {
        const bytes = await png(4, 3, (x, y) => [...values.subarray((y * 4 + x) * 3, (y * 4 + x) * 3 + 3), 255])
        expect([...(await read(bytes, [3, 4, 3]))]).toEqual([...values])
        const grey = Array.from({ length: 12 }, (_, n) => {
          const [red = 0, green = 0, blue = 0] = values.subarray(n * 3, n * 3 + 3)
          return Math.round((299 * red + 587 * green + 114 * blue) / 1000)
        })
        expect([...(await read(bytes, [3, 4, 1]))]).toEqual(grey)
        expect([...(await read(bytes, [3, 4, 1], true))]).toEqual(grey.map((value) => 255 - value))
      }),
      { numRuns: 20 },
    )
  })

  it('is laid on white where it is transparent', async () => {
    const alphas = [0, 51, 255]
    const bytes = await png(3, 1, (x) => [100, 0, 200, alphas[x]!])
    expect([...(await read(bytes, [1, 3, 3]))]).toEqual([255, 255, 255, 224, 204, 244, 100, 0, 200])
  })
})

describe('a picture of another size', () => {
  it('keeps its proportions and is filled up with the colour of its border', async () => {
    // A dark bar on light paper, twice as wide as high.
    const bytes = await png(80, 40, (_x, y) => (y >= 10 && y < 30 ? [0, 0, 0, 255] : [240, 240, 240, 255]))
    const sample = await read(bytes, [20, 20, 1])
    const column = Array.from({ length: 20 }, (_, y) => sample[y * 20 + 10]!)
    expect(column.slice(0, 5)).toEqual(new Array(5).fill(240))
    expect(column.slice(15)).toEqual(new Array(5).fill(240))
    expect(column.slice(9, 11)).toEqual([0, 0])
    // Twenty of eighty rows, so a quarter of the twenty columns' width: five rows of darkness in all.
    expect(column.reduce((sum, value) => sum + (240 - value) / 240, 0)).toBeCloseTo(5, 1)
  })

  it('is enlarged where it is smaller', async () => {
    const sample = await read(await png(2, 2, (x) => (x === 0 ? [0, 0, 0, 255] : [200, 200, 200, 255])), [8, 8, 1])
    expect([sample[0], sample[7], sample[56], sample[63]]).toEqual([0, 200, 0, 200])
  })

  it('is cut where it is to fill the sample, and stretched where its sides are scaled alone', async () => {
    // Black at the left, white in the middle, grey at the right, each a square.
    const bytes = await png(60, 20, (x) => [x < 20 ? 0 : x < 40 ? 255 : 99, 0, 0, 255])
    expect(new Set(await read(bytes, [10, 10, 3], false, 'fill'))).toEqual(new Set([255, 0]))
    const stretched = (await read(bytes, [10, 10, 3], false, 'stretch')).filter((_, at) => at % 3 === 0)
    expect([0, 1, 4, 5, 8, 9, 90, 99].map((at) => stretched[at])).toEqual([0, 0, 255, 255, 99, 99, 0, 99])
    for (const mode of ['fill', 'stretch'] as const) {
      expect(await read(await png(900, 1, () => [9, 9, 9, 255]), [4, 4, 1], false, mode)).toEqual(
        new Uint8Array(16).fill(9),
      )
    }
  })

  it('has the values of a triangle filter within 1, as another implementation computes them', async () => {
    const sides = fc.integer({ min: 1, max: 40 })
    await fc.assert(
      fc.asyncProperty(
        sides,
        sides,
        sides,
        sides,
        fc.infiniteStream(fc.nat(255)),
        async (fromY, fromX, y, x, noise) => {
          const bytes = await png(fromX, fromY, () => [...noise.take(3), 255])
          const filter = { filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill }
          const expected = await new Transformer(bytes).resize({ width: x, height: y, ...filter }).rawPixels()
          const sample = await read(bytes, [y, x, 3], false, 'stretch')
          for (const [at, value] of sample.entries()) {
            expect(Math.abs(value - expected[Math.floor(at / 3) * 4 + (at % 3)]!)).toBeLessThanOrEqual(1)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('may be a strip of one row', async () => {
    const sample = await read(await png(900, 1, () => [9, 9, 9, 255]), [28, 28, 1])
    expect(new Set(sample)).toEqual(new Set([9]))
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'picture-empty'],
    ['text', Buffer.from('no picture at all'), 'picture-unreadable'],
    ['a cut JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 0]), 'picture-truncated'],
  ])('%s, with its name', async (_what, bytes, code) => {
    expect(await appErrorOf(read(bytes, [2, 2, 1]))).toMatchObject({ code, params: { name: 'it' } })
  })
})

const awkward = outsideData('awkward')

describe.skipIf(awkward.missing)('files made elsewhere', () => {
  const upright: [number, number, number[]][] = [
    [32, 42, [163, 121, 73]],
    [64, 64, [176, 83, 66]],
    [126, 126, [74, 100, 137]],
  ]
  it.each<[string, number, number, number, [number, number, number[]][]]>([
    ...[2, 3, 4, 5, 6, 7, 8].map((n): [string, number, number, number, [number, number, number[]][]] => [
      `jpeg/orientation/hopper_${n}.jpg`,
      128,
      128,
      8,
      upright,
    ]),
    ['jpeg/grey.jpg', 128, 128, 4, [[32, 42, [127, 127, 127]]]],
    ['jpeg/png_named.jpg', 32, 32, 0, [[8, 10, [115, 135, 123]]]],
    ['png/basn0g01.png', 32, 32, 0, [[8, 10, [0, 0, 0]]]],
    ['png/basn0g16.png', 32, 32, 1, [[8, 10, [92, 92, 92]]]],
    ['png/basn2c16.png', 32, 32, 1, [[8, 10, [189, 173, 0]]]],
    ['png/basn3p02.png', 32, 32, 0, [[8, 10, [0, 0, 255]]]],
    // Grey 172 with alpha 65 on white.
    ['png/basn4a08.png', 32, 32, 1, [[8, 10, [234, 234, 234]]]],
    ['png/tbbn3p08.png', 32, 32, 0, [[30, 30, [255, 255, 255]]]],
    [
      'png/rgb_trns.png',
      64,
      64,
      0,
      [
        [16, 21, [255, 255, 255]],
        [62, 62, [254, 0, 47]],
      ],
    ],
    ['bmp/pal4rle.bmp', 127, 64, 0, [[125, 62, [0, 0, 0]]]],
    ['tiff/lzw.tif', 128, 128, 0, [[32, 42, [172, 114, 74]]]],
    ['anim/animated.gif', 100, 100, 0, [[25, 33, [30, 144, 255]]]],
    ['tiff/bigtiff.tif', 128, 128, 0, [[32, 42, [172, 114, 74]]]],
    ['webp/lossless.webp', 32, 32, 0, [[8, 10, [122, 114, 111]]]],
  ])('%s has the values that another decoder gives', async (name, width, height, tolerance, probes) => {
    const sample = await read(readFileSync(join(awkward.path, name)), [height, width, 3])
    for (const [x, y, expected] of probes) {
      const at = (y * width + x) * 3
      expected.forEach((value, channel) => {
        expect(Math.abs(sample[at + channel]! - value)).toBeLessThanOrEqual(tolerance)
      })
    }
  })

  it.each([
    ['jpeg/truncated.jpg', 'picture-truncated'],
    ['jpeg/zero_bytes.jpg', 'picture-empty'],
    ['jpeg/random_bytes.jpg', 'picture-unreadable'],
    ['jpeg/text_named.jpg', 'picture-unreadable'],
    ['png/truncated_image.png', 'picture-truncated'],
    ['png/broken_data_stream.png', 'picture-unreadable'],
    ['bmp/shortfile.bmp', 'picture-truncated'],
    ['bombs/black_50000x50000.png', 'picture-too-many-pixels'],
    ['bombs/claims_65000x65000.jpg', 'picture-too-many-pixels'],
    ['bombs/decompression_bomb.gif', 'picture-too-many-pixels'],
  ])('%s: %s', async (name, code) => {
    expect((await appErrorOf(read(readFileSync(join(awkward.path, name)), [28, 28, 1]))).code).toBe(code)
  })
})
