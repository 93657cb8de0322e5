import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../random'
import { outsideData } from '../../../testing/outside-data'
import { crc32 } from '../archive/crc32'
import { usualLimits, type DecodedArrays, type DecodedValues } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'

const read = (name: string, bytes: Uint8Array, limits = usualLimits) =>
  decodeFile(bytesFile(name, bytes), { limits, frames: 'first' })

async function arraysOf(bytes: Uint8Array): Promise<DecodedArrays> {
  const outcome = await read('batch.bin', bytes)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.decoded as DecodedArrays
}

const random = seededRandom(1)
const planes = () => Buffer.from(Array.from({ length: 3072 }, () => random.below(256)))

/** A picture as PNG, row by row without filters. */
function png(pixels: (x: number, y: number, channel: number) => number): Buffer {
  const rows = Array.from({ length: 32 }, (_, y) => [
    0,
    ...Array.from({ length: 96 }, (_, n) => pixels(Math.floor(n / 3), y, n % 3)),
  ])
  const head = Buffer.from([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 0, 0])
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('CIFAR’s binary batches', () => {
  it('give the pixels that the same pictures give as files', async () => {
    const pictures = Array.from({ length: 4 }, planes)
    const batch = Buffer.concat(pictures.flatMap((picture, n) => [Buffer.from([9 - n]), picture]))
    const { arrays, format } = await arraysOf(batch)
    expect(format).toBe('CIFAR-10')
    expect(Array.from(arrays.get('labels')!.values)).toEqual([9, 8, 7, 6])
    const images = arrays.get('images')!
    for (const [n, picture] of pictures.entries()) {
      const file = png((x, y, channel) => picture[channel * 1024 + y * 32 + x]!)
      const outcome = await read('a.png', file)
      const { values } = (outcome.ok ? outcome.decoded : undefined) as DecodedValues
      expect(Array.from(images.values.subarray(n * 3072, (n + 1) * 3072))).toEqual(Array.from(values))
    }
  })

  it('are of CIFAR-100 where records have two labels', async () => {
    const batch = Buffer.concat([Buffer.from([19, 99]), planes(), Buffer.from([0, 5]), planes()])
    const { arrays, format } = await arraysOf(batch)
    expect([format, ...arrays.keys()]).toEqual(['CIFAR-100', 'images', 'coarse_labels', 'labels'])
    expect(Array.from(arrays.get('coarse_labels')!.values)).toEqual([19, 0])
    expect(Array.from(arrays.get('labels')!.values)).toEqual([99, 5])
  })

  it.each<[string, Buffer, string]>([
    ['records and a part of one', Buffer.alloc(3073 * 2 + 100), 'cifar-length'],
    ['labels that no class has', Buffer.alloc(3073, 10), 'cifar-labels'],
  ])('are refused with %s', async (_, bytes, code) => {
    const outcome = await read('a.bin', bytes)
    expect(!outcome.ok && outcome.refusal.code).toBe(code)
  })

  it('are refused over the limit', async () => {
    const outcome = await read('a.bin', Buffer.alloc(3073), { ...usualLimits, bytes: 3072 })
    expect(!outcome.ok && outcome.refusal.code).toBe('too-many-bytes')
  })

  const data = outsideData('cifar10')
  it.skipIf(data.missing)('read ten thousand pictures, a thousand of each class', async () => {
    const { arrays } = await arraysOf(readFileSync(join(data.path, 'test_batch.bin')))
    expect(arrays.get('images')!.shape).toEqual([10_000, 32, 32, 3])
    const counts = new Array<number>(10).fill(0)
    for (const label of arrays.get('labels')!.values) counts[label]!++
    expect(counts).toEqual(new Array(10).fill(1000))
  })
})
