import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { historyText } from '@shared/training/history-file'
import { fakeRun } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { listRunFolders, markInterrupted, readHistory, readRun, runIdOf, writeRun } from './run-folder'

const folder = useTemporaryFolder()
const why = new AppError('engine-crashed', { reason: 'SIGKILL' })
const now = new Date('2026-02-03T04:05:06.000Z')

const epoch = {
  epoch: 1,
  step: 2,
  loss: 0.5,
  accuracy: 0.75,
  validationLoss: 0.25,
  validationAccuracy: 0.875,
  seconds: 1.5,
}
const history = historyText([
  { step: 1, loss: 2, accuracy: 0.5 },
  { step: 2, loss: 1, accuracy: 0.75 },
  { epoch },
  { step: 3, loss: 0.5, accuracy: 1 },
])

describe('the folders of runs', () => {
  it.each([
    [1, 'run-0001'],
    [42, 'run-0042'],
    [12_345, 'run-12345'],
  ])('number %i is %s', (number, id) => expect(runIdOf(number)).toBe(id))

  it('are found by their names among whatever else lies there', async () => {
    const home = await folder()
    for (const name of ['run-0002', 'run-0010', 'run-12345', 'run-3', 'notes', 'run-0004.bak'])
      await mkdir(join(home, name))
    await writeFile(join(home, 'run-0005'), 'a file')
    const numbers = (await listRunFolders(home)).map(({ number }) => number)
    expect(numbers.sort((one, other) => one - other)).toEqual([2, 10, 12_345])
    expect(await listRunFolders(join(home, 'none'))).toEqual([])
  })
})

describe('a run record', () => {
  it('gives back what was written', async () => {
    const home = await folder()
    const run = fakeRun({ test: { samples: 10_000, loss: 0.05, accuracy: 0.98 } })
    await writeRun(home, run)
    expect(await readRun(home)).toEqual(run)
  })

  it('goes with its project, and so do the data and the edits that it names', async () => {
    const [home, other] = [await folder(), await folder()]
    const [run, moved] = [home, other].map((project) => ({
      folder: join(project, 'runs', 'run-0001'),
      record: fakeRun({
        dataset: {
          kind: 'stored',
          title: 'cats',
          directory: join(project, 'data', '0001'),
          edits: { path: join(project, 'data', 'edits', '0001.jsonl'), lines: 2 },
        },
      }),
    }))
    if (!run || !moved) throw new Error('unlikely')
    for (const place of [run.folder, moved.folder]) await mkdir(place, { recursive: true })
    await writeRun(run.folder, run.record)
    const text = await readFile(join(run.folder, 'run.json'), 'utf8')
    expect(text).toContain('"directory": "../../data/0001"')
    expect(await readRun(run.folder)).toEqual(run.record)
    await writeFile(join(moved.folder, 'run.json'), text)
    expect(await readRun(moved.folder)).toEqual(moved.record)
  })

  it.each([
    ['it is missing', undefined, 'run-missing'],
    ['it is empty', '', 'run-damaged'],
    ['it is cut off', JSON.stringify(fakeRun()).slice(0, 100), 'run-damaged'],
    ['it is of another version', JSON.stringify({ ...fakeRun(), version: 2 }), 'run-damaged'],
    ['its state is unknown', JSON.stringify({ ...fakeRun(), state: 'dreaming' }), 'run-damaged'],
  ])('is refused where %s', async (_what, text, code) => {
    const home = await folder()
    if (text !== undefined) await writeFile(join(home, 'run.json'), text)
    await expect(readRun(home)).rejects.toMatchObject({ code })
  })
})

describe('the history of a run', () => {
  it('is empty before the first step', async () => {
    const { loss, accuracy, epochs } = await readHistory(await folder())
    expect([loss.length, accuracy.length, epochs.length]).toEqual([0, 0, 0])
  })

  it('is what was recorded, without a last line that was cut off', async () => {
    const home = await folder()
    await writeFile(join(home, 'metrics.jsonl'), `${history}{"step":4,"lo`)
    const { loss, accuracy, epochs } = await readHistory(home)
    expect([[...loss], [...accuracy], epochs]).toEqual([[2, 1, 0.5], [0.5, 0.75, 1], [epoch]])
  })

  it('says so where it cannot be read', async () => {
    const home = await folder()
    await mkdir(join(home, 'metrics.jsonl'))
    await expect(readHistory(home)).rejects.toMatchObject({ code: 'read-failed', params: { detail: 'EISDIR' } })
  })
})

describe('a run whose engine is gone', () => {
  it('is interrupted, with why, and with all that it recorded', async () => {
    const home = await folder()
    await writeRun(home, fakeRun({ stepsDone: 1, epochsDone: 0 }))
    await writeFile(join(home, 'metrics.jsonl'), history)
    const marked = await markInterrupted(home, why, now)
    expect(marked).toEqual(
      fakeRun({
        state: 'interrupted',
        endedAt: now.toISOString(),
        stepsDone: 3,
        epochsDone: 1,
        lastEpoch: epoch,
        error: { code: 'engine-crashed', params: { reason: 'SIGKILL' } },
      }),
    )
    expect(await readRun(home)).toEqual(marked)
    expect(await readFile(join(home, 'metrics.jsonl'), 'utf8')).toBe(history)
  })

  it.each(['preparing', 'paused'] as const)('is interrupted also where it was %s and had no history', async (state) => {
    const home = await folder()
    await writeRun(home, fakeRun({ state, stepsDone: 0 }))
    expect(await markInterrupted(home, why, now)).toMatchObject({ state: 'interrupted', stepsDone: 0, lastEpoch: null })
  })

  it.each(['finished', 'stopped', 'failed', 'interrupted'] as const)('is left alone where it had %s', async (state) => {
    const home = await folder()
    const run = fakeRun({ state })
    await writeRun(home, run)
    expect(await markInterrupted(home, why, now)).toEqual(run)
    expect(await readRun(home)).toEqual(run)
  })
})
