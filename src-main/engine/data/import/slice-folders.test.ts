import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { counts, named, noise, useImports } from '../../testing/imports'
import { openStored } from '../store/open-stored'

const { imported, sourceOf } = useImports()

/** Slices that are numbered without leading zeros, so that only counting puts them in order. */
const scan = (folder: string, from: number, depth = 11) =>
  Object.fromEntries(Array.from({ length: depth }, (_, n) => [`${folder}/${n + 1}.pgm`, noise(from + n, 4, 5)]))

describe('folders of slices', () => {
  it('are one volume each, in counting order', async () => {
    const source = await sourceOf({ ...scan('ill/a', 0), ...scan('ill/b', 20), ...scan('well/c', 40) })
    const report = await imported(source, { slices: true, testShare: 0 })
    expect(report).toMatchObject({ kind: 'volumes', found: 33, used: 33, samples: 3, shape: [11, 4, 5, 1] })
    expect(counts(report)).toEqual({ ill: 2, well: 1 })
    expect(report.names).toEqual(['ill/a', 'ill/b', 'well/c'])
    const { samples } = await openStored(report.directory)
    const second = (await readFile(samples.path)).subarray(samples.offset + samples.rowBytes).subarray(0, 220)
    const slices = Array.from({ length: 11 }, (_, n) => noise(20 + n, 4, 5).subarray(-20))
    expect(second.equals(Buffer.concat(slices))).toBe(true)
  })

  it('come to nothing as a whole where a slice is unlike the others, and every file is counted', async () => {
    const source = await sourceOf({
      ...scan('ill/a', 0, 4),
      ...scan('well/b', 20, 4),
      ...scan('well/c', 40, 4),
      'well/b/3.pgm': noise(1, 9, 9),
      'well/c/2.pgm': noise(41, 4, 5).subarray(0, 20),
    })
    const report = await imported(source, { slices: true })
    expect(report).toMatchObject({ found: 12, used: 4, samples: 1 })
    expect(named(report)).toEqual([
      'well/b/1.pgm: volume-incomplete',
      'well/b/2.pgm: volume-incomplete',
      'well/b/3.pgm: slices-differ',
      'well/b/4.pgm: volume-incomplete',
      'well/c/1.pgm: volume-incomplete',
      'well/c/2.pgm: truncated',
      'well/c/3.pgm: volume-incomplete',
      'well/c/4.pgm: volume-incomplete',
    ])
  })
})
