import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { tarFile, zipFile } from '../../testing/archives'
import { archiveKind, readArchive, usualArchiveLimits } from './archive/archive'
import { arrayReaders } from './array/readers'
import { Refusal, type Limits, type Reader } from './contract'
import { checksum } from './sound/checksum'
import { decodeFile } from './decode-file'
import { soundReaders } from './sound/readers'
import { bytesFile } from './source-file'

const limits: Limits = { bytes: 2 ** 22, pixels: 2 ** 20, values: 2 ** 20 }
const runs = 150

const samples = new URL('../../testing/sounds/', import.meta.url)
const sounds = readdirSync(samples)
  .filter((name) => !/\.(json|md)$/.test(name))
  .map((name): [string, Buffer] => [name, readFileSync(new URL(name, samples))])

const npy = (descr: string, shape: string, data: Buffer) => {
  const head = Buffer.from(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n')
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\0\x76\0', 'latin1'), head, data])
}
const idx = (...bytes: number[]) => Buffer.from([0, 0, 8, bytes.length - 6, ...bytes])
const digits = Array.from({ length: 5 }, (_, n) => [n, ...new Array<number>(16).fill(n * 40)].join(',')).join('\n')
const batch = Buffer.concat([Buffer.from([3]), Buffer.alloc(3072, 9), Buffer.from([7]), Buffer.alloc(3072, 200)])
const floats = npy('<f4', '(2, 3)', Buffer.alloc(24, 65))
const zip = zipFile([
  { name: 'x.npy', content: floats },
  { name: 'y.npy', content: npy('|b1', '(3,)', Buffer.alloc(3)) },
])
const tar = tarFile([
  { name: 'a.txt', content: 'meow' },
  { name: 'pax', type: 'x', content: '11 path=bb\n' },
  { name: 'b', content: 'x'.repeat(600) },
])
const pickled = Buffer.from(
  '\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94(\x8c\x01a\x94]\x94(K\x01M\x02\x03G?\xf8\0\0\0\0\0\0e\x8c\x05names\x94]\x94\x8c\x03cat\x94a\x8c\x01t\x94K\x01K\x02\x86\x94u.',
  'latin1',
)

const seeds: readonly [string, Buffer][] = [
  ...sounds,
  ['a.npy', floats],
  ['a.npz', zip],
  ['a-idx1-ubyte', idx(0, 0, 0, 4, 1, 2, 3, 4)],
  ['a.bin', batch],
  ['a.pkl', pickled],
  ['digits.csv', Buffer.from(digits)],
  ['labels.csv', Buffer.from('file,label\n"a, b.png",cat\nc.png,dog\n')],
  ['labels.json', Buffer.from('{"a.png": "cat", "b.png": "dog"}')],
]
const archives: readonly [string, Buffer][] = [
  ['zip', zip],
  ['tar', tar],
  ['tar.gz', gzipSync(tar)],
]

/** A change to a file: some bytes replaced, cut out, doubled or put in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  bytes: fc.uint8Array({ maxLength: 12 }),
  kind: fc.constantFrom('replace', 'cut', 'double', 'insert', 'end', 'flip'),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(bytes: Buffer, { at, length, bytes: given, kind }: Change): Buffer {
  // Heads are where most is decided: half of all changes fall into the first bytes.
  const start = Math.floor(at < 0.5 ? at * 2 * Math.min(100, bytes.length) : at * bytes.length)
  const [before, after] = [bytes.subarray(0, start), bytes.subarray(start)]
  if (kind === 'cut') return Buffer.concat([before, after.subarray(length)])
  if (kind === 'double') return Buffer.concat([before, after.subarray(0, length), after])
  if (kind === 'insert') return Buffer.concat([before, given, after])
  if (kind === 'end') return Buffer.from(before)
  if (kind === 'flip')
    return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << (length % 8))]), after.subarray(1)])
  return Buffer.concat([before, given, after.subarray(given.length)])
}

/** Reads bytes; whatever is in them, that gives values within the limits or a refusal, and does not take long. */
async function tryReading(reader: Reader, name: string, bytes: Uint8Array): Promise<void> {
  const begun = performance.now()
  try {
    const decoded = await reader.read(bytesFile(name, bytes), { limits, frames: 'first' })
    const arrays = decoded.kind === 'table' ? [] : decoded.kind === 'arrays' ? [...decoded.arrays.values()] : [decoded]
    for (const { values, shape } of arrays) {
      expect(values.length).toBe(shape.reduce((product, size) => product * size, 1))
      expect(values.length).toBeLessThanOrEqual(limits.values)
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
  }
  expect(performance.now() - begun).toBeLessThan(2000)
}

const pageCheck = checksum(32, 0x04c11db7)

/** Pages of Ogg whose checksums are made right again, so that what is within them is read. */
function withChecksums(bytes: Buffer): Buffer {
  const fixed = Buffer.from(bytes)
  for (let at = fixed.indexOf('OggS'); at >= 0; at = fixed.indexOf('OggS', at + 4)) {
    const segments = fixed[at + 26] ?? 0
    const lacing = fixed.subarray(at + 27, at + 27 + segments)
    const end = at + 27 + segments + lacing.reduce((sum, size) => sum + size, 0)
    if (at + 27 > fixed.length || end > fixed.length) break
    fixed.fill(0, at + 22, at + 26)
    fixed.writeUInt32LE(pageCheck(fixed, at, end), at + 22)
  }
  return fixed
}

const readers = [...soundReaders, ...arrayReaders]
// Decoders of others complain on the console.
const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined)
afterAll(() => silence.mockRestore())

describe('readers of sounds, arrays and tables', () => {
  it.each(readers.map((reader) => [reader.name, reader] as const))('%s takes any bytes', async (_, reader) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => tryReading(reader, 'a', bytes)),
      { numRuns: runs, seed: 1 },
    )
  })

  it.each(seeds)(
    'read %s with changes',
    async (name, bytes) => {
      const reader = readers.find((one) => one.recognizes(bytes.subarray(0, 4096), name, bytes.length))
      if (!reader) throw new Error(`${name}: no reader`)
      await tryReading(reader, name, bytes)
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) =>
          tryReading(reader, name, changes.reduce(changed, bytes)),
        ),
        { numRuns: runs, seed: 1 },
      )
    },
    60_000,
  )

  const oggs = sounds.filter(([name]) => /\.(ogg|opus)$/.test(name))
  it.each(oggs)(
    'read %s with changes under checksums that fit',
    async (name, bytes) => {
      const reader = soundReaders.find((one) => one.name === 'ogg')!
      await tryReading(reader, name, withChecksums(bytes))
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) =>
          tryReading(reader, name, withChecksums(changes.reduce(changed, bytes))),
        ),
        { numRuns: runs, seed: 1 },
      )
    },
    60_000,
  )

  it.each(archives)('read a %s with changes', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const now = changes.reduce(changed, bytes)
        const kind = archiveKind(now.subarray(0, 4096))
        if (!kind) return
        try {
          for await (const { entry } of readArchive(bytesFile('a', now), kind, {
            ...usualArchiveLimits,
            freely: 2 ** 24,
          })) {
            await entry?.open(limits.bytes).catch((thrown: unknown) => {
              if (!(thrown instanceof Refusal)) throw thrown
            })
          }
        } catch (thrown) {
          if (!(thrown instanceof Refusal)) throw thrown
        }
      }),
      { numRuns: runs, seed: 1 },
    )
  })

  it('are not kept busy by the same bytes again and again', async () => {
    const begun = performance.now()
    const patterns = [
      ...Array.from({ length: 256 }, (_, byte) => [byte]),
      [9, 10],
      [34, 44],
      [255, 251],
      [60, 33],
      [123, 34],
    ]
    for (const pattern of patterns) {
      const bytes = Uint8Array.from({ length: 6000 }, (_, n) => pattern[n % pattern.length] ?? 0)
      for (const name of ['a', 'a.csv', 'a.json', 'a.bin', 'a.mp3', 'a.pkl']) {
        const outcome = await decodeFile(bytesFile(name, bytes), { limits, frames: 'first' })
        if (!outcome.ok) expect([name, outcome.refusal.code]).not.toEqual([name, 'damaged'])
      }
    }
    expect(performance.now() - begun).toBeLessThan(20_000)
  }, 60_000)

  it('give back what they have taken', async () => {
    const before = process.memoryUsage()
    for (let n = 0; n < 30; n++) {
      for (const [name, bytes] of sounds) {
        const reader = readers.find((one) => one.recognizes(bytes.subarray(0, 4096), name, bytes.length))
        if (reader)
          await tryReading(
            reader,
            name,
            changed(bytes, { at: n / 30, length: n, bytes: Uint8Array.of(n), kind: 'flip' }),
          )
      }
    }
    globalThis.gc?.()
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(200 * 2 ** 20)
  }, 60_000)
})
