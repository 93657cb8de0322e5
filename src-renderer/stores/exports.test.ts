import { AppError } from '@shared/ipc/errors'
import type { ExportReport } from '@shared/ipc/look'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useExportsStore } from './exports'
import { useNoticesStore } from './notices'
import { deferred, installFakeBridge } from './testing/fake-bridge'

function report(directory: string): ExportReport {
  return {
    format: 'tfjs-layers',
    directory,
    files: [{ name: 'model.json', bytes: 10 }],
    proof: { samples: 10, maxDifference: 0, tolerance: 1e-4 },
  }
}

beforeEach(() => setActivePinia(createPinia()))

describe('an export', () => {
  it('is listed once its proof has come, the newest first', async () => {
    const bridge = installFakeBridge({ exportModel: () => report('/one') })
    const exports = useExportsStore()
    expect(await exports.exportRun('a', 'tfjs-layers')).toBe(true)
    bridge.answers.exportModel = () => report('/two')
    await exports.exportRun('b', 'tfjs-layers')
    expect(exports.reports.map((made) => [made.runId, made.report.directory])).toEqual([
      ['b', '/two'],
      ['a', '/one'],
    ])
  })

  it('is nothing where the person chose no folder', async () => {
    installFakeBridge({ exportModel: () => null })
    const exports = useExportsStore()
    expect(await exports.exportRun('a', 'tfjs-layers')).toBe(false)
    expect(exports.reports).toEqual([])
    expect(exports.failure).toBeNull()
  })

  it('says what failed and of which run; the next one starts clean', async () => {
    const bridge = installFakeBridge({
      exportModel: () => {
        throw new AppError('unexpected', { detail: 'disk full' })
      },
    })
    const exports = useExportsStore()
    expect(await exports.exportRun('a', 'tfjs-layers')).toBe(false)
    expect(exports.failure).toMatchObject({ runId: 'a', format: 'tfjs-layers', error: { code: 'unexpected' } })
    expect(exports.reports).toEqual([])
    expect(exports.busy).toBeNull()
    bridge.answers.exportModel = () => report('/one')
    await exports.exportRun('a', 'tfjs-layers')
    expect(exports.failure).toBeNull()
  })

  it('is not begun while another is under way', async () => {
    const answer = deferred<ExportReport>()
    const bridge = installFakeBridge({ exportModel: () => answer.promise })
    const exports = useExportsStore()
    const first = exports.exportRun('a', 'tfjs-layers')
    expect(exports.busy).toEqual({ runId: 'a', format: 'tfjs-layers' })
    expect(await exports.exportRun('b', 'tfjs-layers')).toBe(false)
    answer.resolve(report('/one'))
    expect(await first).toBe(true)
    expect(bridge.named('exportModel')).toHaveLength(1)
  })
})

it('shows a failure to open the folder as a notice', async () => {
  installFakeBridge({
    showFolder: () => {
      throw new AppError('unexpected', { detail: 'no folder' })
    },
  })
  await useExportsStore().showFolder('/gone')
  expect(useNoticesStore().notices).toHaveLength(1)
})
