import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { loadProject, projectText } from './project-folder'
import { createProjects, firstProject, initialMemory, ProjectMemory } from './projects'
import { memoryShelf, stored, type Shelf } from './stored'

const folder = useTemporaryFolder()

/** A start of the program: what is on the shelf is what the last one left. */
function startProgram(home: string, shelf: Shelf = memoryShelf()) {
  const log = fakeLog()
  const mayLeave = vi.fn()
  const projects = createProjects({
    home: join(home, 'projects'),
    memory: stored(shelf, ProjectMemory, initialMemory, 'projects.json', log),
    firstName: () => 'First project',
    log,
    mayLeave,
  })
  const problems: string[] = []
  projects.onProblem(({ code }) => problems.push(code))
  return { projects, shelf, mayLeave, problems, log }
}

describe('the projects of a program', () => {
  it('begin with a first project that has a network and no data yet', async () => {
    const home = await folder()
    const { projects, problems } = startProgram(home)
    const { path, project } = await projects.current()
    expect(path).toBe(join(home, 'projects', 'First project'))
    expect(project).toMatchObject({ name: 'First project', dataset: null })
    expect(project.network.nodes.map(({ kind }) => kind)).toContain('conv2d')
    expect(await loadProject(path)).toEqual(project)
    expect(problems).toEqual([])
  })

  it('make one first project, however many ask at once', async () => {
    const home = await folder()
    const { projects } = startProgram(home)
    const opened = await Promise.all([projects.current(), projects.current()])
    expect(opened[0]).toBe(opened[1])
    expect(await readdir(join(home, 'projects'))).toEqual(['First project'])
  })

  it('go on with the project of the last time, as it was saved', async () => {
    const home = await folder()
    const before = startProgram(home)
    const { path, project } = await before.projects.create('Digits')
    const edited = { ...project, dataset: { kind: 'sample' as const, id: 'mnist' } }
    await before.projects.save(path, edited)
    const { projects } = startProgram(home, before.shelf)
    expect(await projects.current()).toEqual({ path, project: edited })
  })

  it('keep the last of many saves', async () => {
    const { projects } = startProgram(await folder())
    const { path, project } = await projects.current()
    await Promise.all(
      [5, 6, 7].map((epochs) => projects.save(path, { ...project, training: { ...project.training, epochs } })),
    )
    expect((await loadProject(path)).training.epochs).toBe(7)
  })

  it.each([
    ['damaged', '{"version":1,', 'project-damaged'],
    ['of a newer version', '{"version":99}', 'project-newer'],
  ])('fall back to another where the last one is %s, say so, and leave its file alone', async (_what, text, code) => {
    const home = await folder()
    const before = startProgram(home)
    const older = await before.projects.create('Older')
    const last = await before.projects.create('Last')
    const file = join(last.path, 'project.json')
    await writeFile(file, text)
    const { projects, problems } = startProgram(home, before.shelf)
    expect((await projects.current()).path).toBe(older.path)
    expect(problems).toEqual([code])
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  it('make a new project beside those that cannot be opened', async () => {
    const home = await folder()
    const before = startProgram(home)
    const gone = await before.projects.current()
    await rm(gone.path, { recursive: true })
    await mkdir(gone.path)
    await writeFile(join(gone.path, 'project.json'), 'mine')
    const { projects, problems } = startProgram(home, before.shelf)
    expect((await projects.current()).path).toBe(join(home, 'projects', 'First project 2'))
    expect(problems).toEqual(['project-damaged'])
    expect(await readFile(join(gone.path, 'project.json'), 'utf8')).toBe('mine')
  })

  it('are saved only while they are open', async () => {
    const { projects } = startProgram(await folder())
    const first = await projects.current()
    const elsewhere = await folder()
    await expect(projects.save(elsewhere, first.project)).rejects.toMatchObject({ code: 'project-not-open' })
    expect(await readdir(elsewhere)).toEqual([])
    await projects.create('Second')
    await expect(projects.save(first.path, first.project)).rejects.toMatchObject({ code: 'project-not-open' })
  })

  it('are opened by their folder or their file, and stay open where another does not open', async () => {
    const { projects } = startProgram(await folder())
    const first = await projects.current()
    await projects.create('Second')
    expect(await projects.open(join(first.path, 'project.json'))).toEqual(first)
    await expect(projects.open(await folder())).rejects.toMatchObject({ code: 'project-missing' })
    expect(projects.folder()).toBe(first.path)
  })

  it('get folders of their own, whatever they are called', async () => {
    const home = await folder()
    const { projects } = startProgram(home)
    const names = ['Digits', 'Digits', '../../outside', 'Цифры']
    for (const name of names) await projects.create(name)
    expect((await readdir(join(home, 'projects'))).sort()).toEqual(['Digits', 'Digits 2', 'outside', 'Цифры'])
    expect(projects.recent().map(({ name }) => name)).toEqual(['Цифры', '../../outside', 'Digits', 'Digits'])
  })

  it('remember ten, the newest first and each once, by its present name', async () => {
    const { projects } = startProgram(await folder())
    for (let number = 1; number <= 12; number++) await projects.create(`P${number}`)
    const third = projects.recent()[9]
    const { path, project } = await projects.open(third?.path ?? '')
    await projects.save(path, { ...project, name: 'Renamed' })
    expect(projects.recent().map(({ name }) => name)).toEqual([
      'Renamed',
      'P12',
      'P11',
      'P10',
      'P9',
      'P8',
      'P7',
      'P6',
      'P5',
      'P4',
    ])
  })

  it('tell who listens what was opened, made and renamed, but not each save', async () => {
    const { projects } = startProgram(await folder())
    const names: string[] = []
    const stop = projects.onChange(({ project }) => names.push(project.name))
    const first = await projects.current()
    await projects.save(first.path, { ...first.project, dataset: { kind: 'sample', id: 'mnist' } })
    await projects.save(first.path, { ...first.project, name: 'Renamed' })
    await projects.create('Second')
    stop()
    await projects.create('Third')
    expect(names).toEqual(['First project', 'Renamed', 'Second'])
  })

  it('cannot be left while a run trains', async () => {
    const { projects, mayLeave } = startProgram(await folder())
    const first = await projects.current()
    expect(mayLeave).not.toHaveBeenCalled()
    mayLeave.mockImplementation(() => {
      throw new AppError('run-live', { number: 3 })
    })
    const elsewhere = await folder()
    await writeFile(join(elsewhere, 'project.json'), projectText(firstProject('Elsewhere')))
    for (const leave of [
      () => projects.open(elsewhere),
      () => projects.create('Second'),
      () => projects.saveAs(join(elsewhere, 'copy')),
    ]) {
      await expect(leave()).rejects.toMatchObject({ code: 'run-live' })
    }
    expect(await projects.open(first.path)).toEqual(first)
  })

  it('are copied with their runs, and go on as the copy', async () => {
    const home = await folder()
    const { projects } = startProgram(home)
    const first = await projects.current()
    await mkdir(join(first.path, 'runs', 'run-0001'), { recursive: true })
    await writeFile(join(first.path, 'runs', 'run-0001', 'run.json'), '{}')
    const target = join(home, 'My copy')
    const copy = await projects.saveAs(target)
    expect(copy).toEqual({ path: target, project: { ...first.project, name: 'My copy' } })
    expect(projects.folder()).toBe(target)
    expect(await loadProject(target)).toEqual(copy.project)
    expect(await readFile(join(target, 'runs', 'run-0001', 'run.json'), 'utf8')).toBe('{}')
    expect(await loadProject(first.path)).toEqual(first.project)
  })

  it('have no folder before one is open', async () => {
    const { projects } = startProgram(await folder())
    expect(() => projects.folder()).toThrow(expect.objectContaining({ code: 'no-project' }))
    await expect(projects.saveAs('/nowhere')).rejects.toMatchObject({ code: 'no-project' })
  })
})
