import { Transformer } from '@napi-rs/image'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awkwardFiles, awkwardPath } from '../../../testing/awkward-files'
import { gifFile } from '../../../testing/gif-file'
import { niftiFile } from '../../../testing/nifti-file'
import { pngFile } from '../../../testing/png-file'
import { tiffFile } from '../../../testing/tiff-file'
import type { ReadOptions } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'

const limits = { bytes: 2 ** 22, pixels: 2 ** 18, values: 2 ** 18 }
const values = Array.from({ length: 16 * 16 }, (_, n) => (n * 37) % 256)
const rgba = Uint8Array.from({ length: 16 * 16 * 4 }, (_, n) => (n * 53) % 256)
const transformer = () => Transformer.fromRgbaPixels(rgba, 16, 16)

/** Small valid files of every kind that mutations begin with. */
async function seeds(): Promise<[string, Uint8Array][]> {
  const size = { width: 16, height: 16 }
  const palette = [0, 60, 120, 240].map((one) => [one, one, 255 - one] as const)
  const indices = values.map((value) => value % 4)
  const tiff = { ...size, samples: 1, bits: 8, format: 'uint', values } as const
  const own: [string, Uint8Array][] = [
    ['png', pngFile({ ...size, depth: 8, type: 0, values })],
    [
      'gif',
      gifFile({
        ...size,
        palette,
        frames: [
          { ...size, indices },
          { ...size, indices },
        ],
      }),
    ],
    ['tiff', tiffFile({ ...tiff, packing: 'lzw' }, { ...tiff, tile: [16, 16], packing: 'deflate' })],
    ['tiff', tiffFile({ ...tiff, big: true, packing: 'packbits', order: 'big' })],
    ['nifti', niftiFile({ version: 1, order: 'big', shape: [16, 16], type: 'uint8', values })],
    ['jpeg', await transformer().jpeg(80)],
    ['webp', await transformer().webp(80)],
    ['webp', await transformer().webpLossless()],
    ['avif', await transformer().avif()],
    ['bmp', await transformer().bmp()],
    ['ico', await transformer().ico()],
    ['pnm', await transformer().pnm()],
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0L9 9Z"/></svg>')],
  ]
  const odd = /^(jpeg|webp|anim|gif|tiff|heif|other|bmp)\/[^/]+$/
  const files = awkwardFiles().filter(({ file, outcome }) => odd.test(file) && outcome.startsWith('decode'))
  const outside = files.map(({ file }): [string, Uint8Array] => [file, readFileSync(awkwardPath(file))])
  return [...own, ...outside.filter(([, bytes]) => bytes.length < 60_000)]
}

/** One change: bytes written over, a part cut out, or a part told twice. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  way: fc.constantFrom('over', 'over', 'over', 'out', 'twice', 'end'),
})

function changed(bytes: Uint8Array, changes: readonly { at: number; bytes: Uint8Array; way: string }[]): Uint8Array {
  let result = Buffer.from(bytes)
  for (const { at, bytes: own, way } of changes) {
    // Heads decide more than what follows.
    const place = Math.floor(at ** 3 * result.length)
    if (way === 'over') result.set(own.subarray(0, result.length - place), place)
    else if (way === 'out') result = Buffer.concat([result.subarray(0, place), result.subarray(place + own.length)])
    else if (way === 'twice')
      result = Buffer.concat([result.subarray(0, place), result.subarray(Math.floor(place / 2))])
    else result = result.subarray(0, place)
  }
  return result
}

async function check(bytes: Uint8Array, frames: ReadOptions['frames']): Promise<void> {
  const outcome = await decodeFile(bytesFile('it', bytes), { limits, frames })
  if (!outcome.ok) {
    expect(['skipped', 'refused', 'ignored']).toContain(outcome.refusal.outcome)
    // A `RangeError` or `TypeError` would be a reader's own mistake.
    expect(JSON.stringify(outcome.refusal.params)).not.toMatch(
      /of undefined|not a function|Invalid (typed )?array length|outside the bounds/,
    )
    return
  }
  const { decoded } = outcome
  if (decoded.kind === 'table' || decoded.kind === 'arrays') return
  expect(decoded.values.length).toBe(decoded.shape.reduce((product, size) => product * size, 1))
  expect(decoded.values.length).toBeLessThanOrEqual(4 * limits.pixels)
}

describe('whatever the bytes', () => {
  it('random ones give a value', async () => {
    const starts = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'II*\0',
      'MM\0+',
      'RIFF\0\0\0\0WEBP',
      'BM',
      'qoif',
      'P6 ',
    ]
    const start = fc.constantFrom('', ...starts).map((text) => Buffer.from(text, 'latin1'))
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (head, rest) =>
        check(Buffer.concat([head, rest]), 'first'),
      ),
      { numRuns: 300, interruptAfterTimeLimit: 20_000 },
    )
  })

  it('changed files of every kind give a value, and memory does not grow', { timeout: 120_000 }, async () => {
    const files = await seeds()
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<ReadOptions['frames']>('first', 'all'),
        async ([, bytes], changes, frames) => check(changed(bytes, changes), frames),
      ),
      { numRuns: 600, interruptAfterTimeLimit: 60_000 },
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
  })
})
