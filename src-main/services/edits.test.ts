import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { DatasetSource, DatasetSummary } from '@shared/data/dataset'
import { EditLine, linesInForce, type Edit } from '@shared/data/edits'
import { AppError } from '@shared/ipc/errors'
import { startHost, type EngineHost } from '../engine-host/host'
import { fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createEdits } from './edits'

const folder = useTemporaryFolder()
const hosts: EngineHost[] = []
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
})

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }
const removal = (...rows: number[]): Edit => ({ kind: 'remove', rows })

function summaryOf(source: DatasetSource): DatasetSummary {
  return {
    source,
    title: 'MNIST',
    shape: [28, 28, 1],
    classes: ['0'],
    counts: { train: [1], test: [1] },
    ownTest: true,
    majorityShare: 1,
  }
}

async function editing() {
  const project = await folder()
  const log = fakeLog()
  const { launch } = fakeEngine({
    checkEdit({ edit }) {
      if (edit.kind === 'rename') throw new AppError('edits-no-test')
      return { samples: 70_000 }
    },
    openDataset: ({ source }) => summaryOf(source),
  })
  const host = startHost({ launch, log })
  hosts.push(host)
  const edits = createEdits({ engine: host, projectFolder: () => project, log })
  const path = (name: string) => join(project, 'data', 'edits', name)
  const written = async (name = 'mnist.jsonl') =>
    (await readFile(path(name), 'utf8'))
      .split('\n')
      .slice(0, -1)
      .map((line) => EditLine.parse(JSON.parse(line)))
  return { project, edits, path, written, log }
}

describe('edits', () => {
  it('begin a log in the project and are added to it, each naming how many lines count', async () => {
    const { edits, path, written } = await editing()
    const one = await edits.append(mnist, removal(1, 2))
    expect(one.source).toEqual({ ...mnist, edits: { path: path('mnist.jsonl'), lines: 1 } })
    const two = await edits.append(one.source, { kind: 'undo', line: 1 })
    expect(two.source.edits?.lines).toBe(2)
    const lines = await written()
    expect(lines.map(({ edit }) => edit)).toEqual([removal(1, 2), { kind: 'undo', line: 1 }])
    expect(lines.every(({ samples }) => samples === 70_000)).toBe(true)
  })

  it('take their lines one after another, whoever is faster', async () => {
    const { edits, written } = await editing()
    const { source } = await edits.append(mnist, removal(0))
    await Promise.all([1, 2, 3, 4].map((row) => edits.append(source, removal(row))))
    // Each began where only the first line counted: what came between is taken back.
    const lines = (await written()).map(({ edit }) => edit)
    const inForce = linesInForce(lines)
    expect(lines.filter((edit, n) => inForce[n] && edit.kind !== 'undo')).toEqual([removal(0), removal(4)])
  })

  it('leave a log alone that is there already, since a run may name it', async () => {
    const { edits, path, written } = await editing()
    await edits.append(mnist, removal(1))
    const anew = await edits.append(mnist, removal(2))
    expect(anew.source.edits).toEqual({ path: path('mnist-2.jsonl'), lines: 1 })
    expect(await written()).toHaveLength(1)
  })

  it('take back what nobody counts since the program ended, and go on', async () => {
    const { edits, path, written } = await editing()
    const { source } = await edits.append(mnist, removal(1))
    const lost = await edits.append(source, removal(2))
    await edits.append(lost.source, { kind: 'undo', line: 1 })
    await appendFile(path('mnist.jsonl'), '{"at":"2026')
    const next = await edits.append(source, removal(3))
    const lines = (await written()).map(({ edit }) => edit)
    expect(next.source.edits?.lines).toBe(lines.length)
    const inForce = linesInForce(lines)
    expect(lines.filter((edit, n) => inForce[n] && edit.kind !== 'undo')).toEqual([removal(1), removal(3)])
    // What the first line's run saw is as it was.
    expect(lines.slice(0, 3)).toEqual([removal(1), removal(2), { kind: 'undo', line: 1 }])
  })

  it('that are refused are not written', async () => {
    const { edits, project, written } = await editing()
    await expect(edits.append(mnist, { kind: 'rename', from: 'a', to: 'b' })).rejects.toMatchObject({
      code: 'edits-no-test',
    })
    expect(await readdir(project)).toEqual([])
    const { source } = await edits.append(mnist, removal(1))
    await expect(edits.append(source, { kind: 'rename', from: 'a', to: 'b' })).rejects.toMatchObject({
      code: 'edits-no-test',
    })
    expect(await written()).toHaveLength(1)
    await edits.append(source, removal(2))
    expect(await written()).toHaveLength(2)
  })

  it.each([
    ['outside of the project', (project: string) => join(project, '..', 'mnist.jsonl'), 'edits-outside'],
    ['in another folder of it', (project: string) => join(project, 'data', 'mnist.jsonl'), 'edits-outside'],
    ['of another kind', (project: string) => join(project, 'data', 'edits', 'project.json'), 'edits-outside'],
    ['that is not there', (project: string) => join(project, 'data', 'edits', 'mnist.jsonl'), 'edits-missing'],
    ['with too few lines', (project: string) => join(project, 'data', 'edits', 'short.jsonl'), 'edits-cut'],
  ])('are not written to a file %s', async (_what, place, code) => {
    const { project, edits } = await editing()
    await mkdir(join(project, 'data', 'edits'), { recursive: true })
    await writeFile(join(project, 'data', 'edits', 'short.jsonl'), '')
    await writeFile(join(project, 'data', 'edits', 'project.json'), '{}\n')
    const source = { ...mnist, edits: { path: place(project), lines: 1 } }
    await expect(edits.append(source, removal(1))).rejects.toMatchObject({ code })
    expect(await readFile(join(project, 'data', 'edits', 'project.json'), 'utf8')).toBe('{}\n')
    expect(await readFile(join(project, 'data', 'edits', 'short.jsonl'), 'utf8')).toBe('')
  })

  it.each([
    [{ kind: 'stored', title: 'Cats', directory: '/p/data/0003' }, '0003.jsonl'],
    [{ kind: 'idx', title: 'Мои ../ bars', train: { images: 'a', labels: 'b' }, test: null }, 'bars.jsonl'],
  ] as const)('of %j are called %s', async (source, name) => {
    const { edits, path } = await editing()
    expect((await edits.append(source, removal(1))).source.edits?.path).toBe(path(name))
  })
})
