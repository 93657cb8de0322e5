import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../../testing/decoded'
import { tiffFile, type TiffPlan } from '../../../../testing/tiff-file'

/** Values that differ from place to place and reach over the whole range of a type. */
function ramp(count: number, bits: number, format: TiffPlan['format']): number[] {
  if (format === 'float') return Array.from({ length: count }, (_, n) => Math.fround(Math.sin(n) * 3))
  const [low, span] = format === 'int' ? [-(2 ** (bits - 1)), 2 ** bits] : [0, 2 ** bits]
  // A run now and then, so that packing has something to pack.
  return Array.from({ length: count }, (_, n) => low + Math.floor(((n - (n % 3)) * 7919) % span))
}

function plan(wanted: Partial<TiffPlan>): TiffPlan {
  const { width = 13, height = 11, samples = 1, bits = 8, format = 'uint' } = wanted
  const values = ramp(width * height * samples, bits, format)
  return { width, height, samples, bits, format, values, ...wanted }
}

const types: [bits: number, format: TiffPlan['format'], dtype: string][] = [
  [8, 'uint', 'uint8'],
  [16, 'uint', 'uint16'],
  [32, 'uint', 'uint32'],
  [8, 'int', 'int8'],
  [16, 'int', 'int16'],
  [32, 'int', 'int32'],
  [32, 'float', 'float32'],
  [64, 'float', 'float64'],
]

describe('values come through as they were written', () => {
  describe.each(types)('%i bit %s', (bits, format, dtype) => {
    it.each<[string, Partial<TiffPlan>]>([
      ['in one strip', {}],
      ['big-endian', { order: 'big' }],
      ['BigTIFF', { big: true }],
      ['big-endian BigTIFF', { big: true, order: 'big' }],
      ['in strips', { rowsPerStrip: 4 }],
      ['in tiles', { tile: [16, 16] }],
      ['in small tiles', { tile: [4, 4], samples: 3 }],
      ['plane by plane', { samples: 3, separate: true, rowsPerStrip: 3 }],
      ['tiles plane by plane', { samples: 4, separate: true, tile: [8, 8] }],
      ['packed with deflate', { packing: 'deflate', rowsPerStrip: 5 }],
      ['packed with LZW', { packing: 'lzw', width: 61, height: 47 }],
      ['packed with PackBits', { packing: 'packbits' }],
      ['packed big-endian tiles', { packing: 'lzw', order: 'big', tile: [16, 16], samples: 3 }],
    ])('%s', async (_what, wanted) => {
      const made = plan({ bits, format, ...wanted })
      const found = await decodedValues(tiffFile(made))
      expect([found.shape, found.dtype]).toEqual([[made.height, made.width, made.samples], dtype])
      expect(Array.from(found.values)).toEqual(made.values)
    })

    it.each<[string, Partial<TiffPlan>]>([
      ['little-endian', {}],
      ['big-endian colour', { order: 'big', samples: 3 }],
      ['in tiles, packed', { samples: 3, tile: [8, 8], packing: 'deflate' }],
      ['plane by plane', { samples: 3, separate: true }],
    ])('as differences, %s', async (_what, wanted) => {
      const made = plan({ bits, format, predictor: format === 'float' ? 3 : 2, ...wanted })
      expect(Array.from((await decodedValues(tiffFile(made))).values)).toEqual(made.values)
    })
  })
})

describe('few bits', () => {
  it.each([1, 2, 4])('%i bits reach from 0 to 255', async (bits) => {
    const made = plan({ bits })
    const most = 2 ** bits - 1
    const found = await decodedValues(tiffFile(made))
    expect([found.dtype, Array.from(found.values)]).toEqual(['uint8', made.values.map((one) => (one * 255) / most)])
  })

  it.each([10, 12, 14])('%i bits keep their values', async (bits) => {
    const made = plan({ bits })
    const found = await decodedValues(tiffFile(made))
    expect([found.dtype, Array.from(found.values)]).toEqual(['uint16', made.values])
  })
})

describe('colours', () => {
  it('of a palette are applied', async () => {
    const palette = [0, 0x1234, 0xff00, 0xffff, 1, 2, 3, 0x8000, 0x4000, 0, 0, 0xffff]
    const made = plan({ width: 4, height: 1, bits: 2, values: [3, 2, 1, 0], photometric: 3, palette })
    const found = await decodedValues(tiffFile(made))
    expect(found.shape).toEqual([1, 4, 3])
    expect(Array.from(found.values)).toEqual([0xff, 0x80, 0xff, 0xff, 0, 0, 0x12, 0, 0, 0, 0, 0x40])
  })

  it.each([
    [8, 'uint8', [0, 255, 7], [255, 0, 248]],
    [1, 'uint8', [0, 1, 0], [255, 0, 255]],
    [16, 'uint16', [0, 65_535, 300], [65_535, 0, 65_235]],
    [12, 'uint16', [0, 4095, 300], [4095, 0, 3795]],
  ])('count from white with %i bits', async (bits, dtype, values, expected) => {
    const found = await decodedValues(tiffFile(plan({ width: 3, height: 1, bits, values, photometric: 0 })))
    expect([found.dtype, Array.from(found.values)]).toEqual([dtype, expected])
  })

  it('of inks become light', async () => {
    const values = [0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 51, 102, 153, 51]
    const found = await decodedValues(tiffFile(plan({ width: 4, height: 1, samples: 4, values, photometric: 5 })))
    expect(found.shape).toEqual([1, 4, 3])
    expect(Array.from(found.values)).toEqual([255, 255, 255, 0, 255, 255, 0, 0, 0, 163, 122, 82])
  })

  it('that were multiplied by their alpha are divided again', async () => {
    const values = [50, 100, 25, 128, 9, 9, 9, 0]
    const found = await decodedValues(tiffFile(plan({ width: 2, height: 1, samples: 4, values, extraSamples: [1] })))
    expect(Array.from(found.values)).toEqual([100, 199, 50, 128, 9, 9, 9, 0])
  })
})

describe('pages', () => {
  const pages: [TiffPlan, ...TiffPlan[]] = [
    plan({}),
    plan({ values: ramp(13 * 11 + 5, 8, 'uint').slice(5) }),
    plan({ packing: 'lzw' }),
  ]

  it('are one picture, with a note', async () => {
    const found = await decodedValues(tiffFile(...pages))
    expect(Array.from(found.values)).toEqual(pages[0].values)
    expect(found.notes).toEqual([{ code: 'first-frame', params: { count: 3 }, warns: false }])
  })

  it('are a volume where all are wanted', async () => {
    const found = await decodedValues(tiffFile(...pages), 'it', { frames: 'all' })
    expect([found.kind, found.shape]).toEqual(['volume', [3, 11, 13, 1]])
    expect(Array.from(found.values)).toEqual(pages.flatMap(({ values }) => values))
  })

  it('of different sizes make no volume', async () => {
    const file = tiffFile(plan({}), plan({ width: 12 }))
    expect((await refusalOf(file, 'it', { frames: 'all' })).code).toBe('frames-differ')
  })

  it('that lead back to each other are refused', async () => {
    const file = tiffFile(plan({}))
    const start = file.readUInt32LE(4)
    file.writeUInt32LE(start, start + 2 + 12 * file.readUInt16LE(start))
    expect((await refusalOf(file)).code).toBe('damaged')
  })
})

it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is undone', async (orientation) => {
  // The first row and column of what is stored lie where the specification says.
  const sides = ['', 'tl', 'tr', 'br', 'bl', 'lt', 'rt', 'rb', 'lb'][orientation]!
  const made = plan({ orientation })
  const found = await decodedValues(tiffFile(made))
  const [height, width] = [found.shape[0]!, found.shape[1]!]
  expect([height, width]).toEqual(orientation > 4 ? [13, 11] : [11, 13])
  const rowSide = sides[0]!
  const columnSide = sides[1]!
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance: Record<string, number> = { t: y, b: height - 1 - y, l: x, r: width - 1 - x }
      const [row, column] = [distance[rowSide]!, distance[columnSide]!]
      expect(found.values[y * width + x]).toBe(made.values[row * 13 + column])
    }
  }
})

it('many samples to a pixel are an array', async () => {
  const made = plan({ samples: 7, photometric: 1 })
  const found = await decodedValues(tiffFile(made))
  expect([found.kind, found.shape, Array.from(found.values)]).toEqual(['array', [11, 13, 7], made.values])
})

it('values that are no numbers are told', async () => {
  const file = tiffFile(plan({ width: 2, height: 1, bits: 32, format: 'float', values: [NaN, 1] }))
  expect((await decodedValues(file)).notes).toEqual([{ code: 'not-numbers', params: { count: 1 }, warns: true }])
})

describe('what is refused', () => {
  it.each([
    ['cut in its values', (file: Buffer) => file.subarray(0, file.length - 60), 'truncated'],
    ['cut in its head', (file: Buffer) => file.subarray(0, 6), 'truncated'],
    ['packed otherwise', (file: Buffer) => changed(file, 259, 50_000), 'format-not-read'],
    ['of other colours', (file: Buffer) => changed(file, 262, 8), 'format-not-read'],
    ['too large', (file: Buffer) => changed(file, 256, 2 ** 30), 'too-many-pixels'],
    [
      'of too many samples',
      (file: Buffer) => changed(changed(changed(file, 256, 1000), 257, 1000), 277, 50),
      'too-many-values',
    ],
    ['without a width', (file: Buffer) => changed(file, 256, 0), 'no-pixels'],
    ['with enormous strips', (file: Buffer) => changed(changed(file, 257, 60), 278, 2 ** 31), 'truncated'],
  ])('a file %s', async (_what, change, code) => {
    const { code: found } = await refusalOf(change(tiffFile(plan({}))))
    expect(found).toBe(code)
  })

  function changed(file: Buffer, tag: number, value: number): Buffer {
    const start = file.readUInt32LE(4)
    for (let n = 0; n < file.readUInt16LE(start); n++) {
      const at = start + 2 + n * 12
      if (file.readUInt16LE(at) !== tag) continue
      if (file.readUInt16LE(at + 2) === 3) file.writeUInt16LE(value, at + 8)
      else file.writeUInt32LE(value, at + 8)
    }
    return file
  }
})
