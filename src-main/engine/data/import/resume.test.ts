import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { usualImport, type ImportReport, type ImportSettings } from '@shared/data/import'
import { journalFile } from '@shared/data/import-journal'
import { useTemporaryFolder } from '../../../testing/temporary-folder'
import { appErrorOf } from '../../testing/errors'
import { wavFile } from '../../testing/plain-files'
import { importDataset, type ImportWatcher } from './import'

const folder = useTemporaryFolder()

/** A grey picture as a PNM file, of noise that a number decides. */
function picture(n: number, height = 6, width = 7): Buffer {
  const pixels = Array.from(
    { length: height * width },
    (_, at) => (Math.imul(n * 977 + at * 31, 2654435761) >>> 11) & 255,
  )
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), Buffer.from(pixels)])
}

/** A sound of 16 bits at 1000 Hz. */
function sound(n: number, frames: number): Buffer {
  return wavFile(1000, [[...Int16Array.from({ length: frames }, (_, at) => (at + 3) * n * 37)]])
}

async function sourceOf(files: readonly (readonly [string, Buffer | string])[]): Promise<string> {
  const source = join(await folder(), 'source')
  for (const [name, content] of files) {
    await mkdir(dirname(join(source, name)), { recursive: true })
    await writeFile(join(source, name), content)
  }
  return source
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

const pictures = () =>
  sourceOf([
    ...numbers(24).map((n) => [`a/${n}.pgm`, picture(n % 17, n % 5 ? 6 : 9)] as const),
    ...numbers(20).map((n) => [`b/${n}.pgm`, n % 6 ? picture(100 + (n % 15)) : 'P5 3'] as const),
  ])
const sounds = () =>
  sourceOf(numbers(30).map((n) => [`${n % 2 ? 'low' : 'high'}/${n}.wav`, sound(n, 900 + (n % 4) * 700)] as const))

/** Everything in a data set's folder, but for when it was made. */
async function contentOf(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort()
  const entries = names.map(async (name) => {
    const content = await readFile(join(directory, name))
    const text = name.endsWith('.json')
      ? content.toString().replace(/"createdAt": "[^"]*"/, '')
      : content.toString('base64')
    return [name, text] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** What of a report is the same however often it was interrupted, and wherever it lies. */
function lasting({ directory: _directory, seconds: _seconds, ...rest }: ImportReport): unknown {
  return rest
}

interface Stop {
  /** At the mark with this number. */
  readonly after: number
  readonly how: 'cancelled' | 'killed'
}

const roomy = { free: 1e12, size: 1e12 }

/**
 * Imports, stopped at each of some marks: given up, or as a process that is killed leaves it, with bytes behind the mark
 * and half a line in the journal.
 */
async function importStopped(
  source: string,
  settings: ImportSettings,
  stops: readonly Stop[],
): Promise<{ report: ImportReport; resumed: number[] }> {
  const place = await folder()
  const order = { paths: [source], directory: join(place, 'made'), settings }
  const resumed: number[] = []
  for (const { after, how } of stops) {
    const cancel = new AbortController()
    let marks = 0
    const snapshot = join(await folder(), 'killed')
    let half = ''
    const watcher: ImportWatcher = {
      signal: cancel.signal,
      markEvery: 0,
      filesAtOnce: 1,
      async roomAt(path) {
        if (path.endsWith('.tmp')) marks += 1
        if (marks !== after || cancel.signal.aborted) return roomy
        half = path
        await cp(path, snapshot, { recursive: true })
        cancel.abort()
        return roomy
      },
    }
    await importDataset(order, watcher).then(
      () => rm(order.directory, { recursive: true }),
      (thrown: unknown) => expect(thrown).toMatchObject({ code: 'cancelled' }),
    )
    if (how === 'killed' && half !== '') {
      await rm(half, { recursive: true, force: true })
      await cp(snapshot, half, { recursive: true })
      await appendFile(join(half, journalFile), '{"done":1,"rows":')
      await appendFile(join(half, 'samples.npy.tmp'), 'behind the mark')
      await appendFile(join(half, 'names.jsonl'), '"behind')
    }
  }
  const report = await importDataset(order, { progress: (told) => void resumed.push(told.resumed) })
  expect(await readdir(place)).toEqual(['made'])
  return { report, resumed }
}

describe('an interrupted import', () => {
  const stop = fc.record<Stop>({ after: fc.integer({ min: 1, max: 40 }), how: fc.constantFrom('cancelled', 'killed') })

  it.each([
    ['pictures', pictures, { size: [5, 6] }],
    ['sounds in windows', sounds, { seconds: 0.5, normalize: true }],
  ] as const)('of %s becomes what an unbroken one makes', async (_what, make, own) => {
    const source = await make()
    const settings: ImportSettings = { ...usualImport, ...own, size: 'size' in own ? [...own.size] : null }
    const directory = join(await folder(), 'unbroken')
    const unbroken = await importDataset({ paths: [source], directory, settings })
    const content = await contentOf(directory)
    expect(Object.keys(content).sort()).toEqual([
      'dataset.json',
      'flags.npy',
      'labels.npy',
      'names.jsonl',
      'parts.npy',
      'samples.npy',
    ])
    await fc.assert(
      fc.asyncProperty(fc.array(stop, { minLength: 1, maxLength: 3 }), async (stops) => {
        const { report } = await importStopped(source, settings, stops)
        expect(lasting(report)).toEqual(lasting(unbroken))
        expect(await contentOf(report.directory)).toEqual(content)
      }),
      { numRuns: 6 },
    )
  })

  it('goes on where it was, and tells how much was there', async () => {
    const { resumed } = await importStopped(await pictures(), usualImport, [{ after: 20, how: 'cancelled' }])
    expect(resumed[0]).toBeGreaterThan(5)
    expect(resumed[0]).toBeLessThan(44)
  })

  async function halfDone(source: string): Promise<{ order: Parameters<typeof importDataset>[0]; place: string }> {
    const place = await folder()
    const order = { paths: [source], directory: join(place, 'made'), settings: usualImport }
    const cancel = new AbortController()
    const roomAt = (path: string) => {
      if (path.endsWith('.tmp')) cancel.abort()
      return Promise.resolve(roomy)
    }
    expect((await appErrorOf(importDataset(order, { signal: cancel.signal, markEvery: 0, roomAt }))).code).toBe(
      'cancelled',
    )
    expect(await readdir(place)).toEqual([expect.stringMatching(/^made\.[0-9a-f]{8}\.tmp$/)])
    return { order, place }
  }

  it.each([
    ['its files have changed', (source: string) => writeFile(join(source, 'a/3.pgm'), picture(99, 11)), {}],
    ['a file has vanished', (source: string) => rm(join(source, 'b/2.pgm')), {}],
    ['other settings are asked for', () => Promise.resolve(), { seed: 1 }],
  ])('begins anew where %s, says so and leaves nothing of it', async (_why, change, own) => {
    const source = await pictures()
    const { order, place } = await halfDone(source)
    await change(source)
    const settings = { ...order.settings, ...own }
    const report = await importDataset({ ...order, settings })
    expect(report.warnings[0]).toEqual({ code: 'begun-anew', params: {} })
    expect(await readdir(place)).toEqual(['made'])
    const directory = join(await folder(), 'other')
    await importDataset({ paths: order.paths, directory, settings })
    expect(await contentOf(report.directory)).toEqual(await contentOf(directory))
  })

  it.each([
    ['an array is shorter than its journal says', 'samples.npy.tmp', 'short'],
    ['an array is missing', 'labels.npy.tmp', undefined],
    ['the names are cut', 'names.jsonl', '"a/0'],
  ])('begins anew where %s', async (_why, file, content) => {
    const { order, place } = await halfDone(await pictures())
    const half = join(place, (await readdir(place))[0] ?? '')
    if (content === undefined) await rm(join(half, file))
    else await writeFile(join(half, file), content)
    const report = await importDataset(order)
    expect(report).toMatchObject({ warnings: expect.arrayContaining([{ code: 'begun-anew', params: {} }]) })
    expect(await readdir(place)).toEqual(['made'])
  })

  it('begins anew where that is asked for, and says nothing of it', async () => {
    const { order } = await halfDone(await pictures())
    const resumed: number[] = []
    const report = await importDataset(
      { ...order, anew: true },
      { progress: (told) => void resumed.push(told.resumed) },
    )
    expect(report.warnings.map(({ code }) => code)).not.toContain('begun-anew')
    expect(resumed[0]).toBe(0)
  })

  /** A half-done import in the hands of a process. */
  async function inHandsOf(pid: number) {
    const { order, place } = await halfDone(await pictures())
    const half = (await readdir(place))[0] ?? ''
    const path = join(place, half, journalFile)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(/"process":\d+/, `"process":${pid}`))
    return { order, place, half }
  }

  it('is left alone while another process is at it', async () => {
    const { order, place, half } = await inHandsOf(process.ppid)
    await importDataset(order)
    expect((await readdir(place)).sort()).toEqual(['made', half])
  })

  it.runIf(process.platform === 'linux')('is gone on with where only the number of its process is left', async () => {
    // The shell becomes a program that does not ask what became of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const [text] = await once(parent.stdout, 'data')
      const pid = Number(String(text))
      const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2]
      await vi.waitFor(() => expect(state()).toBe('Z'), 10_000)
      const { order, place } = await inHandsOf(pid)
      const resumed: number[] = []
      await importDataset(order, { progress: (told) => void resumed.push(told.resumed) })
      expect(resumed[0]).toBeGreaterThan(0)
      expect(await readdir(place)).toEqual(['made'])
    } finally {
      parent.kill()
    }
  })
})
