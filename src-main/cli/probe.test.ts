import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ProbeReport, ProbeRequest } from '@shared/data/probe'
import { command as run, type Setting } from '../testing/command-line'
import { fakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()

const picture: Omit<ProbeReport, 'file'> = {
  outcome: 'decoded',
  reason: null,
  format: 'PNG',
  notes: [{ code: 'first-frame', params: { count: 3 }, warns: false }],
  figures: {
    shape: [20, 1010, 3],
    dtype: 'uint8',
    rate: null,
    at: [[1, 2, 3], null],
    mean: [1.5, 2, null],
    min: 0,
    max: 255,
  },
  arrays: null,
}
const left: Omit<ProbeReport, 'file'> = {
  outcome: 'skipped',
  reason: { code: 'format-not-read', params: { format: 'HEIC' } },
  format: null,
  notes: [],
  figures: null,
  arrays: null,
}

/** An engine that finds two files in a folder, of which it can read one. */
function probingEngine() {
  const asked: ProbeRequest[] = []
  const engine = fakeEngine({
    listFiles: ({ path }) => ({
      files: path.endsWith('.png') ? [path] : [join(path, 'a b.png'), join(path, 'c.heic')],
    }),
    probeFile(request) {
      asked.push(request)
      return [{ file: request.path, ...(request.path.endsWith('.png') ? picture : left) }]
    },
  })
  return { engine, asked }
}

async function probe(words: string[], setting: Partial<Setting> = {}) {
  const home = await folder()
  await mkdir(join(home, 'set'))
  await writeFile(join(home, 'it.png'), 'x')
  const { engine, asked } = probingEngine()
  const found = await run(['probe', ...words], { home, engine, ...setting })
  return { ...found, asked: asked.map(({ path, ...rest }) => ({ path: relative(home, path), ...rest })) }
}

describe('probe', () => {
  it('gives a line of JSON for each file, whose names are as they were given', async () => {
    const { code, out, told, asked } = await probe(['set/', 'it.png', '--at', '8,10', '9,9', '--json'])
    expect([code, told]).toEqual([0, ''])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    const decoded = {
      outcome: 'decoded',
      reason: null,
      code: null,
      format: 'PNG',
      shape: [20, 1010, 3],
      dtype: 'uint8',
      rate: null,
      at: [[1, 2, 3], null],
      mean: [1.5, 2, null],
      min: 0,
      max: 255,
      notes: ['It has 3 frames; the first was taken.'],
    }
    const nothing = {
      format: null,
      shape: null,
      dtype: null,
      rate: null,
      at: null,
      mean: null,
      min: null,
      max: null,
      notes: [],
    }
    expect(lines).toEqual([
      { file: 'set/a b.png', ...decoded },
      {
        file: 'set/c.heic',
        outcome: 'skipped',
        reason: 'HEIC files are not read.',
        code: 'format-not-read',
        ...nothing,
      },
      { file: 'it.png', ...decoded },
    ])
    const at = [
      [8, 10],
      [9, 9],
    ]
    expect(asked).toEqual(['set/a b.png', 'set/c.heic', 'it.png'].map((path) => ({ path, at, frames: 'first' })))
  })

  it('tells people the same in words', async () => {
    const { out } = await probe(['set', '--frames', 'all'])
    expect(out).toBe(
      [
        'set/a b.png  PNG',
        '  20 × 1,010 × 3  uint8  mean 1.5 2 –, from 0 to 255  at the places: (1 2 3) (–)',
        '  It has 3 frames; the first was taken.',
        'set/c.heic  skipped: HEIC files are not read.',
        '',
      ].join('\n'),
    )
  })

  it('in Russian as well', async () => {
    const { out } = await probe(['set'], { language: 'ru' })
    expect(out).toContain('set/c.heic  пропущен: Файлы формата HEIC не читаются.')
  })

  it.each([
    [[], 2, 'path'],
    [['it.png', '--at', '1;2'], 2, '--at <x,y...> cannot be “1;2”: whole numbers with commas between them'],
    [['it.png', '--at', '-1'], 2, '-1'],
    [['it.png', '--frames', 'last'], 2, 'first, all'],
    [['nothing.png'], 1, 'There is no file nothing.png.'],
  ])('%j is refused', async (words, expected, complaint) => {
    const { code, out, told, asked } = await probe(words)
    expect([code, out, asked]).toEqual([expected, '', []])
    expect(told).toContain(complaint)
  })

  it('explains itself', async () => {
    const { code, out } = await probe(['--help'])
    expect(code).toBe(0)
    for (const word of ['--at', '--frames', '--json', 'decoded, skipped, refused, ignored', 'dtype'])
      expect(out).toContain(word)
  })
})
