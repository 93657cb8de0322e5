import { describe, expect, it } from 'vitest'
import { usualLimits, type Decoded, type DecodedValues } from '../contract'
import { decodeFile, type Outcome } from '../decode-file'
import { bytesFile } from '../source-file'

interface Parts {
  readonly riff?: 'RIFF' | 'RIFX' | 'RF64'
  readonly tag?: number
  readonly channels?: number
  readonly rate?: number
  readonly bits?: number
  readonly block?: number
  /** More of the format chunk, behind its first sixteen bytes. */
  readonly more?: readonly number[]
  /** Chunks between format and data. */
  readonly between?: Buffer
  readonly data: Buffer
  /** What the header says instead of the data's length. */
  readonly said?: number
}

function wavFile(parts: Parts): Buffer {
  const { riff = 'RIFF', tag = 1, channels = 1, rate = 8000, bits = 16, data } = parts
  const big = riff === 'RIFX'
  const u16 = (value: number) => Buffer.from(big ? [value >> 8, value & 255] : [value & 255, value >> 8])
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    if (big) bytes.writeUInt32BE(value)
    else bytes.writeUInt32LE(value)
    return bytes
  }
  const block = parts.block ?? (channels * bits) / 8
  const more = Buffer.from(parts.more ?? [])
  const format = Buffer.concat([u16(tag), u16(channels), u32(rate), u32(rate * block), u16(block), u16(bits), more])
  const pad = Buffer.alloc(data.length % 2)
  const chunks = [
    Buffer.concat([Buffer.from('fmt '), u32(format.length), format]),
    parts.between ?? Buffer.alloc(0),
    Buffer.concat([Buffer.from('data'), u32(parts.said ?? data.length), data, pad]),
  ]
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks])
  return Buffer.concat([Buffer.from(riff), u32(body.length), body])
}

const read = (bytes: Uint8Array, limits = usualLimits): Promise<Outcome> =>
  decodeFile(bytesFile('a.wav', bytes), { limits, frames: 'first' })

function soundIn(outcome: Outcome): DecodedValues {
  const decoded: Decoded | undefined = outcome.ok ? outcome.decoded : undefined
  if (decoded?.kind !== 'sound') throw new Error(outcome.ok ? 'no sound' : outcome.refusal.code)
  return decoded
}

function floats(values: readonly number[], double = false, big = false): Buffer {
  const bytes = Buffer.alloc(values.length * (double ? 8 : 4))
  values.forEach((value, n) => {
    if (double && big) bytes.writeDoubleBE(value, 8 * n)
    else if (double) bytes.writeDoubleLE(value, 8 * n)
    else bytes.writeFloatLE(value, 4 * n)
  })
  return bytes
}

const guid = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]

describe('WAV', () => {
  it.each<[string, Parts, number[]]>([
    ['8 bits, unsigned', { bits: 8, data: Buffer.from([0, 128, 255, 64]) }, [-1, 0, 127 / 128, -0.5]],
    ['16 bits', { data: Buffer.from([0, 128, 255, 127, 0, 64]) }, [-1, 32767 / 32768, 0.5]],
    ['24 bits', { bits: 24, data: Buffer.from([0, 0, 128, 255, 255, 127, 1, 0, 0]) }, [-1, 1 - 2 ** -23, 2 ** -23]],
    ['32 bits', { bits: 32, data: Buffer.from([0, 0, 0, 128, 0, 0, 0, 64]) }, [-1, 0.5]],
    ['big-endian', { riff: 'RIFX', data: Buffer.from([128, 0, 64, 0]) }, [-1, 0.5]],
    ['floats', { tag: 3, bits: 32, data: floats([0.25, -1]) }, [0.25, -1]],
    ['doubles', { tag: 3, bits: 64, data: floats([0.25, -1], true) }, [0.25, -1]],
    [
      'A-law',
      { tag: 6, bits: 8, data: Buffer.from([0xd5, 0x55, 0x80, 0x2a]) },
      [8, -8, 5504, -32256].map((n) => n / 32768),
    ],
    [
      'µ-law',
      { tag: 7, bits: 8, data: Buffer.from([0xff, 0x7f, 0x80, 0x00]) },
      [0, 0, 32124, -32124].map((n) => n / 32768),
    ],
    ['12 bits in 16', { bits: 12, block: 2, data: Buffer.from([0, 64]) }, [0.5]],
    [
      'extensible',
      { tag: 0xfffe, bits: 24, more: [22, 0, 20, 0, 4, 0, 0, 0, 1, 0, ...guid], data: Buffer.from([0, 0, 64]) },
      [0.5],
    ],
    [
      'an odd chunk before the data',
      { between: Buffer.from('LIST\x03\0\0\0abc\0', 'latin1'), data: Buffer.from([0, 64]) },
      [0.5],
    ],
    ['a size that is not known yet', { said: 0xffffffff, data: Buffer.from([0, 64, 0, 192]) }, [0.5, -0.5]],
    ['a frame that is not there as a whole', { channels: 2, data: Buffer.from([0, 64, 0, 64, 0, 32]) }, [0.5, 0.5]],
  ])('reads %s', async (_, parts, samples) => {
    const { values, shape, rate } = soundIn(await read(wavFile(parts)))
    expect(Array.from(values)).toEqual(samples.map(Math.fround))
    expect([shape, rate]).toEqual([[samples.length / (parts.channels ?? 1), parts.channels ?? 1], 8000])
  })

  it('reads the long sizes of RF64', async () => {
    const long = Buffer.alloc(36)
    long.write('ds64', 'latin1')
    long.writeUInt32LE(28, 4)
    long.writeBigUInt64LE(4n, 16)
    const trailing = Buffer.from([0, 64, 0, 192, 9, 9, 9, 9])
    const bytes = wavFile({ riff: 'RF64', said: 0xffffffff, between: long, data: trailing })
    expect(Array.from(soundIn(await read(bytes)).values)).toEqual([0.5, -0.5])
  })

  it.each<[string, Uint8Array, string, string[]]>([
    ['a head that ends', wavFile({ data: Buffer.alloc(4) }).subarray(0, 30), 'truncated', []],
    ['no data', wavFile({ data: Buffer.alloc(4) }).subarray(0, 36), 'header-damaged', []],
    ['no channels', wavFile({ channels: 0, block: 2, data: Buffer.alloc(4) }), 'header-damaged', []],
    ['no rate', wavFile({ rate: 0, data: Buffer.alloc(4) }), 'header-damaged', []],
    ['40 bits', wavFile({ bits: 40, data: Buffer.alloc(10) }), 'header-damaged', []],
    ['half bytes', wavFile({ channels: 2, block: 3, data: Buffer.alloc(6) }), 'header-damaged', []],
    ['no samples', wavFile({ data: Buffer.alloc(0) }), 'no-samples', []],
    ['a size of 0 before samples', wavFile({ said: 0, data: Buffer.alloc(8) }), 'no-samples-said', []],
    [
      'another codec',
      wavFile({ tag: 0x11, bits: 4, block: 256, data: Buffer.alloc(256) }),
      'codec-not-read',
      ['IMA ADPCM'],
    ],
    ['an unknown codec', wavFile({ tag: 0x1234, data: Buffer.alloc(4) }), 'codec-not-read', ['0x1234']],
  ])('refuses %s', async (_, bytes, code, names) => {
    const outcome = await read(bytes)
    expect(outcome.ok ? 'decoded' : outcome.refusal.code).toBe(code)
    if (!outcome.ok) expect(Object.values(outcome.refusal.params)).toEqual(expect.arrayContaining(names))
  })

  it('takes what is there of a file that says more, and says so', async () => {
    const { values, notes } = soundIn(await read(wavFile({ said: 1e9, data: Buffer.from([0, 64]) })))
    expect(Array.from(values)).toEqual([0.5])
    expect(notes).toEqual([{ code: 'sound-cut', params: { frames: 1 }, warns: true }])
  })

  it('refuses more samples than allowed before it reads them', async () => {
    let longest = 0
    const bytes = wavFile({ channels: 2, data: Buffer.alloc(4000) })
    const file = bytesFile('a.wav', bytes)
    const watched = {
      ...file,
      read: (at: number, length: number) => ((longest = Math.max(longest, length)), file.read(at, length)),
    }
    const outcome = await decodeFile(watched, { limits: { ...usualLimits, values: 1999 }, frames: 'first' })
    expect(!outcome.ok && [outcome.refusal.code, outcome.refusal.params]).toEqual([
      'too-many-values',
      { count: 2000, limit: 1999 },
    ])
    expect(longest).toBeLessThanOrEqual(4096)
  })

  it('keeps what is beyond full scale and silences what is no number', async () => {
    const data = floats([2, NaN, Infinity, -0.5, -Infinity])
    const { values, notes } = soundIn(await read(wavFile({ tag: 3, bits: 32, data })))
    expect(Array.from(values)).toEqual([2, 0, 0, -0.5, 0])
    expect(notes.map(({ code, params, warns }) => [code, params, warns])).toEqual([
      ['samples-silenced', { count: 3 }, true],
      ['louder-than-one', { peak: 2 }, false],
    ])
  })
})
