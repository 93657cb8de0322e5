import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveText } from './text-files'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'patchwork-text-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('saving a text', () => {
  it('proposes a name and writes where the person wants it, over an older file too', async () => {
    const path = join(folder, 'сеть.py')
    await writeFile(path, 'old')
    const asked: string[] = []
    const dialogs = { textFile: async (name: string) => (asked.push(name), path) }
    expect(await saveText(dialogs, 'network.py', 'import keras\n# Слой\n')).toBe(path)
    expect(asked).toEqual(['network.py'])
    expect(await readFile(path, 'utf8')).toBe('import keras\n# Слой\n')
  })

  it('writes nothing where the person cancels', async () => {
    expect(await saveText({ textFile: async () => null }, 'network.py', 'x')).toBeNull()
  })

  it('says which file cannot be written', async () => {
    const path = join(folder, 'nowhere', 'network.py')
    const failing = saveText({ textFile: async () => path }, 'network.py', 'x')
    await expect(failing).rejects.toMatchObject({ code: 'write-failed', params: { path, detail: 'ENOENT' } })
  })
})
