import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../testing/decoded'
import { exifBlock, withExif, withSegment } from '../../../testing/exif-block'

/** Four blocks of one colour each, so that neither compression nor subsampling blurs their middles. */
const colours = [
  [250, 20, 20],
  [20, 250, 20],
  [20, 20, 250],
  [240, 240, 20],
]

async function jpegFile(width = 64, height = 32): Promise<Buffer> {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set([...quarter(x, y, width, height), 255], (y * width + x) * 4)
  }
  // Without an alpha channel it would be refused by the encoder of some versions.
  return Transformer.fromRgbaPixels(rgba, width, height).jpeg(95)
}

const quarter = (x: number, y: number, width: number, height: number) =>
  colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!

function corners(values: ArrayLike<number>, height: number, width: number): number[] {
  const places = [
    [8, 8],
    [width - 8, 8],
    [8, height - 8],
    [width - 8, height - 8],
  ]
  return places.map(([x = 0, y = 0]) => {
    const at = (y * width + x) * 3
    const distance = (colour: number[]) => colour.reduce((sum, value, n) => sum + Math.abs(value - values[at + n]!), 0)
    const nearest = colours.findIndex((colour) => distance(colour) < 40)
    return nearest
  })
}

describe('orientation', () => {
  // Which quarter of what is stored lies top left, top right, bottom left, bottom right.
  it.each([
    [1, [0, 1, 2, 3]],
    [2, [1, 0, 3, 2]],
    [3, [3, 2, 1, 0]],
    [4, [2, 3, 0, 1]],
    [5, [0, 2, 1, 3]],
    [6, [2, 0, 3, 1]],
    [7, [3, 1, 2, 0]],
    [8, [1, 3, 0, 2]],
  ])('%i is undone, in both byte orders', async (orientation, expected) => {
    for (const order of ['little', 'big'] as const) {
      const file = withExif(await jpegFile(), exifBlock(orientation, order))
      const { shape, values } = await decodedValues(file)
      expect(shape).toEqual(orientation > 4 ? [64, 32, 3] : [32, 64, 3])
      expect(corners(values, shape[0]!, shape[1]!)).toEqual(expected)
    }
  })

  it.each([
    ['cut', exifBlock(6).subarray(0, 12)],
    ['of a value that means nothing', exifBlock(9)],
    ['of random bytes', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])],
    ['that leads nowhere', Buffer.from([0x4d, 0x4d, 0, 42, 0xff, 0xff, 0xff, 0xff])],
  ])('by a block %s is none', async (_what, block) => {
    const { values } = await decodedValues(withExif(await jpegFile(), block))
    expect(corners(values, 32, 64)).toEqual([0, 1, 2, 3])
  })

  it('is that of the picture, not of a smaller one inside', async () => {
    const thumbnail = await jpegFile(16, 16)
    const block = Buffer.concat([exifBlock(1), thumbnail])
    const { shape, values } = await decodedValues(withExif(await jpegFile(), block))
    expect([shape, corners(values, 32, 64)]).toEqual([
      [32, 64, 3],
      [0, 1, 2, 3],
    ])
  })
})

it('gives the first of several pictures, with a note', async () => {
  // A multi-picture block (CIPA DC-007) whose directory has the number of pictures.
  const block = Buffer.concat([Buffer.from('MPF\0', 'latin1'), exifBlock(0)])
  block.writeUInt16BE(0xb001, 4 + 10)
  block.writeUInt16BE(4, 4 + 12)
  block.writeUInt32BE(2, 4 + 18)
  const file = Buffer.concat([withSegment(await jpegFile(), 0xe2, block), await jpegFile(16, 16)])
  const found = await decodedValues(file)
  expect([found.shape, found.notes]).toEqual([
    [32, 64, 3],
    [{ code: 'first-frame', params: { count: 2 }, warns: false }],
  ])
})

describe('grey at the end', () => {
  it('that is meant comes in without a note', async () => {
    const rgba = new Uint8Array(64 * 64 * 4).fill(128)
    for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255
    const file = await Transformer.fromRgbaPixels(rgba, 64, 64).jpeg(95)
    const found = await decodedValues(file)
    expect([new Set(found.values), found.notes]).toEqual([new Set([128]), []])
  })

  it('that damage leaves is told', async () => {
    const file = await noise()
    // The second half of the data is all ones, which stand for no code.
    const ones = Buffer.from(Array.from({ length: 1000 }, () => [0xff, 0]).flat())
    const half = file.subarray(0, Math.floor(file.length / 2))
    const found = await decodedValues(Buffer.concat([half, ones, Buffer.from([0xff, 0xd9])]))
    expect([found.shape, found.notes]).toEqual([[64, 64, 3], [{ code: 'damaged-in-places', params: {}, warns: true }]])
  })

  async function noise(): Promise<Buffer> {
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, n) => (n % 4 === 3 ? 255 : (n * n * 31) % 256))
    return Transformer.fromRgbaPixels(rgba, 64, 64).jpeg(95)
  }
})

describe('what is refused', () => {
  const frame = (file: Buffer) =>
    file.findIndex((byte, at) => byte === 0xff && (file[at + 1] === 0xc0 || file[at + 1] === 0xc2))
  it.each([
    ['cut in its data', (file: Buffer) => file.subarray(0, file.length - 50), 'truncated'],
    ['without its end mark', (file: Buffer) => file.subarray(0, file.length - 2), 'truncated'],
    ['cut in its head', (file: Buffer) => file.subarray(0, 10), 'truncated'],
    ['without a picture', () => Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'no-picture-in-it'],
    [
      'that claims to be huge',
      (file: Buffer) => (file.writeUInt32BE(0xfde8fde8, frame(file) + 5), file),
      'too-many-pixels',
    ],
    ['of another coding', (file: Buffer) => ((file[frame(file) + 1] = 0xc9), file), 'format-not-read'],
    ['of 12 bits', (file: Buffer) => ((file[frame(file) + 4] = 12), file), 'format-not-read'],
  ])('a file %s', async (_what, change, code) => {
    expect((await refusalOf(change(await jpegFile()))).code).toBe(code)
  })
})
