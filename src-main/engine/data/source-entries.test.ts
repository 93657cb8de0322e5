import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tarFile, zipFile } from '../testing/archives'
import { noise, useImports } from '../testing/imports'
import { SourceEntries } from './source-entries'

const { imported, sourceOf } = useImports()
const entries = new SourceEntries()
const measures = { whole: 1000, start: 10 }
const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)

/** Archives with pictures, with some that are none, and with what no import opens. */
const archive = (kind: typeof zipFile | typeof tarFile, mark: string) =>
  kind([
    { name: 'cat/1.pgm', content: noise(1) },
    { name: 'cat/broken.png', content: `\x89PNG\r\n\x1a\n ${mark}` },
    { name: 'dog/2.pgm', content: noise(2) },
    { name: 'dog/broken.wav', content: Buffer.from(`RIFF ${mark}`) },
    { name: 'dog/inner.zip', content: zipFile([{ name: 'a', content: 'a' }]) },
    { name: '../out.pgm', content: noise(3) },
  ])

describe('an entry of an archive', () => {
  it('is read by the name under which an import skipped it', async () => {
    const source = await sourceOf({ 'one.zip': archive(zipFile, 'first'), 'more/two.tar': archive(tarFile, 'second') })
    for (const paths of [
      [source],
      [join(source, 'one.zip'), join(source, 'more/two.tar')],
      [join(source, 'one.zip')],
    ]) {
      const { skipped } = await imported(paths, { testShare: 0.5 })
      const broken = skipped.filter(({ file }) => file.endsWith('broken.wav')).map(({ file }) => file)
      expect(broken).toHaveLength(paths[0] === join(source, 'one.zip') && paths.length === 1 ? 1 : 2)
      for (const file of broken) {
        const read = await entries.read({ paths, file, ...measures })
        expect(text(read)).toBe(/two\//.test(file) ? 'RIFF second' : 'RIFF first')
        expect(read.archive).toBe(join(source, /two\//.test(file) ? 'more/two.tar' : 'one.zip'))
      }
      const closed = skipped.filter(({ code }) => ['archive-within', 'path-escapes'].includes(code))
      expect(closed.length).toBeGreaterThan(0)
      for (const { file } of closed)
        expect(await entries.read({ paths, file, ...measures })).toMatchObject({ archive: null })
    }
  })

  it('is read by its beginning where it is long, and anew where the archive has changed', async () => {
    const source = await sourceOf({ 'one.zip': zipFile([{ name: 'a.txt', content: 'x'.repeat(1001) }]) })
    const order = { paths: [join(source, 'one.zip')], file: 'a.txt', ...measures }
    expect(await entries.read(order)).toMatchObject({ size: 1001, bytes: new Uint8Array(10).fill(120) })
    await writeFile(join(source, 'one.zip'), zipFile([{ name: 'b.txt', content: 'other' }]))
    await expect(entries.read(order)).rejects.toMatchObject({ code: 'file-missing' })
    expect(text(await entries.read({ ...order, file: 'b.txt' }))).toBe('other')
  })

  it('is never a file beside the archives', async () => {
    const source = await sourceOf({ 'a.txt': 'secret', 'one.zip': zipFile([{ name: 'b.txt', content: 'b' }]) })
    await expect(entries.read({ paths: [source], file: 'a.txt', ...measures })).rejects.toMatchObject({
      code: 'file-missing',
    })
  })
})
