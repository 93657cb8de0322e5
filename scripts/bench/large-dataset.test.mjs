// @ts-check
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { StoredDataset, storedFiles } from '../../src-main/shared/data/stored-dataset'
import { writeLargeDataset } from './large-dataset.mjs'

it('the large data set is one as Patchwork stores them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'patchwork-bench-test-'))
  try {
    await writeLargeDataset(folder, 200)
    const read = (/** @type {keyof typeof storedFiles} */ name) => readFile(join(folder, storedFiles[name]))
    const manifest = StoredDataset.parse(JSON.parse((await read('manifest')).toString()))
    expect(manifest).toMatchObject({ count: 200, preprocessing: { shape: [64, 64, 3] } })
    expect(await read('samples')).toHaveLength(128 + 200 * 64 * 64 * 3)
    expect((await read('samples')).toString('latin1', 10, 128)).toMatch(
      /^{'descr': '\|u1', .*\(200, 64, 64, 3,\), } *\n$/,
    )
    expect(await read('labels')).toHaveLength(128 + 400)
    expect((await read('parts')).subarray(128, 150)).toEqual(Buffer.from([2, ...Array(19).fill(0), 2, 0]))
    expect((await read('names')).toString().trim().split('\n')).toHaveLength(200)
  } finally {
    await rm(folder, { recursive: true })
  }
})
