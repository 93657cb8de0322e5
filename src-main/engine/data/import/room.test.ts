import { linkSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usualImport, type ImportSettings } from '@shared/data/import'
import { budgetOf, decisionsOf, fits, reserveOf, type ImportPlan } from '@shared/data/import-plan'
import { useTemporaryFolder } from '../../../testing/temporary-folder'
import { appErrorOf } from '../../testing/errors'
import { importDataset } from './import'
import { planImport } from './plan'

const folder = useTemporaryFolder()
afterEach(() => vi.restoreAllMocks())

/** A grey picture as a PNM file, of noise that a number decides. */
function picture(n: number, side = 32): Buffer {
  const pixels = Array.from({ length: side * side }, (_, at) => (Math.imul(n * 977 + at * 31, 2654435761) >>> 11) & 255)
  return Buffer.concat([Buffer.from(`P5 ${side} ${side} 255\n`), Buffer.from(pixels)])
}

async function sourceOf(names: readonly string[], content = (n: number) => picture(n)): Promise<string> {
  const source = join(await folder(), 'source')
  for (const [n, name] of names.entries()) {
    await mkdir(dirname(join(source, name)), { recursive: true })
    await writeFile(join(source, name), content(n))
  }
  return source
}

const named = (count: number, name: (n: number) => string) => Array.from({ length: count }, (_, n) => name(n))
const twoClasses = (count: number) => named(count, (n) => `${n % 2 ? 'a' : 'b'}/${n}.pgm`)
const roomy = { free: 1e12, size: 1e12 }

async function planned(source: string, own: Partial<ImportSettings> = {}, room = roomy): Promise<ImportPlan> {
  const directory = join(await folder(), 'made')
  const order = { paths: [source], settings: { ...usualImport, ...own }, directory }
  return planImport(order, { roomAt: () => Promise.resolve(room) })
}

describe('the plan of an import', () => {
  it('tells files, classes, parts and samples, and writes nothing', async () => {
    const names = [
      ...named(12, (n) => `train/cat/${n}.pgm`),
      ...named(8, (n) => `train/dog/${n}.PGM`),
      ...named(3, (n) => `test/cat/${n}.pgm`),
      'train/cat/notes.txt',
      'train/.DS_Store',
    ]
    const source = await sourceOf(names)
    const plan = await planned(source)
    expect(plan).toMatchObject({
      kind: 'pictures',
      files: 23,
      skipped: 0,
      endings: [{ ending: '.pgm', count: 23 }],
      classes: { cat: { train: 12, validation: 0, test: 3 }, dog: { train: 8, validation: 0, test: 0 } },
      testDrawn: false,
      facts: { parts: expect.arrayContaining([{ folder: 'train', part: 'train', files: 20 }]) },
      shape: [32, 32, 1],
      samples: 23,
      smaller: null,
      warnings: [{ code: 'missing-in-test', params: { name: 'dog' } }],
    })
    expect(decisionsOf(plan, usualImport)).toEqual(['parts'])
    const asClasses = await planned(source, { partFolders: 'classes', classFolders: 'topmost' })
    expect(Object.keys(asClasses.classes)).toEqual(['test', 'train'])
  })

  it.each([
    ['pictures', { size: [40, 30] }],
    ['grey ones made coloured', { channels: 3 }],
  ] as const)('tells for %s at least what they take, and little more', async (_what, own) => {
    const source = await sourceOf(twoClasses(60))
    const settings = { ...own, size: 'size' in own ? ([own.size[0], own.size[1]] as [number, number]) : null }
    const { bytes } = await planned(source, settings)
    const directory = join(await folder(), 'made')
    await importDataset({ paths: [source], directory, settings: { ...usualImport, ...settings } })
    const sizes = await Promise.all(
      (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).size),
    )
    const taken = sizes.reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThanOrEqual(taken)
    expect(bytes).toBeLessThan(taken + 70_000)
  })

  it('leaves a disk its reserve, and offers a size that has room', async () => {
    const source = await sourceOf(twoClasses(100))
    const room = { free: 120_000, size: 1_000_000 }
    const plan = await planned(source, { size: [64, 32] }, room)
    expect([fits(plan), reserveOf(room), budgetOf(room)]).toEqual([false, 20_000, 100_000])
    const [height, width] = plan.smaller ?? [0, 0]
    expect(height / width).toBeCloseTo(2, 0)
    expect(fits(await planned(source, { size: [height, width] }, room))).toBe(true)
    expect(fits(await planned(source, { size: [height + 2, width + 1] }, room))).toBe(false)
    expect((await planned(source, {}, { free: 30_000, size: 1_000_000 })).smaller).toBeNull()
  })

  it('counts a folder of a hundred thousand files', { timeout: 60_000 }, async () => {
    const origins = ['one/0.pgm', 'one/1.pgm']
    const source = await sourceOf(origins, (n) => picture(n, 2))
    // Some systems let a file have no more than 65,000 names.
    for (let n = 2; n < 100_000; n++) linkSync(join(source, origins[n % 2] ?? ''), join(source, 'one', `${n}.pgm`))
    const plan = await planned(source)
    expect([plan.files, plan.samples, Object.keys(plan.classes)]).toEqual([100_000, 100_000, ['one']])
    expect(decisionsOf(plan, usualImport)).toEqual(['much'])
  })
})

describe('a disk without room', () => {
  it.each([
    [
      'import-no-room-size',
      { size: [128, 64] as [number, number] },
      250_000,
      { needs: 1, size: expect.stringMatching(/^\d+x\d+$/) },
    ],
    ['import-no-room', { size: null }, 30_000, { needs: 1 }],
  ])('is told of before anything is written: %s', async (code, own, free, params) => {
    const source = await sourceOf(twoClasses(100))
    const place = await folder()
    const order = { paths: [source], directory: join(place, 'made'), settings: { ...usualImport, ...own } }
    const error = await appErrorOf(importDataset(order, { roomAt: () => Promise.resolve({ free, size: 1_000_000 }) }))
    expect(error).toMatchObject({ code, params: { path: order.directory, ...params } })
    expect(await readdir(place)).toEqual([])
  })

  /** From now on files take so many bytes more, and then the disk is full, as the system says it. */
  async function fillDiskAfter(room: number): Promise<() => void> {
    const handle = await open(join(await folder(), 'probe'), 'w')
    const prototype = Object.getPrototypeOf(handle)
    await handle.close()
    const write = prototype.write
    let left = room
    const spy = vi.spyOn(prototype, 'write').mockImplementation(async function (this: unknown, ...given: unknown[]) {
      const [bytes, offset, length, position] = given as [Uint8Array, number, number, number]
      if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      const taken = Math.min(length, left)
      left -= taken
      return write.call(this, bytes, offset, taken, position)
    })
    return () => spy.mockRestore()
  }

  async function half(fail: (order: Parameters<typeof importDataset>[0]) => Promise<unknown>) {
    const source = await sourceOf(twoClasses(60))
    const place = await folder()
    const order = { paths: [source], directory: join(place, 'made'), settings: usualImport }
    const error = await fail(order)
    return { order, place, error }
  }

  async function samplesIn(directory: string): Promise<Buffer> {
    return readFile(join(directory, 'samples.npy'))
  }

  it.each([
    ['becomes full', 30_000],
    ['becomes full at once after a mark', 20_000],
  ])('that %s keeps what came in, and the import goes on once there is room', async (_when, bytes) => {
    const { order, place, error } = await half(async (order) => {
      const free = await fillDiskAfter(bytes)
      const thrown = await appErrorOf(
        importDataset(order, { markEvery: 0, filesAtOnce: 1, roomAt: () => Promise.resolve(roomy) }),
      )
      free()
      return thrown
    })
    expect(error).toMatchObject({ code: 'import-disk-full', params: { path: order.directory } })
    expect(await readdir(place)).toEqual([expect.stringMatching(/\.tmp$/)])
    const resumed: number[] = []
    await importDataset(order, { progress: (told) => void resumed.push(told.resumed) })
    expect(resumed[0]).toBeGreaterThan(5)
    expect(await readdir(place)).toEqual(['made'])
    const directory = join(await folder(), 'other')
    await importDataset({ ...order, directory })
    expect((await samplesIn(order.directory)).equals(await samplesIn(directory))).toBe(true)
  })

  it('is left its reserve where others fill it meanwhile', async () => {
    let asked = 0
    const { place, error } = await half((order) => {
      const roomAt = () => Promise.resolve((asked += 1) > 6 ? { free: 1000, size: 1e9 } : roomy)
      return appErrorOf(importDataset(order, { markEvery: 0, filesAtOnce: 1, roomAt }))
    })
    expect(error).toMatchObject({ code: 'import-disk-full' })
    expect(await readdir(place)).toEqual([expect.stringMatching(/\.tmp$/)])
  })

  it('leaves nothing where it is full from the start', async () => {
    const { place, error } = await half(async (order) => {
      const free = await fillDiskAfter(0)
      const thrown = await appErrorOf(importDataset(order, { roomAt: () => Promise.resolve(roomy) }))
      free()
      return thrown
    })
    expect(error).toMatchObject({ code: 'disk-full' })
    expect(await readdir(place)).toEqual([])
  })
})

describe('files that change in the middle of an import', () => {
  it('come in as they are then, or are skipped with why, and it all adds up', async () => {
    const source = await sourceOf(twoClasses(200))
    let marks = 0
    const roomAt = async (path: string) => {
      if (path.endsWith('.tmp') && (marks += 1) === 3) {
        await rm(join(source, 'a/199.pgm'))
        await rm(join(source, 'b'), { recursive: true })
        await writeFile(join(source, 'a/197.pgm'), 'no picture any more')
        await writeFile(join(source, 'a/195.pgm'), picture(7, 50))
      }
      return roomy
    }
    const order = { paths: [source], directory: join(await folder(), 'made'), settings: usualImport }
    const report = await importDataset(order, { markEvery: 0, filesAtOnce: 1, roomAt })
    const reasons = new Map(report.skipped.map(({ file, code }) => [file.split('/').at(-1), code]))
    expect(report.found).toBe(200)
    expect(report.used + report.skipped.length).toBe(200)
    expect([reasons.get('199.pgm'), reasons.get('197.pgm')]).toEqual(['gone', expect.any(String)])
    expect(report.sizes).toContainEqual(expect.objectContaining({ shape: [50, 50, 1], count: 1 }))
  })
})
