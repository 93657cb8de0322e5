import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeRun } from '../services/run-folder'
import { command as run, finish, trainingEngine, type Setting } from '../testing/command-line'
import { fakeRun } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

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
        'Opened again and compared: on 10 samples the largest difference is 3.1E-7 (up to 1E-4 is allowed)',
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
