import { describe, expect, it } from 'vitest'
import { awkwardFiles, awkwardPath, type AwkwardFile } from '../../testing/awkward-files'
import { probeFile } from '../probe'
import { archiveKind, readArchive } from './archive/archive'
import { headLength, type DecodedArrays, type DecodedValues } from './contract'
import { decodeFile } from './decode-file'
import { diskFile } from './source-file'

const own = /^(audio|data|archives)\//
const rows = awkwardFiles().filter(({ file }) => own.test(file))
const named = (some: readonly AwkwardFile[]) => some.map((row) => [row.file, row] as const)

async function read(file: string) {
  return decodeFile(await diskFile(awkwardPath(file), file))
}

async function sound(file: string): Promise<DecodedValues> {
  const outcome = await read(file)
  if (!outcome.ok) throw new Error(`${file}: ${outcome.refusal.code}`)
  if (outcome.decoded.kind !== 'sound') throw new Error(outcome.decoded.kind)
  return outcome.decoded
}

/** All arrays of a file by name; a single one has none. */
async function arrays(file: string): Promise<ReadonlyMap<string, DecodedValues>> {
  const outcome = await read(file)
  if (!outcome.ok) throw new Error(`${file}: ${outcome.refusal.code}`)
  const { decoded } = outcome
  if (decoded.kind === 'table') throw new Error('table')
  return decoded.kind === 'arrays' ? decoded.arrays : new Map([['', decoded]])
}

const numbers = (text: string) =>
  text
    .replace(/[()[\]]/g, '')
    .split(',')
    .map(Number)
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)

describe.skipIf(rows.length === 0)('awkward sounds, arrays and tables', () => {
  const reasons: Record<string, string> = {
    'audio/ms_adpcm.wav': 'codec-not-read',
    'audio/data_size_zero.wav': 'no-samples-said',
    'audio/header_cut_20_bytes.wav': 'truncated',
    'audio/text_named.wav': 'is-text',
    'audio/zero_bytes.wav': 'empty',
    'audio/no_samples.wav': 'no-samples',
    'data/idx_bad/not_idx-idx3-ubyte': 'not-idx',
    'data/idx_bad/truncated-idx3-ubyte': 'array-truncated',
    'data/idx_bad/little_endian-idx3-ubyte': 'idx-little-endian',
    'data/npy/object.npy': 'object-array',
    'data/npy/truncated.npy': 'array-truncated',
    'data/cifar/cut.bin': 'cifar-length',
  }
  it.each(Object.entries(reasons))('%s: %s', async (file, code) => {
    const outcome = await read(file)
    const wanted = rows.find((row) => row.file === file)?.outcome
    expect(outcome.ok ? 'decoded' : outcome.refusal.code).toBe(code)
    if (!outcome.ok) expect(outcome.refusal.outcome).toBe(wanted === 'refuse' ? 'refused' : 'skipped')
  })

  // Files that do not match each other are no matter of a single reader.
  const pairs = /^data\/idx_mismatch\//
  const left = rows.filter(({ file }) => !(file in reasons) && !pairs.test(file) && !file.startsWith('archives/'))
  it('leaves nothing out but what the list allows', () => {
    expect(left.filter(({ outcome }) => outcome === 'skip' || outcome === 'refuse')).toEqual([])
  })

  it.each(named(rows.filter(({ file }) => pairs.test(file))))('%s does not match the file beside it', async (file) => {
    const [report] = await probeFile({ path: awkwardPath(file), at: [], frames: 'first' })
    expect([report?.outcome, report?.reason?.code]).toEqual(['refused', 'idx-partner'])
  })

  const sounds = left.filter(({ file }) => file.startsWith('audio/'))
  it.each(named(sounds))('%s has the samples of other decoders', async (file, { decoded, checks }) => {
    const found = await sound(file)
    const [, rate, channels, frames] = /^(\d+) Hz, (\d+) ch, (\d+) frames/.exec(decoded)!
    expect([found.rate, ...found.shape]).toEqual([Number(rate), Number(frames), Number(channels)])
    const lossy = /lossy|allow ±0.01/.test(checks)
    const tolerance = lossy ? 0.001 : 6e-6
    let checked = 0
    for (const [, at, values] of checks.matchAll(/s\[(\d+)\]=(\([^)]*\)|-?[\d.]+)/g)) {
      const start = Number(at) * found.shape[1]!
      numbers(values!).forEach((value, channel) => {
        expect(Math.abs(found.values[start + channel]! - value), `s[${at}]`).toBeLessThan(tolerance)
        checked++
      })
    }
    expect(checked).toBeGreaterThan(0)
    const rms = Math.sqrt(sum(Array.from(found.values, (value) => value * value)) / found.values.length)
    const peak = Array.from(found.values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    // The list's figures leave out what is no number, where silence has come in its place.
    const replaced = file === 'audio/nan_float.wav' ? Math.sqrt(3990 / 4000) : 1
    expect(rms).toBeCloseTo(Number(/rms=([\d.]+)/.exec(checks)![1]) * replaced, lossy ? 3 : 4)
    expect(peak).toBeCloseTo(Number(/peak=([\d.]+)/.exec(checks)![1]), lossy ? 3 : 4)
    expect(found.values.every((value) => Number.isFinite(value))).toBe(true)
  })

  const notes: Record<string, string[]> = {
    'audio/nan_float.wav': ['samples-silenced'],
    'audio/f32_over_one.wav': ['louder-than-one'],
    'audio/data_size_too_big.wav': ['sound-cut'],
    'audio/data_size_ffffffff.wav': [],
    'audio/mp3_named.wav': ['other-format'],
    'data/npy/nan.npy': ['not-numbers'],
    'data/idx_bad/wrong_magic-idx3-ubyte': ['signed-bytes'],
    'data/csv/ragged.csv': ['bad-lines'],
  }
  it.each(Object.entries(notes))('%s comes in with the notes %j', async (file, codes) => {
    const outcome = await read(file)
    expect(outcome.ok && outcome.decoded.notes.map(({ code }) => code)).toEqual(codes)
    if (outcome.ok && rows.find((row) => row.file === file)?.outcome === 'warn') {
      expect(outcome.decoded.notes.some(({ warns }) => warns)).toBe(true)
    }
  })

  it('says how many values are no numbers, and which lines are bad', async () => {
    const nan = await read('data/npy/nan.npy')
    expect(nan.ok && nan.decoded.notes[0]?.params).toEqual({ count: 145 })
    const ragged = await read('data/csv/ragged.csv')
    expect(ragged.ok && ragged.decoded.notes[0]?.params).toEqual({ count: 3, lines: '6, 11, 14' })
  })

  const digits = left.filter(({ checks }) => checks.startsWith('img[0] sum='))
  it.each(named(digits))('%s holds the thirty digits', async (file, { checks }) => {
    const found = [...(await arrays(file)).values()]
    const images = found.find(({ shape }) => shape.length > 1)
    const labels = found.find(({ shape }) => shape.length === 1)
    const [, first, pixel, last, ten] = /sum=(\d+).*\[12\]=(\d+).*\[29\] sum=(\d+).*=\[([\d,]+)\]/.exec(checks)!
    if (images) {
      expect(images.shape.slice(0, 3)).toEqual([30, 28, 28])
      expect(images.dtype).toBe('uint8')
      expect(sum(images.values.subarray(0, 784))).toBe(Number(first))
      expect(images.values[10 * 28 + 12]).toBe(Number(pixel))
      expect(sum(images.values.subarray(29 * 784))).toBe(Number(last))
    }
    if (labels) {
      expect(labels.shape).toEqual([30])
      expect(Array.from(labels.values.subarray(0, 10))).toEqual(numbers(ten!))
    }
    expect(found.length).toBe(/idx/.test(file) ? 1 : 2)
  })

  const single = left.filter(({ file, checks }) => /\.npy$/.test(file) && checks.startsWith('[0] sum='))
  it.each(named(single))('%s has the values of NumPy', async (file, { decoded, checks }) => {
    const found = (await arrays(file)).get('')!
    const [, shape, type] = /shape (\([^)]*\)) dtype (\S+)/.exec(decoded)!
    const types: Record<string, string> = {
      '<f8': 'float64',
      '|u1': 'uint8',
      '>f4': 'float32',
      '|b1': 'uint8',
      '<u2': 'uint16',
    }
    expect(found.shape).toEqual(numbers(shape!))
    expect(found.dtype).toBe(types[type!])
    const [, first, pixel, min, max] = /sum=(\S+);.*\[12\]=(\S+) min=(\S+) max=(\S+)/.exec(checks)!
    expect(sum(found.values.subarray(0, 784))).toBeCloseTo(Number(first), 3)
    expect(found.values[10 * 28 + 12]).toBeCloseTo(Number(pixel), 5)
    expect(Math.min(...found.values)).toBe(Number(min))
    expect(Math.max(...found.values)).toBe(Number(max))
  })

  it('reads a ready split', async () => {
    const found = await arrays('data/npy/keras_style.npz')
    expect([...found].map(([name, { shape }]) => [name, shape])).toEqual([
      ['x_train', [20, 28, 28]],
      ['y_train', [20]],
      ['x_test', [10, 28, 28]],
      ['y_test', [10]],
    ])
    const labels = numbers(/\[.*\]/.exec(rows.find(({ file }) => file.endsWith('keras_style.npz'))!.checks)![0])
    expect(Array.from(found.get('y_train')!.values)).toEqual(labels)
  })

  it('reads volumes and their labels', async () => {
    const found = await arrays('data/volumes_npz/twelve_28cubed.npz')
    const row = rows.find(({ file }) => file.includes('twelve'))!
    const [volumes, labels] = [...found.values()]
    expect([volumes!.shape, labels!.shape]).toEqual([
      [12, 28, 28, 28],
      [12, 1],
    ])
    expect(Array.from(labels!.values)).toEqual(numbers(/\[[\d,]+\]/.exec(row.checks)![0]))
    expect(volumes!.values.subarray(0, 28 ** 3).filter((value) => value !== 0)).toHaveLength(451)
  })

  it('reads what is good of a table with bad lines', async () => {
    const outcome = await read('data/csv/ragged.csv')
    const { arrays: found } = (outcome.ok ? outcome.decoded : undefined) as DecodedArrays
    expect(found.get('images')!.shape).toEqual([27, 28, 28, 1])
    expect(found.get('labels')!.shape).toEqual([27])
  })

  it('reads records of CIFAR', async () => {
    const found = await arrays('data/cifar/ten_records.bin')
    const { checks } = rows.find(({ file }) => file.endsWith('ten_records.bin'))!
    const images = found.get('images')!
    expect(images.shape).toEqual([10, 32, 32, 3])
    expect(Array.from(found.get('labels')!.values)).toEqual(numbers(/\[([\d,]+)\]/.exec(checks)![1]!))
    const at = (10 * 32 + 8) * 3
    expect(Array.from(images.values.subarray(at, at + 3))).toEqual(numbers(/=\((.*)\)/.exec(checks)![1]!))
  })

  it.each([
    ['archives/classes_with_macosx.zip', { cat: 2, dog: 1 }, ['litter', 'litter'], []],
    ['archives/zip_slip.zip', { cat: 1 }, [], ['../../escaped.png', '/tmp/absolute_escaped.png']],
  ])('reads the pictures in %s', async (name, classes, litter, escapes) => {
    const file = await diskFile(awkwardPath(name))
    const kind = archiveKind(await file.read(0, headLength))!
    const counts: Record<string, number> = {}
    const refused: Record<string, string[]> = {}
    for await (const { name: path, entry, refusal } of readArchive(file, kind)) {
      if (refusal) {
        const names = (refused[refusal.code] ??= [])
        names.push(refusal.code === 'litter' ? 'litter' : path)
        expect(refusal.outcome).toBe(refusal.code === 'litter' ? 'ignored' : 'refused')
        continue
      }
      const outcome = await decodeFile(await entry.open(1e6))
      expect(outcome.ok && outcome.decoded.kind === 'picture' && outcome.decoded.shape).toEqual([32, 32, 3])
      const label = path.split('/').at(-2)!
      counts[label] = (counts[label] ?? 0) + 1
    }
    expect(counts).toEqual(classes)
    expect([refused['litter'] ?? [], refused['path-escapes'] ?? []]).toEqual([litter, escapes])
  })
})
