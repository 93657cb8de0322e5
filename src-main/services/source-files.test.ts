import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { startHost } from '../engine-host/host'
import { fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createSourceFiles } from './source-files'

const folder = useTemporaryFolder()

/** Two dropped folders, an archive and a file, with a secret beside them. */
async function sources(dropped: readonly string[], directory = 'project/data/0001') {
  const home = await folder()
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(home, name)), { recursive: true })
    await writeFile(join(home, name), text)
  }
  await write('animals/cats/one.png', 'cat')
  await write('animals/dogs/één 🐕.png', 'dog')
  await write('birds/owl.png', 'owl')
  await write('more.zip', 'PK')
  await write('secret/key.txt', 'secret')
  await symlink(join(home, 'secret', 'key.txt'), join(home, 'animals', 'link.png'))
  const paths = dropped.map((name) => join(home, name))
  const shown: string[] = []
  const manager = {
    openFolder: async () => '',
    showFile: (path: string) => void shown.push(path.slice(home.length + 1)),
  }
  const { launch } = fakeEngine({
    readOriginal: ({ path, file, row }) => {
      sounds.push([path?.slice(home.length + 1) ?? null, file, row])
      return { sound: null, reason: { code: 'gone', params: {} } }
    },
    readEntry: ({ paths: asked, file }) => {
      if (file === 'gone.png') throw new AppError('file-missing', { file })
      const archive = { 'link.png': null, 'evil.png': join(home, 'secret', 'all.zip') }[file]
      const found = asked.find((path) => path.endsWith('.zip')) ?? null
      return { archive: archive === undefined ? found : archive, size: 5, bytes: new TextEncoder().encode('entry') }
    },
  })
  const sounds: unknown[] = []
  const files = createSourceFiles({
    engine: startHost({ launch, log: fakeLog() }),
    pathsOf: async (path) => (path === join(home, 'project/data/0001') ? paths : null),
    projectFolder: () => join(home, 'project'),
    manager,
  })
  const code = (thrown: { code: string }) => thrown.code
  return {
    home,
    show: async (file: string) => files.show(join(home, directory), file).then(() => shown.at(-1), code),
    read: (file: string) => files.read(join(home, directory), file),
    sounds,
    hear: (file: string) =>
      files.readOriginal(join(home, directory), file, { source: { kind: 'sample', id: 'mnist' }, row: 3 }),
  }
}

describe('a file of an import', () => {
  it.each([
    [['animals'], 'cats/one.png', 'animals/cats/one.png'],
    [['animals'], 'dogs/één 🐕.png', 'animals/dogs/één 🐕.png'],
    [['animals', 'birds'], 'birds/owl.png', 'birds/owl.png'],
    [['birds/owl.png'], 'owl.png', 'birds/owl.png'],
    [['more.zip'], 'any/entry.png', 'more.zip'],
    [['animals', 'more.zip'], 'more/entry.png', 'more.zip'],
    [['animals', 'more.zip'], 'gone.png', 'file-missing'],
    [['animals', 'more.zip'], 'evil.png', 'file-missing'],
    [['animals'], 'cats/gone.png', 'file-missing'],
    [['animals'], 'cats', 'file-missing'],
    [['animals'], '../secret/key.txt', 'file-missing'],
    [['animals'], 'link.png', 'file-missing'],
    [['animals', 'birds'], 'birds/../../secret/key.txt', 'file-missing'],
  ])('of %j: %s', async (dropped, file, expected) => {
    expect(await (await sources(dropped)).show(file)).toBe(expected)
  })

  it.each(['elsewhere/data/0001', 'project/data/0002', 'project/../elsewhere'])('nothing of %s', async (directory) => {
    expect(await (await sources(['animals'], directory)).show('cats/one.png')).toBe('source-unknown')
  })

  it('is read whole, an entry of an archive as the engine reads it, and a huge one by its beginning', async () => {
    const { read } = await sources(['animals', 'more.zip'])
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
    const one = await read('animals/cats/one.png')
    expect([text(one.bytes), one.size, one.whole, one.inArchive]).toEqual(['cat', 3, true, false])
    const entry = await read('entry.png')
    expect(entry).toMatchObject({ size: 5, whole: true, inArchive: true, closed: false })
    expect(text(entry.bytes)).toBe('entry')
    expect(await read('link.png')).toMatchObject({ inArchive: true, closed: true })
    await expect(read('evil.png')).rejects.toMatchObject({ code: 'file-missing' })
    const { home, read: again } = await sources(['animals'])
    await truncate(join(home, 'animals/cats/one.png'), 20 * 2 ** 20)
    const huge = await again('cats/one.png')
    expect([huge.bytes.length, huge.size, huge.whole]).toEqual([65_536, 20_971_520, false])
  })

  it('is where the sound of a sample comes from, too', async () => {
    const { hear, sounds } = await sources(['animals', 'more.zip'])
    await hear('animals/cats/one.png')
    await hear('more/entry.wav')
    expect(sounds).toEqual([
      ['animals/cats/one.png', 'animals/cats/one.png', 3],
      [null, 'more/entry.wav', 3],
    ])
    await expect(hear('evil.png')).rejects.toMatchObject({ code: 'file-missing' })
    await expect(hear('gone.png')).rejects.toMatchObject({ code: 'file-missing' })
  })
})
