import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { showFolder } from './show-folder'

const folder = useTemporaryFolder()

async function shown(name: string, complaint = '') {
  const home = await folder()
  await mkdir(join(home, 'project', 'runs'), { recursive: true })
  await writeFile(join(home, 'project', 'run.sh'), '')
  await mkdir(join(home, 'private'))
  const calls: string[] = []
  const manager = {
    openFolder: async (path: string) => {
      calls.push(`folder ${path.slice(home.length + 1)}`)
      return complaint
    },
    showFile: (path: string) => void calls.push(`file ${path.slice(home.length + 1)}`),
  }
  const outcome = await showFolder(join(home, name), [join(home, 'project')], manager).then(
    () => 'shown',
    (thrown: { code: string }) => thrown.code,
  )
  return [outcome, ...calls]
}

describe('showFolder', () => {
  it.each([
    ['project', ['shown', 'folder project']],
    ['project/runs', ['shown', 'folder project/runs']],
    ['project/run.sh', ['shown', 'file project/run.sh']],
    ['project/gone', ['folder-missing']],
    ['private', ['folder-refused']],
    ['project/../private', ['folder-refused']],
    ['', ['folder-refused']],
  ])('%s', async (name, expected) => expect(await shown(name)).toEqual(expected))

  it('passes on what the system has to say', async () => {
    expect(await shown('project', 'no file manager')).toEqual(['folder-not-opened', 'folder project'])
  })
})
