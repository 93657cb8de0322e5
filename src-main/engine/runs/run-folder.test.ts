import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseHistory } from '@shared/training/history-file'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { finishedRun } from '../testing/run-record'
import { makeRunFolder, openHistory, readRecord, writeRecord } from './run-folder'
import { loadWeights, saveWeights, weightsStamp } from './weights-file'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

describe('the record', () => {
  it('is read as it was written, with nothing left beside it', async () => {
    const record = finishedRun({ state: 'running' })
    await writeRecord(folder.path, record)
    await writeRecord(folder.path, { ...record, state: 'finished' })
    expect(await readRecord(folder.path)).toEqual({ ...record, state: 'finished' })
    expect(readdirSync(folder.path)).toEqual(['run.json'])
  })

  it('goes with its project, and so do the data and the edits that it names', async () => {
    const recordIn = (project: string) =>
      finishedRun({
        dataset: {
          kind: 'stored',
          title: 'cats',
          directory: join(project, 'data', '0001'),
          edits: { path: join(project, 'data', 'edits', '0001.jsonl'), lines: 2 },
        },
      })
    const [here, there] = [join(folder.path, 'here'), join(folder.path, 'there')]
    const placeOf = (project: string) => join(project, 'runs', 'run-0001')
    for (const project of [here, there]) mkdirSync(placeOf(project), { recursive: true })
    await writeRecord(placeOf(here), recordIn(here))
    expect(await readRecord(placeOf(here))).toEqual(recordIn(here))
    const text = readFileSync(join(placeOf(here), 'run.json'), 'utf8')
    writeFileSync(join(placeOf(there), 'run.json'), text)
    expect(await readRecord(placeOf(there))).toEqual(recordIn(there))
    // Data that lies elsewhere stays where it is.
    await writeRecord(placeOf(here), recordIn(there))
    expect(await readRecord(placeOf(here))).toEqual(recordIn(there))
  })

  it.each([
    ['no record', undefined, 'run-missing'],
    ['half a record', '{"version":1,"id":', 'run-damaged'],
    ['another object', '{"version":1}', 'run-damaged'],
    ['a record of another version', JSON.stringify({ ...finishedRun(), version: 2 }), 'run-damaged'],
  ])('%s is an error', async (_what, text, code) => {
    if (text !== undefined) writeFileSync(join(folder.path, 'run.json'), text)
    expect((await appErrorOf(readRecord(folder.path))).code).toBe(code)
  })

  it('that cannot be written is an error and leaves nothing behind', async () => {
    mkdirSync(join(folder.path, 'run.json', 'full'), { recursive: true })
    expect((await appErrorOf(writeRecord(folder.path, finishedRun()))).code).toBe('write-failed')
    expect(readdirSync(folder.path)).toEqual(['run.json'])
  })
})

describe('the folder', () => {
  it('is made, or taken if empty; one in use is refused', async () => {
    const path = join(folder.path, 'a', 'b')
    await makeRunFolder(path)
    await makeRunFolder(path)
    writeFileSync(join(path, 'notes'), '')
    expect(await appErrorOf(makeRunFolder(path))).toMatchObject({ code: 'folder-not-empty', params: { path } })
  })
})

describe('the history', () => {
  it('grows by what is appended', () => {
    const writer = openHistory(folder.path)
    writer.append([{ step: 1, loss: 1.5, accuracy: 0.5 }])
    writer.append([])
    writer.append([{ step: 2, loss: 1.25, accuracy: 0.75 }])
    const text = readFileSync(join(folder.path, 'metrics.jsonl'), 'utf8')
    expect(parseHistory(text)).toEqual({
      loss: Float32Array.of(1.5, 1.25),
      accuracy: Float32Array.of(0.5, 0.75),
      epochs: [],
    })
    writer.close()
    writer.close()
  })
})

describe('the weights', () => {
  const weights = [
    { node: 'a-1', name: 'kernel', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 1e-30, 1e30, 0) },
    { node: 'a-1', name: 'bias', shape: [1], values: Float32Array.of(0.1) },
  ]

  it('are read as they were saved; a later save takes the place of the earlier', async () => {
    expect(await weightsStamp(folder.path)).toBeUndefined()
    await saveWeights(folder.path, { step: 10, epoch: 1, weights })
    expect(await loadWeights(folder.path)).toEqual({ step: 10, epoch: 1, weights })
    const first = await weightsStamp(folder.path)
    const later = weights.map((weight) => ({ ...weight, values: weight.values.map((value) => value / 2) }))
    await saveWeights(folder.path, { step: 20, epoch: 2, weights: later })
    expect(await loadWeights(folder.path)).toEqual({ step: 20, epoch: 2, weights: later })
    expect(await weightsStamp(folder.path)).not.toBe(first)
    expect(readdirSync(join(folder.path, 'weights')).sort()).toEqual(['weights-20.bin', 'weights.json'])
  })

  it('that are not there or damaged are errors', async () => {
    expect((await appErrorOf(loadWeights(folder.path))).code).toBe('no-weights')
    await saveWeights(folder.path, { step: 1, epoch: 0, weights })
    truncateSync(join(folder.path, 'weights', 'weights-1.bin'), 20)
    expect((await appErrorOf(loadWeights(folder.path))).params.detail).toBe('weights-1.bin has 20 bytes, not 28')
    writeFileSync(join(folder.path, 'weights', 'weights.json'), '{}')
    expect((await appErrorOf(loadWeights(folder.path))).code).toBe('weights-damaged')
  })
})
