import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, toReport } from '@shared/ipc/errors'
import { useNoticesStore } from './notices'
import { useProgramStore } from './program'
import { installFakeBridge } from './testing/fake-bridge'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

describe('failures that no call waited for', () => {
  it('become notices, until they are followed no more', () => {
    const bridge = installFakeBridge({})
    const stop = useProgramStore().followProblems()
    bridge.emit('problem', toReport(new AppError('engine-crashed', { reason: 'SIGKILL' })))
    stop()
    bridge.emit('problem', toReport(new AppError('no-project')))
    expect(useNoticesStore().notices.map(({ error }) => error)).toEqual([
      expect.objectContaining({ code: 'engine-crashed', params: { reason: 'SIGKILL' } }),
    ])
  })
})
