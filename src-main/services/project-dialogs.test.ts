import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { askAndSaveAs, openOrAsk, readOrAsk } from './project-dialogs'
import { projectText } from './project-folder'
import { createProjects, firstProject, initialMemory, ProjectMemory } from './projects'
import { memoryShelf, stored } from './stored'

const folder = useTemporaryFolder()

async function opened() {
  const home = await folder()
  const memory = stored(memoryShelf(), ProjectMemory, initialMemory, 'projects.json', fakeLog())
  const firstName = () => 'First: one'
  const projects = createProjects({ home, memory, firstName, log: fakeLog(), mayLeave: () => undefined })
  await projects.current()
  const other = join(home, 'other')
  await mkdir(other)
  await writeFile(join(other, 'project.json'), projectText(firstProject('Other')))
  return { home, projects, other }
}

describe('opening a project', () => {
  it('asks only where no folder is named', async () => {
    const { projects, other } = await opened()
    const openProject = vi.fn(async () => other)
    expect((await openOrAsk(projects, { openProject }, other))?.project.name).toBe('Other')
    expect(openProject).not.toHaveBeenCalled()
    expect((await openOrAsk(projects, { openProject }, null))?.path).toBe(other)
    expect(openProject).toHaveBeenCalledOnce()
  })

  it('changes nothing where the person cancels', async () => {
    const { projects } = await opened()
    const before = projects.folder()
    expect(await openOrAsk(projects, { openProject: async () => null }, null)).toBeNull()
    expect(projects.folder()).toBe(before)
  })
})

describe('reading another project', () => {
  it('gives its content and leaves the open one open', async () => {
    const { projects, other } = await opened()
    const before = projects.folder()
    const openProject = vi.fn(async () => other)
    expect((await readOrAsk({ openProject }, join(other, 'project.json')))?.project.name).toBe('Other')
    expect(openProject).not.toHaveBeenCalled()
    expect(await readOrAsk({ openProject }, null)).toMatchObject({ path: other, project: { name: 'Other' } })
    expect(projects.folder()).toBe(before)
    expect(projects.recent().map(({ path }) => path)).not.toContain(other)
  })

  it('is null where the person cancels, and refuses a folder without a project', async () => {
    const { home } = await opened()
    expect(await readOrAsk({ openProject: async () => null }, null)).toBeNull()
    await expect(readOrAsk({ openProject: async () => null }, join(home, 'none'))).rejects.toMatchObject({
      code: 'project-missing',
    })
  })
})

describe('saving a project elsewhere', () => {
  it('suggests a name that a folder can have, and goes on there', async () => {
    const { home, projects } = await opened()
    const saveProjectAs = vi.fn(async () => join(home, 'copy'))
    expect(await askAndSaveAs(projects, { saveProjectAs })).toMatchObject({ path: join(home, 'copy') })
    expect(saveProjectAs).toHaveBeenCalledWith('First one')
  })

  it('changes nothing where the person cancels', async () => {
    const { projects } = await opened()
    const before = projects.folder()
    expect(await askAndSaveAs(projects, { saveProjectAs: async () => null })).toBeNull()
    expect(projects.folder()).toBe(before)
  })
})
