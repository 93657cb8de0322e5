import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { initialTraining } from '@shared/training/settings'
import type { SpeedRequest } from '@shared/training/speed'
import { command as run, type Setting } from '../testing/command-line'
import { fakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

function measuringEngine() {
  const asked: SpeedRequest[] = []
  const engine = fakeEngine({
    measureSpeed: (request) => {
      asked.push(request)
      return { samplesPerSecond: 12_345.6, millisecondsPerStep: 10.4, waitingShare: 0.0123, memory: 300 * 2 ** 20 }
    },
  })
  return { engine, asked }
}

it('tells people the speed in words', async () => {
  const { engine, asked } = measuringEngine()
  const { code, out } = await command(['speed'], { engine })
  expect([code, out]).toEqual([
    0,
    '12,346 samples/s, 10 ms a step (one compiled graph, float32); waiting for samples took 1.23% of the time, the process has 300 MB\n',
  ])
  expect(asked[0]).toMatchObject({ batchSize: 64, steps: 50, path: 'compiled', precision: 'float32' })
})

it('measures the network of a project as the options say, and gives JSON', async () => {
  const home = await folder()
  const network = chain(['input', { shape: [8, 8, 1] }], ['flatten'], ['dense', { units: 3, activation: 'softmax' }])
  await mkdir(join(home, 'it'))
  const project = { version: 1, name: 'it', network, dataset: null, training: initialTraining }
  await writeFile(join(home, 'it', 'project.json'), JSON.stringify(project))
  const { engine, asked } = measuringEngine()
  const options = '--project it --batch-size 8 --steps 3 --path eager --precision bfloat16 --json'
  const { out } = await command(['speed', ...options.split(' ')], { engine, home })
  expect(asked).toEqual([{ network, batchSize: 8, steps: 3, path: 'eager', precision: 'bfloat16' }])
  expect(JSON.parse(out)).toMatchObject({
    samplesPerSecond: 12_345.6,
    path: 'eager',
    precision: 'bfloat16',
    batchSize: 8,
  })
})

it.each([
  ['--path fast', 2, '--path'],
  ['--precision int8', 2, '--precision'],
  ['--steps 0', 2, '--steps'],
  ['--project none', 1, 'none'],
])('refuses %s', async (options, code, named) => {
  const found = await command(['speed', ...options.split(' ')], { engine: measuringEngine().engine })
  expect(found.code).toBe(code)
  expect(found.told).toContain(named)
})
