import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import written from '../../../testing/sounds/sounds.json'
import { usualLimits, type DecodedValues, type Limits } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'

const bytesOf = (file: string) => readFileSync(new URL(`../../../testing/sounds/${file}`, import.meta.url))

async function read(file: string, bytes: Uint8Array, limits: Limits = usualLimits): Promise<DecodedValues | string> {
  const outcome = await decodeFile(bytesFile(file, bytes), { limits, frames: 'first' })
  if (!outcome.ok) return outcome.refusal.code
  const { decoded } = outcome
  if (decoded.kind !== 'sound') throw new Error(decoded.kind)
  // The click in these sounds is as loud as it can be, and lossy formats make it louder.
  return { ...decoded, notes: decoded.notes.filter(({ code }) => code !== 'louder-than-one') }
}

async function sound(file: string, bytes: Uint8Array = bytesOf(file)): Promise<DecodedValues> {
  const decoded = await read(file, bytes)
  if (typeof decoded === 'string') throw new Error(`${file}: ${decoded}`)
  return decoded
}

const lossy = (file: string) => /\.(ogg|opus|mp3)$/.test(file)

describe('sounds that libsndfile has written', () => {
  it.each(written.map((one) => [one.file, one] as const))('%s has the samples that it reads', async (file, one) => {
    const { rate, shape, values, notes } = await sound(file)
    expect([rate, shape, notes]).toEqual([one.rate, one.shape, []])
    const channels = one.shape[1]!
    // Decoders of lossy formats differ in the last bits of their arithmetic.
    const tolerance = lossy(file) ? 5e-5 : 1e-7
    one.at.forEach((frame, n) => {
      const found = Array.from(values.subarray(frame * channels, (frame + 1) * channels))
      const worst = Math.max(...found.map((value, channel) => Math.abs(value - one.samples[n]![channel]!)))
      expect(worst, `frame ${frame}`).toBeLessThan(tolerance)
    })
    one.squares.forEach((squares, channel) => {
      const found = Array.from(values).reduce(
        (sum, value, at) => (at % channels === channel ? sum + value * value : sum),
        0,
      )
      expect(Math.abs(found - squares)).toBeLessThanOrEqual(squares * 1e-3 + 1e-9)
    })
  })

  it.each(['stereo-16.flac', 'stereo.ogg', 'stereo.opus', 'stereo.mp3', 'pcm_16.aiff'])(
    '%s is refused over the limit',
    async (file) => {
      const { values } = await sound(file)
      const limits = { ...usualLimits, values: values.length - 1 }
      expect(await read(file, bytesOf(file), limits)).toBe('too-many-values')
    },
  )

  it('of a small file that becomes an enormous one, FLAC is refused before it does', async () => {
    const bytes = Buffer.from(bytesOf('silence.flac'))
    // Its frames, all of silence, again and again, and a head that does not say how many.
    const start = bytes.indexOf(Buffer.from([0xff, 0xf8]))
    const frame = bytes.subarray(start, bytes.indexOf(Buffer.from([0xff, 0xf8]), start + 2))
    bytes.fill(0, 22, 26)
    bytes[21] = bytes[21]! & 0xf0
    const whole = Buffer.concat([bytes.subarray(0, start), ...new Array<Buffer>(20_000).fill(frame)])
    const outcome = await decodeFile(bytesFile('a.flac', whole), { limits: usualLimits, frames: 'first' })
    expect(!outcome.ok && [outcome.refusal.code, outcome.refusal.params['limit']]).toEqual(['too-many-values', 2 ** 26])
  })

  it.each([
    ['stereo-16.flac', 'truncated'],
    ['pcm_16.aiff', 'truncated'],
    // All of it is on one page.
    ['stereo.opus', 'truncated'],
  ])('%s is refused when its end is missing', async (file, code) => {
    const bytes = bytesOf(file)
    expect(await read(file, bytes.subarray(0, bytes.length - 9))).toBe(code)
  })

  it.each(['stereo.ogg', 'stereo.mp3'])('%s comes in as far as it goes, with a note', async (file) => {
    const bytes = bytesOf(file)
    const whole = await sound(file)
    const part = await sound(file, bytes.subarray(0, bytes.length - 9))
    expect(part.notes).toEqual([{ code: 'sound-cut', params: { frames: part.shape[0] }, warns: true }])
    expect(part.shape[0]).toBeLessThan(whole.shape[0]!)
    expect(part.shape[0]).toBeGreaterThan(0)
  })

  it.each([
    ['stereo-16.flac', 0.5],
    ['stereo-24.flac', 0.9],
    ['stereo.ogg', 0.9],
    ['stereo.opus', 0.5],
  ])('%s is refused when a bit is turned, by its checksum', async (file, share) => {
    const bytes = Buffer.from(bytesOf(file))
    const at = Math.floor(bytes.length * share)
    bytes[at] = bytes[at]! ^ 8
    expect(await read(file, bytes)).toBe('data-damaged')
  })

  it('finds sounds behind and before tags', async () => {
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x27\x10', 'latin1'), Buffer.alloc(0x27 * 128 + 0x10)])
    const tag = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])
    for (const file of ['mono-22.mp3', 'mono-8.flac']) {
      const plain = await sound(file)
      const tagged = await sound(file, Buffer.concat([id3, bytesOf(file), tag]))
      expect([tagged.values, tagged.notes.filter(({ code }) => code !== 'other-format')]).toEqual([plain.values, []])
    }
  })

  it('leaves out what is no frame of an MP3, and says so', async () => {
    const bytes = bytesOf('mono-22.mp3')
    const frame = bytes.indexOf(Buffer.from([0xff, 0xf3]), 600)
    const strange = Buffer.from('no frame'.repeat(20))
    const found = await sound('a.mp3', Buffer.concat([bytes.subarray(0, frame), strange, bytes.subarray(frame)]))
    expect(found.notes).toEqual([{ code: 'bytes-left-out', params: { count: 160 }, warns: true }])
    expect(found.values).toEqual((await sound('mono-22.mp3')).values)
  })

  it('takes the first of several sounds in an Ogg file, and says so', async () => {
    const both = Buffer.concat([bytesOf('mono.ogg'), bytesOf('stereo.ogg')])
    const found = await sound('a.ogg', both)
    expect(found.notes).toEqual([{ code: 'first-stream', params: { count: 2 }, warns: true }])
    expect(found.values).toEqual((await sound('mono.ogg')).values)
  })

  it.each([
    ['AAC', '\xff\xf1\x50\x80'],
    ['AMR', '#!AMR\n'],
    ['Core Audio', 'caff\0\x01'],
    ['MIDI', 'MThd\0\0'],
    ['Sun audio', '.snd\0\0'],
    ['Windows Media', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
    ['M4A (AAC)', '\0\0\0\x20ftypM4A '],
  ])('names %s, which is not read', async (format, head) => {
    const bytes = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(100)])
    const outcome = await decodeFile(bytesFile('a.wav', bytes), { limits: usualLimits, frames: 'first' })
    expect(!outcome.ok && [outcome.refusal.code, outcome.refusal.params]).toEqual(['format-not-read', { format }])
  })

  it.each([
    ['Speex', 'Speex   1.2', 'codec-not-read'],
    ['nothing', '', 'codec-not-read'],
  ])('refuses %s in Ogg by name', async (_, first, code) => {
    const bytes = Buffer.from(bytesOf('mono.ogg'))
    const body = 27 + bytes[26]!
    bytes.write(first.padEnd(30, '\0'), body, 'latin1')
    // The page's checksum does not fit any more, which is said of a codec that is read only.
    const found = await read('a.ogg', bytes)
    expect(['data-damaged', code]).toContain(found)
  })
})
