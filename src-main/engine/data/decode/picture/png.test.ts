import { describe, expect, it } from 'vitest'
import { exifBlock } from '../../../testing/exif-block'
import { decodedValues, refusalOf } from '../../../testing/decoded'
import { pngFile, type PngPlan } from '../../../testing/png-file'

const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const

function plan(type: PngPlan['type'], depth: PngPlan['depth'], wanted: Partial<PngPlan> = {}): PngPlan {
  const [width, height] = [5, 3]
  const count = width * height * channels[type]
  const values = Array.from({ length: count }, (_, n) => (n * 7919) % 2 ** depth)
  return { width, height, depth, type, values, ...wanted }
}

describe('every depth and colour type', () => {
  it.each([1, 2, 4, 8] as const)('grey of %i bits reaches from 0 to 255', async (depth) => {
    const made = plan(0, depth)
    const found = await decodedValues(pngFile(made))
    expect([found.shape, found.dtype]).toEqual([[3, 5, 1], 'uint8'])
    expect(Array.from(found.values)).toEqual(made.values.map((value) => (value * 255) / (2 ** depth - 1)))
  })

  it.each([
    ['grey', 0, [3, 5, 1]],
    ['grey and alpha', 4, [3, 5, 2]],
  ] as const)('%s of 16 bits keeps them', async (_what, type, shape) => {
    const made = plan(type, 16)
    const found = await decodedValues(pngFile(made))
    expect([found.shape, found.dtype, Array.from(found.values)]).toEqual([shape, 'uint16', made.values])
  })

  it.each([
    [2, [3, 5, 3]],
    [6, [3, 5, 4]],
  ] as const)('colour of 16 bits gets 8 (type %i)', async (type, shape) => {
    const made = plan(type, 16)
    const found = await decodedValues(pngFile(made))
    expect([found.shape, found.dtype]).toEqual([shape, 'uint8'])
    expect(Array.from(found.values)).toEqual(made.values.map((value) => Math.round(value / 257)))
    expect(found.notes.map(({ code }) => code)).toEqual(['reduced-to-bytes'])
  })

  it.each([
    [2, [3, 5, 3]],
    [4, [3, 5, 2]],
    [6, [3, 5, 4]],
  ] as const)('type %i of 8 bits', async (type, shape) => {
    const made = plan(type, 8)
    const found = await decodedValues(pngFile(made))
    expect([found.shape, Array.from(found.values)]).toEqual([shape, made.values])
  })

  it.each([1, 2, 4, 8] as const)('a palette of %i bits is applied', async (depth) => {
    const palette = Array.from({ length: 3 * 2 ** depth }, (_, n) => (n * 31) % 256)
    const made = plan(3, depth, { palette })
    const colours = made.values.map((index) => palette.slice(index * 3, index * 3 + 3))
    const opaque = await decodedValues(pngFile(made))
    expect([opaque.shape, Array.from(opaque.values)]).toEqual([[3, 5, 3], colours.flat()])
    const clear = await decodedValues(pngFile({ ...made, transparency: [77] }))
    const alphas = made.values.map((index) => (index === 0 ? 77 : 255))
    expect([clear.shape, Array.from(clear.values)]).toEqual([
      [3, 5, 4],
      colours.flatMap((one, n) => [...one, alphas[n]]),
    ])
  })

  it('gamma is not applied', async () => {
    const made = plan(2, 8, { chunks: [['gAMA', Buffer.from([0, 0, 0x80, 0])]] })
    expect(Array.from((await decodedValues(pngFile(made))).values)).toEqual(made.values)
  })
})

it('is turned as its EXIF chunk says', async () => {
  const made = plan(0, 8, { width: 3, height: 1, values: [1, 2, 3], chunks: [['eXIf', exifBlock(6)]] })
  const found = await decodedValues(pngFile(made))
  expect([found.shape, Array.from(found.values)]).toEqual([
    [3, 1, 1],
    [1, 2, 3],
  ])
})

describe('what is refused', () => {
  const file = pngFile(plan(2, 8))
  const flipped = Buffer.from(file)
  flipped[file.length - 25]! ^= 0xff
  const huge = Buffer.from(file)
  huge.writeUInt32BE(2 ** 30, 16)
  it.each([
    ['cut', file.subarray(0, file.length - 20), 'truncated'],
    ['cut in its head', file.subarray(0, 20), 'truncated'],
    ['with a wrong checksum', flipped, 'damaged'],
    ['too large', huge, 'too-many-pixels'],
    ['without pixels', pngFile(plan(0, 8, { width: 0, values: [] })), 'no-pixels'],
    [
      'without its first chunk',
      Buffer.concat([file.subarray(0, 12), Buffer.from('XHDR'), file.subarray(16)]),
      'damaged',
    ],
  ])('a file %s', async (_what, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })
})
