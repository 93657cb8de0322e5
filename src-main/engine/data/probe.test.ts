import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useTemporaryFolder } from '@main/testing/temporary-folder'
import { zipFile } from '../testing/archives'
import { probeFile } from './probe'

const temporaryFolder = useTemporaryFolder()

const probe = (path: string) => probeFile({ path, at: [], frames: 'first' })

function idxFile(count: number, ...sizes: number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * (1 + sizes.length))
  head.set([0, 0, 8, 1 + sizes.length])
  for (const [axis, size] of [count, ...sizes].entries()) head.writeUInt32BE(size, 4 + 4 * axis)
  return Buffer.concat([head, Buffer.alloc([count, ...sizes].reduce((product, size) => product * size, 1))])
}

describe('probeFile', () => {
  it('goes on behind an entry that cannot be unpacked', async () => {
    const path = join(await temporaryFolder(), 'a.zip')
    const labels = { name: 'labels.json', content: '{"a": "b"}' }
    await writeFile(path, zipFile([{ name: 'locked.json', content: 'x', flags: 1 }, labels]))
    const reports = await probe(path)
    expect(reports.map(({ file, outcome, reason }) => [file, outcome, reason?.code])).toEqual([
      [`${path}/locked.json`, 'skipped', 'archive-encrypted'],
      [`${path}/labels.json`, 'decoded', undefined],
    ])
  })

  it.each([
    ['images-idx3-ubyte', 'labels-idx1-ubyte', 3, 'decoded'],
    ['images-idx3-ubyte', 'labels-idx1-ubyte', 2, 'refused'],
    ['my-idx3-ubyte', 'my-labels-idx1-ubyte', 2, 'refused'],
    ['a.idx3-ubyte', 'a.idx1-ubyte', 4, 'refused'],
    ['train-images-idx3-ubyte', 'test-labels-idx1-ubyte', 2, 'decoded'],
  ])('%s and %s with 3 pictures and %i labels: %s', async (pictures, labels, count, outcome) => {
    const folder = join(await temporaryFolder(), 'data-idx3-idx1')
    await mkdir(folder)
    await writeFile(join(folder, pictures), idxFile(3, 2, 2))
    await writeFile(join(folder, labels), idxFile(count))
    for (const name of [pictures, labels]) {
      const [report] = await probe(join(folder, name))
      expect([report?.outcome, report?.reason?.code]).toEqual([
        outcome,
        outcome === 'refused' ? 'idx-partner' : undefined,
      ])
    }
  })

  it('leaves a damaged file its own reason, whatever stands beside it', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'images-idx3-ubyte'), idxFile(3, 2, 2).subarray(0, -1))
    await writeFile(join(folder, 'labels-idx1-ubyte'), idxFile(2))
    const reports = [
      ...(await probe(join(folder, 'images-idx3-ubyte'))),
      ...(await probe(join(folder, 'labels-idx1-ubyte'))),
    ]
    expect(reports.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual(['array-truncated', 'decoded'])
  })
})
