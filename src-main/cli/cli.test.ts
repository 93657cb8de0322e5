import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DatasetSummary } from '@shared/data/dataset'
import type { Handlers } from '@shared/ipc/contract'
import type { EngineContract } from '@shared/ipc/engine'
import { AppError } from '@shared/ipc/errors'
import type { RunRecord } from '@shared/training/run'
import { projectText } from '../services/project-folder'
import { firstProject } from '../services/projects'
import { readRun, writeRun } from '../services/run-folder'
import { translator, type Language } from '../services/texts'
import { fakeDevice, fakeEngine, fakeRun, type FakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { runCommand } from './program'

const folder = useTemporaryFolder()

const mnist: DatasetSummary = {
  source: { kind: 'sample', id: 'mnist' },
  title: 'MNIST',
  shape: [28, 28, 1],
  classes: [...'0123456789'],
  counts: { train: Array(10).fill(6000), test: Array(10).fill(1000) },
  ownTest: true,
  majorityShare: 0.1135,
}

const epoch = {
  epoch: 1,
  step: 4,
  loss: 0.25,
  accuracy: 0.925,
  validationLoss: 0.125,
  validationAccuracy: 0.9625,
  seconds: 12.4,
}

const finished: Partial<RunRecord> = {
  state: 'finished',
  epochsDone: 1,
  stepsDone: 4,
  lastEpoch: epoch,
  test: { samples: 10_000, loss: 0.0625, accuracy: 0.98125 },
  seconds: 12.5,
  imagesPerSecond: 4320,
}

type StartInput = Parameters<Handlers<EngineContract>['startRun']>[0]

/** An engine that trains four steps of one epoch, and then does what the test wants of it. */
function trainingEngine(then: (engine: FakeEngine, run: RunRecord, directory: string) => void | Promise<void>) {
  const started: StartInput[] = []
  const opened: object[] = []
  let current: { run: RunRecord; directory: string } | undefined
  const engine = fakeEngine({
    openDataset({ source }) {
      opened.push(source)
      return { ...mnist, source }
    },
    async startRun(input) {
      started.push(input)
      await mkdir(input.directory)
      const run = fakeRun({ id: input.id, number: input.number, settings: input.settings })
      current = { run, directory: input.directory }
      await writeRun(input.directory, run)
      setTimeout(() => {
        engine.newest().server.emit('metrics', {
          runId: input.id,
          sequence: 0,
          firstStep: 1,
          loss: Float32Array.of(2, 1, 0.5, 0.25),
          accuracy: Float32Array.of(0.25, 0.5, 0.75, 1),
          epochs: [epoch],
          progress: { epoch: 1, epochs: 1, step: 4, stepsPerEpoch: 4, imagesPerSecond: 4320, secondsLeft: null },
        })
        void then(engine, run, input.directory)
      })
      return run
    },
    async stopRun() {
      if (!current) throw new Error('Nothing runs')
      const run: RunRecord = { ...current.run, state: 'stopped', test: null, epochsDone: 0 }
      await writeRun(current.directory, run)
      engine.newest().server.emit('runChanged', run)
      return run
    },
    exportModel: ({ format, target }) => ({
      format,
      directory: target,
      files: [
        { name: 'model.json', bytes: 4321 },
        { name: 'weights.bin', bytes: 1_720_320 },
      ],
      proof: { samples: 10, maxDifference: 3.1e-7, tolerance: 1e-4 },
    }),
  })
  return { engine, started, opened }
}

const finish = (engine: FakeEngine, run: RunRecord) =>
  engine.newest().server.emit('runChanged', { ...run, ...finished })

interface Setting {
  readonly engine?: FakeEngine
  readonly home?: string
  readonly language?: Language
  readonly columns?: number
  readonly interrupt?: (listener: () => void) => void
}

/** Runs a command line as a person would, and gives all that they get to see. */
async function command(words: readonly string[], setting: Setting = {}) {
  const { engine = fakeEngine(), language = 'en', columns, interrupt } = setting
  const home = setting.home ?? (await folder())
  let [out, told] = ['', '']
  const code = await runCommand({
    words,
    folder: home,
    text: translator(language),
    locale: language,
    launch: engine.launch,
    version: '1.2.3',
    out: (text) => (out += text),
    tell: (text) => (told += text),
    columns: () => columns,
    onInterrupt(listener) {
      interrupt?.(listener)
      return () => undefined
    },
  })
  return { code, out, told, home, engine }
}

describe('wrong words', () => {
  it.each([
    ['', 'No command was named.'],
    ['tarin', 'There is no command tarin.'],
    ['train --epoch 1', 'There is no option --epoch.'],
    ['train --epochs', '--epochs <n> needs a value.'],
    ['train --epochs 0', '--epochs <n> cannot be “0”: a whole number from 1 to 100000 is wanted.'],
    ['train --epochs 1.5', '--epochs <n> cannot be “1.5”'],
    ['train --epochs ten', '--epochs <n> cannot be “ten”'],
    ['train --batch-size -3', '--batch-size <n> cannot be “-3”'],
    ['train --seed 2147483648', '--seed <n> cannot be “2147483648”'],
    ['train --learning-rate 0', '--learning-rate <x> cannot be “0”: a number above 0, up to 10, is wanted.'],
    ['train --learning-rate NaN', '--learning-rate <x> cannot be “NaN”'],
    ['train --learning-rate 0x1', '--learning-rate <x> cannot be “0x1”'],
    ['train --validation 0.95', '--validation <share> cannot be “0.95”: a number from 0 to 0.9 is wanted.'],
    ['train --sample cifar', '--sample <name> cannot be “cifar”: one of these is wanted: mnist.'],
    ['train --template resnet', '--template <name> cannot be “resnet”: one of these is wanted: lenet'],
    ['train --optimizer adagrad', '--optimizer <name> cannot be “adagrad”'],
    ['train --template lenet --project p', '--template <name> and --project <folder> exclude each other.'],
    ['train --sample mnist --images i --labels l', '--sample <name> and --images <file> exclude each other.'],
    ['train --images i', '--images needs --labels as well.'],
    ['train --labels l', '--labels needs --images as well.'],
    ['train --images i --labels l --test-images t', '--test-images needs --test-labels as well.'],
    ['train --test-images t --test-labels l', '--test-images needs --images as well.'],
    ['train mnist', 'There are more words than this command takes.'],
    ['export --to there', '--run <folder> must be given.'],
    ['export --run here', '--to <folder> must be given.'],
    ['export --run here --to there --format onnx', '--format <name> cannot be “onnx”'],
    ['device --gpu', 'There is no option --gpu.'],
  ])('“%s” is refused before an engine starts', async (line, complaint) => {
    const { code, out, told, engine, home } = await command(line.split(' ').filter(Boolean))
    expect(told).toContain(complaint)
    expect(told).toContain('--help')
    expect([code, out, engine.started.length, await readdir(home)]).toEqual([2, '', 0, []])
  })

  it('are refused in Russian as well', async () => {
    const { told } = await command(['train', '--epochs', '0'], { language: 'ru' })
    expect(told).toContain('Ошибка: --epochs <n> не может быть «0»: нужно целое число от 1 до 100000.')
  })
})

describe('help', () => {
  it.each([[['--help']], [['help']], [['-h']]])(
    '%j tells every command, with examples and exit codes',
    async (words) => {
      const { code, out, told } = await command(words)
      expect([code, told]).toEqual([0, ''])
      for (const part of ['train', 'export', 'device', 'Examples:', 'Exit codes:', '--json'])
        expect(out).toContain(part)
    },
  )

  it('of a command tells each of its options', async () => {
    const { code, out } = await command(['train', '--help'])
    const options = ['sample', 'images', 'labels', 'test-images', 'test-labels', 'template', 'project', 'epochs']
    const more = ['batch-size', 'optimizer', 'learning-rate', 'validation', 'seed', 'out', 'json', 'verbose', 'help']
    expect(code).toBe(0)
    expect([...options, ...more].filter((name) => !out.includes(`--${name}`))).toEqual([])
    expect(out).toContain('lenet, one-module, dense-only (else lenet)')
    expect(out).not.toMatch(/cli\.|\{|\}/)
  })

  it('speaks Russian', async () => {
    const { out } = await command(['train', '--help'], { language: 'ru' })
    expect(out).toContain('Использование:')
    expect(out).not.toMatch(/Usage:|Options:|show this help/)
  })

  it('tells the version', async () => {
    expect(await command(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' })
  })
})

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
      seconds: 12.5,
      imagesPerSecond: 4320,
      device: 'cpu',
      backend: 'tensorflow',
    })
    expect(told.split('\n')[0]).toBe(
      'Epoch 1/1  loss 0.2500  accuracy 92.50%  0:12  validation: loss 0.1250  accuracy 96.25%',
    )
    expect(told).toContain('████████████████████  100 %')
    expect(opened).toEqual([{ kind: 'sample', id: 'mnist' }])
    expect(started[0]).toMatchObject({
      id: 'run-0001',
      directory: join(home, 'my-run'),
      dataset: { kind: 'sample', id: 'mnist' },
      settings: { epochs: 1, seed: 7, batchSize: 128, validationShare: 0.1 },
    })
    expect(started[0]?.network.nodes.at(-1)?.values).toMatchObject({ units: 10, activation: 'softmax' })
  })

  it('tells people the result in words', async () => {
    const { engine } = trainingEngine(finish)
    const { out, home } = await command(['train', '--out', 'my-run'], { engine })
    expect(out).toBe(
      [
        'Test accuracy 98.13% on 10,000 pictures, loss 0.06250',
        'Epochs: 1 over 54,000 pictures in 0:13, 4,320 pictures/s on CPU Fake processor',
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
      '--optimizer sgd --learning-rate 0.05 --batch-size 32 --validation 0 --epochs 3 --template dense-only'
    await command(['train', ...options.split(' ')], { engine })
    expect(started[0]?.settings).toEqual({
      optimizer: { kind: 'sgd', values: { learningRate: 0.05 } },
      batchSize: 32,
      epochs: 3,
      seed: 1,
      validationShare: 0,
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

describe('export', () => {
  async function withRun() {
    const home = await folder()
    await mkdir(join(home, 'my-run'))
    await writeRun(join(home, 'my-run'), fakeRun({ state: 'finished' }))
    return { home, engine: trainingEngine(finish).engine }
  }

  it('tells the files and the proof', async () => {
    const { home, engine } = await withRun()
    const { code, out } = await command(['export', '--run', 'my-run', '--to', 'model'], { home, engine })
    expect(code).toBe(0)
    expect(out).toBe(
      [
        `Exported to ${join(home, 'model')}`,
        '  model.json  4.3 kB',
        '  weights.bin  1.7 MB',
        'Opened again and compared: on 10 pictures the largest difference is 3.1E-7 (up to 1E-4 is allowed)',
        '',
      ].join('\n'),
    )
  })

  it('gives the report as JSON', async () => {
    const { home, engine } = await withRun()
    const { out } = await command('export --run my-run --to model --format tfjs-layers --json'.split(' '), {
      home,
      engine,
    })
    expect(JSON.parse(out)).toMatchObject({ format: 'tfjs-layers', directory: join(home, 'model') })
  })

  it.each([
    ['a folder that holds no run', 'nothing', 'model', 'There is no run in'],
    ['a target that holds something', 'my-run', 'my-run', 'is not empty'],
  ])('refuses %s before an engine starts', async (_what, run, to, complaint) => {
    const { home, engine } = await withRun()
    const { code, told } = await command(['export', '--run', run, '--to', to], { home, engine })
    expect([code, engine.started.length]).toEqual([1, 0])
    expect(told).toContain(complaint)
  })
})

describe('device', () => {
  it('gives the report as JSON', async () => {
    const { code, out } = await command(['device', '--json'])
    expect([code, JSON.parse(out)]).toEqual([0, fakeDevice])
  })

  it('tells people the processor', async () => {
    const { out } = await command(['device'])
    expect(out).toContain('CPU  Fake processor  (cores: 2)')
    expect(out).toContain('TensorFlow 2.21.0')
  })

  it('fails where the engine cannot compute', async () => {
    const engine = fakeEngine({
      device: () => {
        throw new AppError('read-failed', { path: 'libtensorflow.so', detail: 'ENOENT' })
      },
    })
    const { code, out, told } = await command(['device'], { engine })
    expect([code, out]).toEqual([1, ''])
    expect(told).toContain('libtensorflow.so')
  })

  it('shows what the engine says only when asked', async () => {
    const quiet = await command(['device'])
    const loud = await command(['device', '--verbose'])
    expect([quiet.told, loud.told.includes('The engine is ready')]).toEqual(['', true])
  })
})
