import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProbeReport } from '@shared/data/probe'
import { useTemporaryFolder } from '../../testing/temporary-folder'
import { niftiFile } from '../testing/nifti-file'
import { pngFile } from '../testing/png-file'
import { tiffFile } from '../testing/tiff-file'
import type { DecodedValues } from './decode/contract'
import { figuresOf, probeFile } from './probe'

const folder = useTemporaryFolder()

async function probe(name: string, bytes: Uint8Array, at: number[][] = [], frames: 'first' | 'all' = 'first') {
  const path = join(await folder(), name)
  await writeFile(path, bytes)
  const reports = await probeFile({ path, at, frames })
  return reports.map((report) => {
    // What it gives goes through the contract.
    const { file, ...rest } = ProbeReport.parse(report)
    expect(file.startsWith(path)).toBe(true)
    return rest
  })
}

const picture = pngFile({ width: 3, height: 2, depth: 8, type: 2, values: Array.from({ length: 18 }, (_, n) => n) })

describe('a picture', () => {
  it('is asked by x and y', async () => {
    const [report] = await probe('it.png', picture, [[0, 0], [2, 1], [1], [2, 1, 1], [3, 0], [0, 2]])
    expect(report).toEqual({
      outcome: 'decoded',
      reason: null,
      format: 'PNG',
      notes: [],
      arrays: null,
      figures: {
        shape: [2, 3, 3],
        dtype: 'uint8',
        rate: null,
        at: [[0, 1, 2], [15, 16, 17], [9, 10, 11, 12, 13, 14, 15, 16, 17], [16], null, null],
        mean: [7.5, 8.5, 9.5],
        min: 0,
        max: 17,
      },
    })
  })

  it('that cannot be read gives the reason', async () => {
    const [report] = await probe('it.png', picture.subarray(0, 60))
    expect(report).toMatchObject({ outcome: 'skipped', reason: { code: 'truncated' }, figures: null })
    expect(await probe('.it.png', picture)).toMatchObject([{ outcome: 'ignored', reason: { code: 'litter' } }])
  })

  it('of several pages may be a volume', async () => {
    const page = { width: 2, height: 1, samples: 1, bits: 8, format: 'uint' } as const
    const file = tiffFile({ ...page, values: [1, 2] }, { ...page, values: [3, 4] })
    const [first] = await probe('it.tif', file, [[1, 0]])
    expect(first?.figures).toMatchObject({ shape: [1, 2, 1], at: [[2]] })
    const [all] = await probe('it.tif', file, [[1, 0, 1]], 'all')
    expect(all?.figures).toMatchObject({ shape: [2, 1, 2, 1], at: [[4]], mean: [2.5] })
  })
})

it('a volume is asked axis by axis', async () => {
  const values = Array.from({ length: 8 }, (_, n) => n)
  const file = niftiFile({ version: 1, order: 'little', shape: [2, 2, 2], type: 'int16', values })
  const [report] = await probe('it.nii', file, [
    [1, 0, 0],
    [0, 0, 1],
  ])
  expect(report?.figures).toMatchObject({
    shape: [2, 2, 2],
    dtype: 'int16',
    at: [[1], [4]],
    mean: [3.5],
    min: 0,
    max: 7,
  })
})

it('what is there no more, or no file, gives the reason', async () => {
  const home = await folder()
  await mkdir(join(home, 'it'))
  const reports = await Promise.all(
    ['nothing', 'it'].map((name) => probeFile({ path: join(home, name), at: [], frames: 'first' })),
  )
  expect(reports.map(([report]) => report?.reason?.code)).toEqual(['gone', 'not-read'])
})

it('figures leave out what is no number, and say where there is nothing else', () => {
  const array = (values: number[]): DecodedValues => ({
    kind: 'array',
    format: 'it',
    shape: [values.length],
    dtype: 'float32',
    values: Float32Array.from(values),
    notes: [],
  })
  expect(figuresOf(array([NaN, 1, Infinity, 3]), [[0], [1]])).toMatchObject({
    at: [[null], [1]],
    mean: [2],
    min: 1,
    max: 3,
  })
  expect(figuresOf(array([NaN]), [])).toMatchObject({ mean: [null], min: null, max: null })
  expect(figuresOf(array(new Array<number>(5000).fill(0)), [[]])).toMatchObject({ at: [null] })
})
