import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import type { ExportReport } from '@shared/ipc/look'
import { startHost } from '../engine-host/host'
import { fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createExports } from './exports'

const folder = useTemporaryFolder()

function exporting(chosen: string | null, fail?: (target: string) => Promise<never>) {
  const asked: object[] = []
  const { launch } = fakeEngine({
    async exportModel(input) {
      asked.push(input)
      if (fail) await fail(input.target)
      await writeFile(join(input.target, 'model.json'), '{}')
      const report: ExportReport = {
        format: input.format,
        directory: input.target,
        files: [{ name: 'model.json', bytes: 2 }],
        proof: { samples: 10, maxDifference: 0, tolerance: 1e-4 },
      }
      return report
    },
  })
  const exports = createExports({
    engine: startHost({ launch, log: fakeLog() }),
    runFolder: (id) => `/project/runs/${id}`,
    projectName: async () => 'Digits: mine',
    chooseFolder: async () => chosen,
    log: fakeLog(),
  })
  return { exports, asked }
}

describe('an export', () => {
  it('goes into a new folder of its own in the chosen one', async () => {
    const home = await folder()
    await mkdir(join(home, 'Digits mine run-0003'))
    const { exports, asked } = exporting(home)
    const report = await exports.run('run-0003', 'tfjs-layers')
    const target = join(home, 'Digits mine run-0003 2')
    expect(report?.directory).toBe(target)
    expect(asked).toEqual([
      { directory: '/project/runs/run-0003', format: 'tfjs-layers', target, name: 'Digits: mine' },
    ])
    expect(exports.folders()).toEqual([target])
  })

  it('does nothing where the person cancelled', async () => {
    const { exports, asked } = exporting(null)
    expect(await exports.run('run-0003', 'tfjs-layers')).toBeNull()
    expect([asked, exports.folders()]).toEqual([[], []])
  })

  it.each([
    ['nothing where the engine wrote nothing', async () => undefined, []],
    ['what the engine wrote', (target: string) => writeFile(join(target, 'half.bin'), ''), ['Digits mine run-0003']],
  ])('that fails leaves %s', async (_what, write, left) => {
    const home = await folder()
    const { exports } = exporting(home, async (target) => {
      await write(target)
      throw new AppError('run-missing', { path: 'p' })
    })
    await expect(exports.run('run-0003', 'tfjs-layers')).rejects.toMatchObject({ code: 'run-missing' })
    expect([await readdir(home), exports.folders()]).toEqual([left, []])
  })
})
