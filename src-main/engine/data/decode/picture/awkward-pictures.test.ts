import { describe, expect, it } from 'vitest'
import { awkwardFiles, awkwardPath, type AwkwardFile } from '../../../testing/awkward-files'
import type { DecodedValues } from '../contract'
import { decodeFile } from '../decode-file'
import { diskFile } from '../source-file'

const own = /^(png|anim|bombs|jpeg|gif|webp|bmp|tiff|heif|other|names|volumes)\//
const rows = awkwardFiles().filter(({ file }) => own.test(file))

/** How far values may be from the list's, by what its row says. */
function tolerances({ checks }: AwkwardFile): { pixel: number; mean: number } {
  const pixel = Number(/allow ±(\d+)/.exec(checks)?.[1] ?? 0)
  const mean = Number(/±(\d+) on the mean/.exec(checks)?.[1] ?? Math.min(pixel, 4))
  return { pixel, mean }
}

async function read({ file }: AwkwardFile) {
  return decodeFile(await diskFile(awkwardPath(file), file))
}

const numbers = (text: string) => text.replace(/[()]/g, '').split(',').map(Number)

function pixelAt({ shape, values }: DecodedValues, x: number, y: number): number[] {
  const [, width = 0, channels = 0] = shape
  const at = (y * width + x) * channels
  return Array.from(values.subarray(at, at + channels))
}

function means({ shape, values }: DecodedValues): number[] {
  const channels = shape.at(-1) ?? 1
  const sums = new Array<number>(channels).fill(0)
  values.forEach((value, at) => (sums[at % channels]! += value))
  return sums.map((sum) => (sum * channels) / values.length)
}

function range({ values }: DecodedValues): [number, number] {
  return Array.from(values).reduce<[number, number]>(
    ([min, max], value) => [Math.min(min, value), Math.max(max, value)],
    [Infinity, -Infinity],
  )
}

describe.skipIf(rows.length === 0)('awkward pictures', () => {
  const skipped = rows.filter(({ outcome }) => ['skip', 'ignore', 'refuse'].includes(outcome))
  it.each(skipped.map((row) => [row.file, row] as const))('%s is left out with a reason', async (_file, row) => {
    const outcome = await read(row)
    expect(outcome.ok).toBe(false)
    if (!outcome.ok) expect(outcome.refusal.outcome).toBe(row.outcome === 'ignore' ? 'ignored' : 'skipped')
  })

  const pictures = rows.filter(({ decoded, outcome }) => /^\d+x\d+x\d+ /.test(decoded) && outcome.startsWith('decode'))
  const unread = ['heif/hopper.heic', 'other/16bit.cropped.jp2']
  it.each(pictures.map((row) => [row.file, row] as const))('%s has the values of other decoders', async (file, row) => {
    const outcome = await read(row)
    if (!outcome.ok) {
      expect([file, outcome.refusal.code]).toEqual([unread.find((one) => one === file), 'format-not-read'])
      return
    }
    const { decoded } = outcome
    if (decoded.kind !== 'picture') throw new Error(decoded.kind)
    const [height, width, channels] = decoded.shape
    expect(`${width}x${height}x${channels} ${decoded.dtype}`).toBe(/^\S+ \w+/.exec(row.decoded)?.[0])
    const { pixel, mean } = tolerances(row)
    let checked = 0
    for (const [, x, y, expected] of row.checks.matchAll(/px\((\d+),(\d+)\)=(\([^)]*\)|-?[\d.e-]+)/g)) {
      const found = pixelAt(decoded, Number(x), Number(y))
      const wanted = numbers(expected!)
      expect(found).toHaveLength(wanted.length)
      // Six digits are written of floating-point values.
      wanted.forEach((value, at) => expect(Math.abs(found[at]! - value), `px(${x},${y})`).toBeLessThan(pixel + 1e-5))
      checked++
    }
    const wantedMeans = /mean=\(([^)]*)\)/.exec(row.checks)?.[1]
    // One digit is written of means.
    if (wantedMeans) {
      const found = means(decoded)
      numbers(wantedMeans).forEach((value, at) =>
        expect(Math.abs(found[at]! - value)).toBeLessThanOrEqual(mean + 0.051),
      )
    }
    const [, min, max] = /min=(\S+) max=(\S+)/.exec(row.checks) ?? []
    if (min !== undefined) expect(range(decoded)).toEqual([Number(min), Number(max)])
    expect(checked).toBeGreaterThan(0)
  })

  const noted: Record<string, string> = {
    'anim/animated.gif': 'first-frame',
    'anim/animated.webp': 'first-frame',
    'anim/apng_blend_over.png': 'first-frame',
    'jpeg/mpo_stereo.jpg': 'first-frame',
    'tiff/multipage.tiff': 'first-frame',
    'jpeg/png_named.jpg': 'other-format',
    'jpeg/bad_exif.jpg': 'damaged-in-places',
    'png/basn2c16.png': 'reduced-to-bytes',
  }
  it.each(Object.entries(noted))('%s comes in with the note %s', async (file, code) => {
    const outcome = await decodeFile(await diskFile(awkwardPath(file), file))
    expect(outcome.ok && outcome.decoded.notes.map((note) => note.code)).toEqual([code])
  })

  const reasons: Record<string, string> = {
    'bombs/black_50000x50000.png': 'too-many-pixels',
    'bombs/claims_65000x65000.jpg': 'too-many-pixels',
    'bombs/decompression_bomb.gif': 'too-many-pixels',
    'png/truncated_image.png': 'truncated',
    'png/xs2n0g01.png': 'unknown-format',
    'bmp/shortfile.bmp': 'truncated',
    'jpeg/truncated.jpg': 'truncated',
    'jpeg/zero_bytes.jpg': 'empty',
    'jpeg/text_named.jpg': 'is-text',
    'jpeg/random_bytes.jpg': 'unknown-format',
  }
  it.each(Object.entries(reasons))('%s: %s', async (file, code) => {
    const outcome = await decodeFile(await diskFile(awkwardPath(file), file))
    expect(!outcome.ok && outcome.refusal.code).toBe(code)
  })

  it('draws an SVG at its own size', async () => {
    const outcome = await decodeFile(await diskFile(awkwardPath('other/drawing.svg')))
    if (!outcome.ok || outcome.decoded.kind !== 'picture') throw new Error('no picture')
    const { decoded } = outcome
    expect(decoded.shape).toEqual([48, 64, 3])
    expect([pixelAt(decoded, 2, 2), pixelAt(decoded, 32, 24)]).toEqual([
      [32, 64, 128],
      [255, 204, 0],
    ])
  })

  it.each([
    ['anim/animated.gif', [5, 100, 100]],
    ['anim/animated.webp', [4, 32, 32]],
  ])('%s is a volume where all frames are wanted', async (file, [depth, height, width]) => {
    const first = await decodeFile(await diskFile(awkwardPath(file)))
    const limits = { bytes: 1e8, pixels: 1e6, values: 1e6 }
    const all = await decodeFile(await diskFile(awkwardPath(file)), { limits, frames: 'all' })
    if (!first.ok || first.decoded.kind !== 'picture') throw new Error('no picture')
    if (!all.ok || all.decoded.kind !== 'volume') throw new Error('no volume')
    expect(all.decoded.shape.slice(0, 3)).toEqual([depth, height, width])
    // The first slice is the picture; a volume may have an alpha channel more.
    const rgb = (values: ArrayLike<number>, channels: number) =>
      Array.from({ length: height! * width! * 3 }, (_, n) => values[Math.floor(n / 3) * channels + (n % 3)])
    expect(rgb(all.decoded.values, all.decoded.shape[3]!)).toEqual(rgb(first.decoded.values, first.decoded.shape[2]!))
  })
})

describe.skipIf(rows.length === 0)('awkward pages', () => {
  it('of different sizes make no volume', async () => {
    const limits = { bytes: 1e8, pixels: 1e6, values: 1e6 }
    const outcome = await decodeFile(await diskFile(awkwardPath('tiff/multipage.tiff')), { limits, frames: 'all' })
    expect(!outcome.ok && outcome.refusal.code).toBe('frames-differ')
  })
})

describe.skipIf(rows.length === 0)('awkward volumes', () => {
  const volumes = rows.filter(({ file }) => file.startsWith('volumes/'))
  it.each(volumes.map((row) => [row.file, row] as const))('%s has the values of nibabel', async (_file, row) => {
    const outcome = await read(row)
    if (!outcome.ok || outcome.decoded.kind !== 'volume') throw new Error('no volume')
    const { decoded } = outcome
    expect(decoded.shape).toEqual(numbers(/shape (\([^)]*\))/.exec(row.decoded)![1]!))
    const [, index, value, min, max, mean] = /\[([\d,]+)\]=(\S+); min=(\S+) max=(\S+) mean=(\S+)/.exec(row.checks)!
    const at = numbers(index!).reduce((place, one, axis) => place * decoded.shape[axis]! + one, 0)
    expect(decoded.values[at]).toBeCloseTo(Number(value), 3)
    expect(range(decoded)[0]).toBeCloseTo(Number(min), 2)
    expect(range(decoded)[1]).toBeCloseTo(Number(max), 2)
    expect(Array.from(decoded.values).reduce((sum, one) => sum + one, 0) / decoded.values.length).toBeCloseTo(
      Number(mean),
      3,
    )
  })
})
