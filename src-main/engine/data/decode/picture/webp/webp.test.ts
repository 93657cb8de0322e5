import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../../testing/decoded'
import { exifBlock } from '../../../../testing/exif-block'
import { chunksOf, webpFile, type Chunk } from './chunks'

type Colour = readonly [number, number, number, number]

async function still(width: number, height: number, pixels: readonly Colour[]): Promise<Buffer> {
  return Transformer.fromRgbaPixels(Uint8Array.from(pixels.flat()), width, height).webpLossless()
}

interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly pixels: readonly Colour[]
  readonly blends?: boolean
  readonly clears?: boolean
}

const u24 = (value: number) => [value & 255, (value >> 8) & 255, value >> 16]

async function moving(width: number, height: number, frames: readonly Frame[], alpha = true): Promise<Buffer> {
  const header = Buffer.from([2 | (alpha ? 16 : 0), 0, 0, 0, ...u24(width - 1), ...u24(height - 1)])
  const chunks: Chunk[] = [
    { kind: 'VP8X', body: header },
    { kind: 'ANIM', body: Buffer.alloc(6) },
  ]
  for (const { x, y, blends = true, clears = false, ...frame } of frames) {
    const inside = chunksOf(await still(frame.width, frame.height, frame.pixels), 12)
    const data = webpFile(inside.filter(({ kind }) => kind === 'VP8L')).subarray(12)
    const place = [u24(x / 2), u24(y / 2), u24(frame.width - 1), u24(frame.height - 1), u24(100)].flat()
    chunks.push({ kind: 'ANMF', body: Buffer.from([...place, (blends ? 0 : 2) | (clears ? 1 : 0), ...data]) })
  }
  return Buffer.from(webpFile(chunks))
}

const [red, green, clear, half]: Colour[] = [
  [200, 10, 20, 255],
  [30, 180, 40, 255],
  [0, 0, 0, 0],
  [100, 100, 100, 51],
]

it('a still picture comes through, with alpha only where it has one', async () => {
  const opaque = await decodedValues(await still(2, 1, [red!, green!]))
  expect([opaque.shape.slice(0, 2), Array.from(opaque.values).filter((_, n) => n % opaque.shape[2]! < 3)]).toEqual([
    [1, 2],
    [...red!.slice(0, 3), ...green!.slice(0, 3)],
  ])
  const clearOne = await decodedValues(await still(2, 1, [red!, half!]))
  expect([clearOne.shape, Array.from(clearOne.values)]).toEqual([
    [1, 2, 4],
    [...red!, ...half!],
  ])
})

it('is turned as its EXIF chunk says', async () => {
  const inside = chunksOf(await still(2, 1, [red!, half!]), 12).filter(({ kind }) => kind === 'VP8L')
  const header = Buffer.from([0x18, 0, 0, 0, 1, 0, 0, 0, 0, 0])
  const file = webpFile([{ kind: 'VP8X', body: header }, ...inside, { kind: 'EXIF', body: exifBlock(8) }])
  const found = await decodedValues(file)
  expect([found.shape, Array.from(found.values)]).toEqual([
    [2, 1, 4],
    [...half!, ...red!],
  ])
})

describe('frames', () => {
  const base: Frame = { x: 0, y: 0, width: 4, height: 1, pixels: [red!, red!, red!, red!] }
  const over = (wanted: Partial<Frame>): Frame => ({
    x: 2,
    y: 0,
    width: 2,
    height: 1,
    pixels: [green!, half!],
    ...wanted,
  })
  // 51/255 of 100 over the rest of red.
  const mixed: Colour = [180, 28, 36, 255]

  it.each<[string, Frame[], (readonly Colour[])[]]>([
    ['lie on those before', [base, over({})], [base.pixels, [red!, red!, green!, mixed]]],
    ['replace those before', [base, over({ blends: false })], [base.pixels, [red!, red!, green!, half!]]],
    [
      'are emptied',
      [{ ...base, clears: true }, over({ blends: false })],
      [base.pixels, [clear!, clear!, green!, half!]],
    ],
    ['begin on nothing', [over({})], [[clear!, clear!, green!, half!]]],
  ])('%s', async (_what, frames, expected) => {
    const found = await decodedValues(await moving(4, 1, frames), 'it', { frames: 'all' })
    expect([found.kind, found.shape]).toEqual(['volume', [frames.length, 1, 4, 4]])
    expect(Array.from(found.values)).toEqual(expected.flat(2))
  })

  it('give the first, with a note', async () => {
    const found = await decodedValues(await moving(4, 1, [base, over({})]))
    expect([found.kind, found.shape, found.notes.map(({ code }) => code)]).toEqual([
      'picture',
      [1, 4, 4],
      ['first-frame'],
    ])
  })

  it('are RGB where the file has no alpha', async () => {
    const found = await decodedValues(await moving(4, 1, [base], false))
    expect([found.shape, Array.from(found.values)]).toEqual([[1, 4, 3], base.pixels.flatMap((one) => one.slice(0, 3))])
  })

  it('outside of the picture are refused', async () => {
    expect((await refusalOf(await moving(3, 1, [over({})]))).code).toBe('damaged')
  })
})

describe('what is refused', () => {
  it.each([
    ['cut', (file: Buffer) => file.subarray(0, file.length - 4), 'truncated'],
    ['cut in its head', (file: Buffer) => file.subarray(0, 18), 'truncated'],
    ['of a strange first chunk', (file: Buffer) => (file.write('VP9X', 12, 'latin1'), file), 'damaged'],
  ])('a file %s', async (_what, change, code) => {
    const file = await moving(4, 1, [{ x: 0, y: 0, width: 2, height: 1, pixels: [red!, green!] }])
    expect((await refusalOf(change(file))).code).toBe(code)
  })

  it('a file too large', async () => {
    const header = Buffer.from([0, 0, 0, 0, ...u24(16_000), ...u24(16_000)])
    expect((await refusalOf(webpFile([{ kind: 'VP8X', body: header }]))).code).toBe('too-many-pixels')
  })
})
