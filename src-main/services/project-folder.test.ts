import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { PrecisionChoice } from '@shared/training/precision'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Project } from '@shared/project/schema'
import { useTemporaryFolder } from '../testing/temporary-folder'
import {
  copyFolder,
  folderName,
  folderOf,
  isWithin,
  loadProject,
  makeFolder,
  moveData,
  projectText,
} from './project-folder'
import { firstProject } from './projects'

const folder = useTemporaryFolder()
const project = firstProject('Digits')

const id = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
/** JSON knows no minus zero. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const value = fc.oneof(fc.string({ maxLength: 200 }), real, fc.boolean(), fc.array(real, { maxLength: 8 }))
const values = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 20 }).filter((key) => key !== '__proto__'),
  value,
)
const position = fc.record({ x: real, y: real })
const node = fc.record({ id, kind: id, name: fc.string({ maxLength: 80 }), values, position })
/** Nodes with ids of their own, and wires between them, each into an input of its own. */
const network = fc
  .tuple(fc.uniqueArray(node, { selector: (one) => one.id }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 64 }))
  .map(([nodes, ends]) => ({
    nodes,
    wires: (nodes.length === 0 ? [] : ends).map(([from, to], input) => ({
      id: `wire_${input}`,
      from: nodes[from % nodes.length]!.id,
      to: nodes[to % nodes.length]!.id,
      input,
    })),
  }))
const pair = fc.record({ images: fc.string({ minLength: 1 }), labels: fc.string({ minLength: 1 }) })
const anyProject: fc.Arbitrary<Project> = fc.record({
  version: fc.constant<1>(1),
  name: fc.string({ minLength: 1, maxLength: 120 }),
  network,
  dataset: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant<'sample'>('sample'), id }),
      fc.record({ kind: fc.constant<'idx'>('idx'), title: fc.string(), train: pair, test: fc.option(pair) }),
    ),
  ),
  training: fc.record({
    optimizer: fc.record({ kind: id, values }),
    batchSize: fc.integer({ min: 1, max: 65_536 }),
    epochs: fc.integer({ min: 1, max: 100_000 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    validationShare: fc.double({ min: 0, max: 0.9, noNaN: true }).map((share) => (share === 0 ? 0 : share)),
    precision: fc.constantFrom(...PrecisionChoice.options),
    augmentation: fc.record({
      fill: fc.constantFrom('edge', 'reflect', 'constant'),
      shade: fc.double({ min: 0, max: 1, noNaN: true }).map((shade) => shade + 0),
      steps: fc.uniqueArray(
        fc.record({ kind: id, probability: fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p + 0), values }),
        { selector: (step) => step.kind, maxLength: 8 },
      ),
    }),
  }),
})

describe('a project file', () => {
  it('gives back every project that was written', async () => {
    const home = await folder()
    await fc.assert(
      fc.asyncProperty(anyProject, async (written) => {
        await writeFile(join(home, 'project.json'), projectText(written))
        expect(await loadProject(home)).toEqual(written)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['in the project goes with it', (home: string) => join(home, 'data', '0001'), 'data/0001', true],
    ['outside of it stays where it is', () => join(sep, 'sets', 'animals'), join(sep, 'sets', 'animals'), false],
    ['in a folder whose name begins alike too', (home: string) => `${home}-2`, '', false],
  ])('names data so that what lies %s', async (_name, place, text, moves) => {
    const home = await folder()
    const directory = place(home)
    const written: Project = { ...firstProject('Data'), dataset: { kind: 'stored', title: 'Data', directory } }
    const content = projectText(written, home)
    expect(content).toContain(JSON.stringify(text || directory))
    const other = await folder()
    for (const path of [home, other]) await writeFile(join(path, 'project.json'), content)
    expect(await loadProject(home)).toEqual(written)
    const moved = moveData(written, home, other)
    expect(await loadProject(other)).toEqual(moved)
    expect(moved.dataset).toMatchObject({ directory: moves ? join(other, 'data', '0001') : directory })
  })

  it('takes the log of edits along, of whatever data', async () => {
    const [home, other] = [await folder(), await folder()]
    const edits = { path: join(home, 'data', 'edits', 'mnist.jsonl'), lines: 3 }
    const written: Project = { ...firstProject('Data'), dataset: { kind: 'sample', id: 'mnist', edits } }
    const content = projectText(written, home)
    expect(content).toContain('"path": "data/edits/mnist.jsonl"')
    await writeFile(join(other, 'project.json'), content)
    const moved = { ...edits, path: join(other, 'data', 'edits', 'mnist.jsonl') }
    expect((await loadProject(other)).dataset).toEqual({ kind: 'sample', id: 'mnist', edits: moved })
    expect(moveData(written, home, other).dataset?.edits).toEqual(moved)
  })

  it.each([
    ['nothing', '', 'project-damaged'],
    ['half a file', projectText(project).slice(0, 200), 'project-damaged'],
    ['no JSON', 'PK\u0003\u0004', 'project-damaged'],
    ['JSON of something else', '{"name":"x"}', 'project-damaged'],
    ['a list', '[]', 'project-damaged'],
    ['a version that is none', '{"version":"one"}', 'project-damaged'],
    ['a wire without an end', projectText(project).replace(/"to": "[^"]*"/, '"to": ""'), 'project-damaged'],
    ['a newer version', projectText(project).replace('"version": 1', '"version": 2'), 'project-newer'],
  ])('is refused and left as it is where it holds %s', async (_what, text, code) => {
    const home = await folder()
    const path = join(home, 'project.json')
    await writeFile(path, text)
    await expect(loadProject(home)).rejects.toMatchObject({ code, params: { path } })
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  it.each([
    ['the folder is missing', (home: string) => join(home, 'none'), 'project-missing'],
    ['the folder is empty', (home: string) => home, 'project-missing'],
    ['the folder is a file', (home: string) => join(home, 'file'), 'project-missing'],
    ['project.json is a folder', (home: string) => join(home, 'odd'), 'read-failed'],
  ])('says so where %s', async (_what, place, code) => {
    const home = await folder()
    await writeFile(join(home, 'file'), '')
    await mkdir(join(home, 'odd', 'project.json'), { recursive: true })
    await expect(loadProject(place(home))).rejects.toMatchObject({ code })
  })
})

describe('folderName', () => {
  it.each([
    ['Digits', 'Digits'],
    ['Первый проект', 'Первый проект'],
    ['a/b\\c:d', 'a b c d'],
    ['../../etc', 'etc'],
    ['  spaces   inside  ', 'spaces inside'],
    ['line\nbreak\u0000', 'line break'],
    ['ends with dots...', 'ends with dots'],
    ['con', 'Project con'],
    ['LPT1.txt', 'Project LPT1.txt'],
    ['???', 'Project'],
    ['', 'Project'],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('makes %j a name', (name, expected) => expect(folderName(name)).toBe(expected))
})

describe('isWithin', () => {
  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/c/d', true],
    ['/a/b/', '/a/b/../b/c', true],
    ['/a/b', '/a/b/..c', true],
    ['/a/b', '/a/bc', false],
    ['/a/b', '/a', false],
    ['/a/b', '/a/b/../c', false],
    ['/a/b', '/', false],
  ])('%s, %s: %s', (home, path, expected) => expect(isWithin(home, path)).toBe(expected))
})

it('folderOf takes a project file for its folder', () => {
  expect([folderOf('/p/x/project.json'), folderOf('/p/x'), folderOf('/p/x/../y')]).toEqual(['/p/x', '/p/x', '/p/y'])
})

describe('makeFolder', () => {
  it('numbers a name that is taken, by a folder or a file', async () => {
    const home = await folder()
    await mkdir(join(home, 'new'))
    await writeFile(join(home, 'new 2'), '')
    expect(await makeFolder(home, 'new')).toBe(join(home, 'new 3'))
    expect(await makeFolder(join(home, 'deep', 'er'), 'new')).toBe(join(home, 'deep', 'er', 'new'))
  })

  it('says so where it may not write', async () => {
    const home = await folder()
    await writeFile(join(home, 'file'), '')
    await expect(makeFolder(join(home, 'file'), 'new')).rejects.toMatchObject({ code: 'write-failed' })
  })
})

describe('copyFolder', () => {
  async function source(): Promise<string> {
    const home = await folder()
    await mkdir(join(home, 'from', 'runs', 'run-0001'), { recursive: true })
    await writeFile(join(home, 'from', 'project.json'), 'p')
    await writeFile(join(home, 'from', 'runs', 'run-0001', 'weights.bin'), Uint8Array.of(1, 0, 255))
    return home
  }

  it.each([
    ['a new folder', async () => undefined],
    ['an empty folder', async (to: string) => void (await mkdir(to))],
  ])('copies everything to %s', async (_what, prepare) => {
    const home = await source()
    const to = join(home, 'to')
    await prepare(to)
    await copyFolder(join(home, 'from'), to)
    expect(await readFile(join(to, 'project.json'), 'utf8')).toBe('p')
    expect([...(await readFile(join(to, 'runs', 'run-0001', 'weights.bin')))]).toEqual([1, 0, 255])
  })

  it.each([
    ['a folder that holds something', 'full', 'folder-not-empty'],
    ['a file', 'file', 'folder-not-empty'],
    ['the folder itself', 'from', 'folder-inside'],
    ['a place in it', 'from/runs/copy', 'folder-inside'],
  ])('refuses %s and changes nothing', async (_what, to, code) => {
    const home = await source()
    await mkdir(join(home, 'full'))
    await writeFile(join(home, 'full', 'mine.txt'), 'mine')
    await writeFile(join(home, 'file'), 'mine')
    await expect(copyFolder(join(home, 'from'), join(home, to))).rejects.toMatchObject({ code })
    expect((await readdir(home)).sort()).toEqual(['file', 'from', 'full'])
    expect(await readdir(join(home, 'full'))).toEqual(['mine.txt'])
  })
})
