import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../random'
import { encodeJpeg, type JpegKind } from '../../../testing/jpeg-encoder'
import { decodeQuickly } from './quick-jpeg'
import { decodeWithTurbo } from './turbo'

const mostPixels = 2 ** 26

/** Noise, or what changes slowly, or edges of full contrast. */
function valuesOf({ width, height, channels }: JpegKind, seed: number): Uint8Array {
  const random = seededRandom(seed)
  const [first = 0, second = 0] = [1 + random.below(9), 1 + random.below(9)]
  return Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)]
    if (seed % 3 === 0) return random.below(256)
    if (seed % 3 === 1) return Math.round(127 + 127 * Math.sin((x * first + y * second + at) / 40))
    return (Math.floor(x / first) + Math.floor(y / second) + (at % channels)) % 2 === 0 ? 0 : 255
  })
}

const kinds = fc.record({
  width: fc.integer({ min: 50, max: 120 }),
  height: fc.integer({ min: 50, max: 90 }),
  channels: fc.constantFrom<1 | 3>(1, 3),
  quality: fc.integer({ min: 1, max: 80 }),
  sampling: fc.constantFrom<JpegKind['sampling']>('4:4:4', '4:2:2', '4:2:0'),
  progressive: fc.boolean(),
})

async function expectTheSame(bytes: Uint8Array): Promise<void> {
  const { values, ...quick } = decodeQuickly(bytes, mostPixels)!
  const { pixels, whole } = await decodeWithTurbo(bytes)
  const { values: expected, ...rest } = pixels
  // So many values are not for a test's own comparison.
  const differ = Buffer.compare(Buffer.from(values), Buffer.from(expected))
  expect({ ...quick, differ, whole }).toEqual({ ...rest, differ: 0, whole: true })
}

/** Pictures with restart marks; two of them have Huffman tables of their own. */
const restarts = ['restarts-420.jpg', 'restarts-422.jpg', 'restarts-grey.jpg'].map((name) =>
  readFileSync(new URL(`../../../testing/pictures/${name}`, import.meta.url)),
)

describe('a JPEG of the usual kind', () => {
  it('has the very pixels that libjpeg-turbo gives it', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fc.nat(1000), async (kind, seed) => {
        const bytes = await encodeJpeg(valuesOf(kind, seed), kind)
        await expectTheSame(bytes)
      }),
      { numRuns: 150 },
    )
  })

  it.each(restarts)('has them where there are restart marks, too (%#)', async (bytes) => {
    expect(bytes.includes(Buffer.from([0xff, 0xd1]))).toBe(true)
    await expectTheSame(bytes)
  })

  it('has them where it is large, and leaves no memory taken', async () => {
    const kind: JpegKind = { width: 2600, height: 1800, channels: 3, quality: 70, sampling: '4:2:0' }
    const bytes = await encodeJpeg(valuesOf(kind, 1), kind)
    const before = process.memoryUsage().rss
    for (let n = 0; n < 3; n++) {
      await expectTheSame(bytes)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6)
  })
})

describe('what is left to other decoders', () => {
  const usual: JpegKind = { width: 50, height: 40, channels: 3, quality: 80, sampling: '4:2:0' }
  const file = (kind: Partial<JpegKind> = {}) => encodeJpeg(valuesOf({ ...usual, ...kind }, 1), { ...usual, ...kind })

  it.each<[string, Partial<JpegKind>]>([
    ['sampled 4:4:0', { sampling: '4:4:0' }],
    ['sampled 4:1:1', { sampling: '4:1:1' }],
  ])('a file that is %s', async (_what, kind) => {
    expect(decodeQuickly(await file(kind), mostPixels)).toBeUndefined()
  })

  it('a file of more pixels than may be', async () => {
    expect(decodeQuickly(await file(), 50 * 40)).toBeDefined()
    expect(decodeQuickly(await file(), 50 * 40 - 1)).toBeUndefined()
  })

  /** Where the data begins: behind the head of the scan. */
  const dataOf = (bytes: Buffer) => bytes.indexOf(Buffer.from([0xff, 0xda])) + 14

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut in its head', (bytes) => bytes.subarray(0, 300)],
    ['is cut in its data', (bytes) => bytes.subarray(0, bytes.length - 20)],
    ['lacks its end', (bytes) => bytes.subarray(0, bytes.length - 2)],
    [
      'has more data than pixels',
      (bytes) => Buffer.concat([bytes.subarray(0, -2), Buffer.alloc(40, 0x55), bytes.subarray(-2)]),
    ],
    [
      'lost data in the middle',
      (bytes) => Buffer.concat([bytes.subarray(0, dataOf(bytes) + 60), bytes.subarray(dataOf(bytes) + 90)]),
    ],
    [
      'has ones for data',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, dataOf(bytes) + 60),
          Buffer.from(Array.from({ length: 200 }, () => [0xff, 0]).flat()),
          bytes.subarray(-2),
        ]),
    ],
    [
      'says that it is much larger than its data',
      (bytes) => {
        bytes.writeUInt32BE(0x0fa00fa0, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5)
        return bytes
      },
    ],
    [
      'has a table of more codes than there are',
      (bytes) => {
        const at = bytes.indexOf(Buffer.from([0xff, 0xc4]))
        return Buffer.concat([bytes.subarray(0, at + 5), Buffer.alloc(16, 15), bytes.subarray(at + 21)])
      },
    ],
    [
      'defines no table for its data',
      (bytes) => {
        const at = bytes.indexOf(Buffer.from([0xff, 0xc4]))
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 2 + bytes.readUInt16BE(at + 2))])
      },
    ],
    [
      'has a restart mark that it does not announce',
      (bytes) => {
        const at = dataOf(bytes) + 60
        return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xd0]), bytes.subarray(at)])
      },
    ],
  ])('a file that %s', async (_what, change) => {
    expect(decodeQuickly(change(await file()), mostPixels)).toBeUndefined()
  })

  it('a file whose restart marks are out of order', () => {
    const bytes = Buffer.from(restarts[0]!)
    bytes[bytes.indexOf(Buffer.from([0xff, 0xd2])) + 1] = 0xd3
    expect(decodeQuickly(bytes, mostPixels)).toBeUndefined()
  })

  it('a file of inks, and one whose colours are red, green and blue as they are', async () => {
    const bytes = await file({ sampling: '4:4:4' })
    const adobe = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0])
    expect(adobe).toHaveLength(16)
    expect(decodeQuickly(Buffer.concat([bytes.subarray(0, 2), adobe, bytes.subarray(2)]), mostPixels)).toBeUndefined()
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    bytes[frame + 9] = 4
    expect(decodeQuickly(bytes, mostPixels)).toBeUndefined()
  })
})

it('changed files give pixels of the size that they say, or nothing', async () => {
  const files: Uint8Array[] = [...restarts]
  for (let seed = 0; seed < 6; seed++) {
    const sampling = (['4:4:4', '4:2:2', '4:2:0'] as const)[seed % 3]!
    const kind = { width: 53, height: 41, channels: seed < 3 ? 3 : 1, quality: 50 + 5 * seed, sampling } as const
    files.push(await encodeJpeg(valuesOf(kind, seed), kind))
  }
  let decoded = 0
  const change = fc.record({ at: fc.nat(1e6), inHead: fc.boolean(), byte: fc.nat(255) })
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 }), (file, changes) => {
      const bytes = Buffer.from(file)
      for (const { at, inHead, byte } of changes) {
        bytes[at % (inHead ? Math.min(bytes.length, 650) : bytes.length)] = byte
      }
      const pixels = decodeQuickly(bytes, 1e6)
      if (!pixels) return
      decoded += 1
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
      expect([pixels.height, pixels.width]).toEqual([bytes.readUInt16BE(frame + 5), bytes.readUInt16BE(frame + 7)])
      expect(pixels.values).toHaveLength(pixels.width * pixels.height * pixels.channels)
    }),
    { numRuns: 3000 },
  )
  expect(decoded).toBeGreaterThan(200)
})
