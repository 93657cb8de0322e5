import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { command as run, type Setting } from '../testing/command-line'
import { fakeDevice, fakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()
const command = async (words: readonly string[], setting: Partial<Setting> = {}) =>
  run(words, { home: await folder(), ...setting })

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
