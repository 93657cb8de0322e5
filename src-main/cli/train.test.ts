import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportReport } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import { projectText } from '../services/project-folder'
import { firstProject } from '../services/projects'
import { readRun } from '../services/run-folder'
import { command as run, finish, trainingEngine, type Setting } from '../testing/command-line'
import { fakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

describe('train', () => {
  it('prints progress on standard error and one JSON object on standard output', async () => {
    const { engine, started, opened } = trainingEngine(finish)
    const line = 'train --sample mnist --template lenet --epochs 1 --seed 7 --json --out my-run'
    const { code, out, told, home } = await command(line.split(' '), { engine })
    expect(code).toBe(0)
    expect(out.endsWith('\n')).toBe(true)
    expect(JSON.parse(out)).toEqual({
      run: join(home, 'my-run'),
      epochs: 1,
      trainSamples: 54_000,
      testAccuracy: 0.98125,
      testLoss: 0.0625,
      majorityShare: 0.1135,
      seconds: 12.5,
      imagesPerSecond: 4320,
      device: 'cpu',
      backend: 'tensorflow',
      path: 'compiled',
      precision: 'bfloat16',
    })
    expect(told.split('\n')[0]).toBe(
      'Epoch 1/1  loss 0.2500  accuracy 92.50%  0:12  validation: loss 0.1250  accuracy 96.25%  always guessing 11.35%',
    )
    expect(told).toContain('████████████████████  100 %')
    expect(opened).toEqual([{ kind: 'sample', id: 'mnist' }])
    expect(started[0]).toMatchObject({
      id: 'run-0001',
      directory: join(home, 'my-run'),
      dataset: { kind: 'sample', id: 'mnist' },
      settings: { epochs: 1, seed: 7, batchSize: 64, validationShare: 0.1 },
    })
    expect(started[0]?.network.nodes.at(-1)?.values).toMatchObject({ units: 10, activation: 'softmax' })
  })

  it('tells people the result in words', async () => {
    const { engine } = trainingEngine(finish)
    const { out, home } = await command(['train', '--out', 'my-run'], { engine })
    expect(out).toBe(
      [
        'Test accuracy 98.13% on 10,000 samples, loss 0.06250',
        'Always guessing “0” would score 11.35%',
        'Epochs: 1 over 54,000 samples in 0:13, 4,320 samples/s on CPU Fake processor',
        `Run: ${join(home, 'my-run')}`,
        '',
      ].join('\n'),
    )
  })

  it('writes over one line on a terminal, and cuts it to its width', async () => {
    const { engine } = trainingEngine(finish)
    const { told } = await command(['train', '--out', 'my-run'], { engine, columns: 30 })
    const lines = told.split('\r\u001b[K')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toBe('Epoch 1/1  ██████████████████')
  })

  it('takes the options into the settings', async () => {
    const { engine, started } = trainingEngine(finish)
    const options =
      '--optimizer sgd --learning-rate 0.05 --batch-size 32 --validation 0 --epochs 3 --precision float32 --template dense-only --augment shift=0.2,fill=constant'
    await command(['train', ...options.split(' ')], { engine })
    expect(started[0]?.settings).toEqual({
      optimizer: { kind: 'sgd', values: { learningRate: 0.05 } },
      batchSize: 32,
      epochs: 3,
      seed: 1,
      validationShare: 0,
      precision: 'float32',
      augmentation: {
        fill: 'constant',
        shade: 0,
        steps: [{ kind: 'shift', probability: 1, values: { horizontal: 0.2, vertical: 0.2 } }],
      },
    })
    expect(started[0]?.network.nodes.map(({ kind }) => kind)).toEqual(['input', 'flatten', 'dense', 'dense'])
  })

  it('reads files by their place from where the person stands', async () => {
    const { engine, opened } = trainingEngine(finish)
    const { home } = await command('train --images a.gz --labels sub/b --test-images /c --test-labels d'.split(' '), {
      engine,
    })
    expect(opened).toEqual([
      {
        kind: 'idx',
        title: '',
        train: { images: join(home, 'a.gz'), labels: join(home, 'sub', 'b') },
        test: { images: '/c', labels: join(home, 'd') },
      },
    ])
  })

  it('takes what the engine recognizes in a folder', async () => {
    const stored = { kind: 'stored' as const, title: 'mine', directory: '/mine' }
    const asked: unknown[] = []
    const { engine, opened } = trainingEngine(finish, {
      recognizeFiles: (input) => {
        asked.push(input)
        return stored
      },
    })
    const { home } = await command('train --data mine'.split(' '), { engine })
    expect([asked, opened]).toEqual([[{ paths: [join(home, 'mine')] }], [stored]])
  })

  it('imports what is no data set yet, and tells where to', async () => {
    const asked: unknown[] = []
    const directory = '/home/patchwork-data/pictures-01234567'
    const report: ImportReport = {
      directory,
      kind: 'pictures',
      found: 12,
      used: 10,
      skipped: [],
      warnings: [],
      classes: {},
      samples: 10,
      shape: [28, 28, 1],
      sizes: [],
      duplicates: 0,
      nearDuplicates: 0,
      acrossParts: 0,
      constant: 0,
      seconds: 1,
    }
    const reports = [report, null]
    const { engine, opened } = trainingEngine(finish, {
      recognizeFiles: ({ paths }) => {
        throw new AppError(paths[0]?.endsWith('broken') ? 'idx-lone-labels' : 'no-data-files', { path: '', file: '' })
      },
      importOnce: (order) => {
        asked.push(order)
        return { directory, report: reports.shift() ?? null }
      },
    })
    const home = await folder()
    const first = await command('train --data pictures'.split(' '), { engine, home })
    expect(first.code).toBe(0)
    expect(asked).toEqual([{ id: 'import', paths: [join(home, 'pictures')], home: join(home, 'patchwork-data') }])
    expect(first.told).toContain(`10 of 12 files came in as ${directory}`)
    expect(opened).toEqual([{ kind: 'stored', title: '', directory }])
    expect((await command('train --data pictures'.split(' '), { engine, home })).told).toContain('imported before')
    const broken = await command('train --data broken'.split(' '), { engine, home })
    expect([broken.code, asked.length]).toEqual([1, 2])
  })

  it('takes network, data and settings from a project, and options before them', async () => {
    const { engine, started } = trainingEngine(finish)
    const home = await folder()
    const project = firstProject('Digits')
    const training = { ...project.training, epochs: 9, batchSize: 64 }
    await mkdir(join(home, 'digits'))
    const written = { ...project, dataset: { kind: 'sample' as const, id: 'mnist' }, training }
    await writeFile(join(home, 'digits', 'project.json'), projectText(written))
    const { code } = await command(['train', '--project', 'digits', '--epochs', '2'], { engine, home })
    expect(code).toBe(0)
    expect(started[0]).toMatchObject({ network: project.network, settings: { ...training, epochs: 2 } })
  })

  it('refuses an augmentation that the samples cannot have done to them, before anything is written', async () => {
    const { engine, started } = trainingEngine(finish)
    const { code, told, home } = await command(['train', '--augment', 'flip,hue'], { engine })
    expect([code, started]).toEqual([1, []])
    expect(told).toContain('“hue” cannot be done to samples of 28 × 28 × 1.')
    expect(await readdir(home)).toEqual([])
  })

  it('numbers runs in patchwork-runs where no folder is named, and says where', async () => {
    const { engine, started } = trainingEngine(finish)
    const home = await folder()
    const first = await command(['train', '--json'], { engine, home })
    const second = await command(['train', '--json'], { engine, home })
    const places = ['run-0001', 'run-0002'].map((id) => join(home, 'patchwork-runs', id))
    expect([first, second].map(({ out }) => JSON.parse(out).run)).toEqual(places)
    expect(started.map(({ id, number }) => `${id} ${number}`)).toEqual(['run-0001 1', 'run-0002 2'])
    expect(second.told).toContain(`The run goes to ${places[1]}\n`)
  })

  it.each([
    ['it is not empty', 'full', 'folder-not-empty', 'is not empty'],
    ['it is a file', 'file', 'write-failed', 'ENOTDIR'],
    ['a file is in the way', 'file/run', 'write-failed', 'cannot be written'],
  ])('refuses a folder for the run where %s', async (_what, out, _code, complaint) => {
    const { engine, started } = trainingEngine(finish)
    const home = await folder()
    await mkdir(join(home, 'full'))
    await writeFile(join(home, 'full', 'mine.txt'), 'mine')
    await writeFile(join(home, 'file'), 'mine')
    const { code, told } = await command(['train', '--out', out], { engine, home })
    expect([code, started]).toEqual([1, []])
    expect(told).toContain(complaint)
    expect(await readFile(join(home, 'full', 'mine.txt'), 'utf8')).toBe('mine')
  })

  it('names what keeps a network from training, and the layer to blame', async () => {
    const { engine, started } = trainingEngine(finish)
    const home = await folder()
    const project = firstProject('Digits')
    const nodes = project.network.nodes.filter(({ kind }) => kind !== 'flatten')
    const ids = new Set(nodes.map(({ id }) => id))
    const wires = project.network.wires.filter(({ from, to }) => ids.has(from) && ids.has(to))
    const broken = { ...project, network: { nodes, wires }, dataset: { kind: 'sample' as const, id: 'mnist' } }
    await writeFile(join(home, 'project.json'), projectText(broken))
    const { code, told } = await command(['train', '--project', '.'], { engine, home })
    expect([code, started]).toEqual([1, []])
    expect(told).toMatch(/The network cannot train on this data:\n {2}\S.* \([\w-]+\): \S/)
    expect(told).not.toMatch(/problems\.|layers\./)
  })

  it.each([
    ['a project that is none', ['--project', 'none'], 'There is no project in'],
    ['a project without data', ['--project', '.'], 'names no data set'],
  ])('fails with %s', async (_what, options, complaint) => {
    const home = await folder()
    await writeFile(join(home, 'project.json'), projectText(firstProject('No data')))
    const { code, told } = await command(['train', ...options], { home })
    expect(code).toBe(1)
    expect(told).toContain(complaint)
  })

  it('fails with the error of the run', async () => {
    const error = { code: 'write-failed', params: { path: '/full', detail: 'ENOSPC' } }
    const { engine } = trainingEngine((on, run) =>
      on.newest().server.emit('runChanged', { ...run, state: 'failed', error }),
    )
    const { code, out, told } = await command(['train', '--json'], { engine })
    expect([code, out]).toEqual([1, ''])
    expect(told).toContain('Error: /full cannot be written (ENOSPC).')
  })

  it('fails where the run cannot begin', async () => {
    const engine = fakeEngine({
      openDataset: () => {
        throw new AppError('read-failed', { path: 'a.gz', detail: 'ENOENT' })
      },
    })
    const { code, told } = await command(['train', '--images', 'a.gz', '--labels', 'b.gz'], { engine })
    expect(code).toBe(1)
    expect(told).toContain('a.gz cannot be read (ENOENT)')
  })

  it('keeps the run as interrupted where the engine dies', async () => {
    const { engine } = trainingEngine((on) => on.newest().die({ reason: 'SIGKILL', killed: true }))
    const { code, out, told, home } = await command(['train', '--json', '--out', 'my-run'], { engine })
    expect([code, out]).toEqual([1, ''])
    expect(told).toContain('ended unexpectedly (SIGKILL)')
    expect(await readRun(join(home, 'my-run'))).toMatchObject({
      state: 'interrupted',
      error: { code: 'engine-crashed', params: { reason: 'SIGKILL' } },
    })
    expect(engine.started).toHaveLength(1)
  })

  it('stops in order at Ctrl+C, and gives what there is', async () => {
    let press = (): void => undefined
    const { engine } = trainingEngine(() => press())
    const { code, out, told, home } = await command(['train', '--json', '--out', 'my-run'], {
      engine,
      interrupt: (listener) => (press = listener),
    })
    expect(code).toBe(130)
    expect(JSON.parse(out)).toMatchObject({ run: join(home, 'my-run'), epochs: 0, testAccuracy: null, testLoss: null })
    expect(told).toContain('Stopping in order.')
    expect((await readRun(join(home, 'my-run'))).state).toBe('stopped')
  })

  it('ends at once at the second Ctrl+C', async () => {
    let press = (): void => undefined
    const { engine: inner } = trainingEngine(() => {
      press()
      press()
    })
    const { code, out, told, home } = await command(['train', '--out', 'my-run'], {
      engine: inner,
      interrupt: (listener) => (press = listener),
    })
    expect([code, out]).toEqual([130, ''])
    expect(told).toMatch(/Ended at once\..*\n$/)
    expect((await readRun(join(home, 'my-run'))).state).toBe('interrupted')
  })

  it('leaves no engine behind', async () => {
    const { engine } = trainingEngine(finish)
    await command(['train'], { engine })
    expect(engine.started.map(({ killed }) => killed())).toEqual([true])
  })
})
