import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../testing/decoded'
import { pngFile } from '../../../testing/png-file'

/** A bitmap with a palette, or with 16 bits to a pixel; rows come from the bottom. */
function bmpFile(bits: 1 | 4 | 8 | 16, rows: number[][], palette: number[][] = [], masks: number[] = []): Buffer {
  const width = rows[0]!.length
  const stride = Math.ceil((width * bits) / 32) * 4
  const pixels = Buffer.concat(
    [...rows].reverse().map((row) => {
      const bytes = Buffer.alloc(stride)
      if (bits === 16) row.forEach((value, x) => bytes.writeUInt16LE(value, x * 2))
      else {
        const text = row.map((value) => value.toString(2).padStart(bits, '0')).join('')
        const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '0').match(/.{8}/g)!
        padded.forEach((byte, x) => (bytes[x] = parseInt(byte, 2)))
      }
      return bytes
    }),
  )
  const tables = Buffer.concat([
    ...masks.map((mask) => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32LE(mask)
      return bytes
    }),
    ...palette.map(([red = 0, green = 0, blue = 0]) => Buffer.from([blue, green, red, 0])),
  ])
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(54 + tables.length + pixels.length, 2)
  head.writeUInt32LE(54 + tables.length, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(width, 18)
  head.writeInt32LE(rows.length, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(bits, 28)
  head.writeUInt32LE(masks.length > 0 ? 3 : 0, 30)
  head.writeUInt32LE(palette.length, 46)
  return Buffer.concat([head, tables, pixels])
}

describe('BMP', () => {
  const colours = [
    [1, 2, 3],
    [200, 100, 50],
  ]
  it.each([1, 4, 8] as const)('of %i bits with a palette of colours is RGB', async (bits) => {
    const found = await decodedValues(
      bmpFile(
        bits,
        [
          [0, 1, 1],
          [1, 0, 0],
        ],
        colours,
      ),
    )
    expect(found.shape).toEqual([2, 3, 3])
    expect(Array.from(found.values)).toEqual([0, 1, 1, 1, 0, 0].flatMap((index) => colours[index]!))
  })

  it.each([1, 4, 8] as const)('of %i bits with a palette of greys is grey', async (bits) => {
    const greys = [9, 77].map((one) => [one, one, one])
    const found = await decodedValues(
      bmpFile(
        bits,
        [
          [0, 1],
          [1, 0],
        ],
        greys,
      ),
    )
    expect([found.shape, Array.from(found.values)]).toEqual([
      [2, 2, 1],
      [9, 77, 77, 9],
    ])
  })

  it('of 16 bits is rounded down', async () => {
    const all = Array.from({ length: 32 }, (_, n) => n)
    const five = (n: number) => Math.floor((n * 255) / 31)
    const plain = await decodedValues(bmpFile(16, [all.map((n) => (n << 10) | (n << 5) | (31 - n))]))
    expect(Array.from(plain.values)).toEqual(all.flatMap((n) => [five(n), five(n), five(31 - n)]))
    const masks = [0xf800, 0x07e0, 0x001f]
    const masked = await decodedValues(bmpFile(16, [all.map((n) => (n << 11) | ((n * 2) << 5) | (31 - n))], [], masks))
    expect(Array.from(masked.values)).toEqual(
      all.flatMap((n) => [five(n), Math.floor((n * 2 * 255) / 63), five(31 - n)]),
    )
  })

  it('that is cut or too large is refused', async () => {
    const file = bmpFile(
      8,
      [
        [0, 1],
        [1, 0],
      ],
      colours,
    )
    expect((await refusalOf(file.subarray(0, file.length - 3))).code).toBe('truncated')
    file.writeInt32LE(-30_000, 22)
    file.writeInt32LE(30_000, 18)
    expect((await refusalOf(file)).code).toBe('too-many-pixels')
  })
})

describe('PNM', () => {
  it.each([
    ['P1\n3 1\n1 0 1\n', [1, 3, 1], [0, 255, 0]],
    ['P2\n# a comment\n2 1\n255\n7 200\n', [1, 2, 1], [7, 200]],
    ['P3 1 1 255 1 2 3\n', [1, 1, 3], [1, 2, 3]],
    ['P5\n2 1\n255\nAz', [1, 2, 1], [65, 122]],
    ['P6\n1 1\n255\nabc', [1, 1, 3], [97, 98, 99]],
  ])('%j', async (text, shape, values) => {
    const found = await decodedValues(Buffer.from(text))
    expect([found.shape, Array.from(found.values)]).toEqual([shape, values])
  })

  it.each([
    ['P5\n90000 90000\n255\n', 'too-many-pixels'],
    ['P6\n2 2\n255\nabc', 'truncated'],
    ['P5\nx y\n', 'damaged'],
  ])('%j is refused', async (text, code) => expect((await refusalOf(Buffer.from(text))).code).toBe(code))
})

describe('QOI', () => {
  const head = (width: number, height: number, channels: number) => {
    const bytes = Buffer.alloc(14)
    bytes.write('qoif')
    bytes.writeUInt32BE(width, 4)
    bytes.writeUInt32BE(height, 8)
    bytes[12] = channels
    return bytes
  }
  const end = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])

  it('knows every way of telling a pixel', async () => {
    const data = [
      [0xfe, 10, 20, 30],
      [0xc1],
      // +1, 0, -1 to the colours before.
      [0x40 | (3 << 4) | (2 << 2) | 1],
      // Green +8, red 2 more than that, blue 3 less.
      [0x80 | 40, (10 << 4) | 5],
      [0xff, 1, 2, 3, 4],
      // The place of (10, 20, 30, 255) among those seen.
      [(10 * 3 + 20 * 5 + 30 * 7 + 255 * 11) % 64],
    ]
    const found = await decodedValues(Buffer.concat([head(7, 1, 4), Buffer.from(data.flat()), end]))
    const expected = [
      [10, 20, 30],
      [10, 20, 30],
      [10, 20, 30],
      [11, 20, 29],
      [21, 28, 34],
    ].map((one) => [...one, 255])
    expect(Array.from(found.values)).toEqual([...expected, [1, 2, 3, 4], [10, 20, 30, 255]].flat())
  })

  it('that is cut, huge or strange is refused', async () => {
    expect((await refusalOf(Buffer.concat([head(2, 2, 3), Buffer.from([0xfe, 1, 2, 3]), end]))).code).toBe('truncated')
    expect((await refusalOf(head(2 ** 20, 2 ** 20, 3))).code).toBe('too-many-pixels')
    expect((await refusalOf(head(2, 2, 5))).code).toBe('damaged')
  })
})

describe('ICO', () => {
  const icon = (pictures: Buffer[]) => {
    const head = Buffer.alloc(6 + 16 * pictures.length)
    head.set([0, 0, 1, 0, pictures.length, 0])
    let at = head.length
    pictures.forEach((picture, n) => {
      const entry = 6 + n * 16
      head[entry] = picture.readUInt32BE(16)
      head[entry + 1] = picture.readUInt32BE(20)
      head.set([1, 0, 32, 0], entry + 4)
      head.writeUInt32LE(picture.length, entry + 8)
      head.writeUInt32LE(at, entry + 12)
      at += picture.length
    })
    return Buffer.concat([head, ...pictures])
  }
  const picture = (size: number) =>
    pngFile({ width: size, height: size, depth: 8, type: 6, values: new Array<number>(size * size * 4).fill(size) })

  it('gives the largest picture inside, with a note', async () => {
    const found = await decodedValues(icon([picture(2), picture(5), picture(3)]))
    expect([found.shape, new Set(found.values)]).toEqual([[5, 5, 4], new Set([5])])
    expect(found.notes).toEqual([{ code: 'first-frame', params: { count: 3 }, warns: false }])
  })

  it('with a huge picture inside is refused', async () => {
    const large = picture(2)
    large.writeUInt32BE(2 ** 24, 16)
    expect((await refusalOf(icon([large]))).code).toBe('too-many-pixels')
  })
})

describe('AVIF', () => {
  it('comes in without an alpha channel where it has none', async () => {
    const rgba = Uint8Array.from({ length: 32 * 16 * 4 }, (_, n) => [200, 60, 30, 255][n % 4]!)
    const file = await Transformer.fromRgbaPixels(rgba, 32, 16).avif({ quality: 100 })
    const found = await decodedValues(file)
    expect([found.shape.slice(0, 2), found.dtype]).toEqual([[16, 32], 'uint8'])
    const middle = Array.from(found.values.subarray(0, 3))
    middle.forEach((value, n) => expect(Math.abs(value - [200, 60, 30][n]!)).toBeLessThan(6))
  })

  it('that is cut is refused', async () => {
    const file = await Transformer.fromRgbaPixels(new Uint8Array(32 * 16 * 4).fill(255), 32, 16).avif()
    expect(['truncated', 'damaged']).toContain((await refusalOf(file.subarray(0, file.length - 10))).code)
  })
})
