import { renameNode, setValue } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { AppError } from '@shared/ipc/errors'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useEngineStore } from './engine'
import { useForecastStore } from './forecast'
import { useNoticesStore } from './notices'
import { useRunsStore } from './runs'
import { deferred, installFakeBridge } from './testing/fake-bridge'
import { digits, run } from './testing/samples'
import { useTrainingStore } from './training'

const network = templateNetwork('dense-only', { shape: [28, 28, 1], classes: 3 })!
const settings = () => useTrainingStore().settings

/** A network on the canvas, a thousand samples open, a tenth of them held out, and the engine ready. */
function ready() {
  useDocumentStore().reset(network)
  useDatasetStore().summary = digits()
  useEngineStore().state = { state: 'ready', device: null, error: null, restarts: 0 }
}

beforeEach(() => {
  setActivePinia(createPinia())
  ready()
})

describe('from runs', () => {
  it('takes the newest run of the same network with the same batches', () => {
    const old = run({ id: 'a', number: 1, state: 'finished', network, settings: settings(), imagesPerSecond: 100 })
    const renamed = renameNode(network, 'dense-1', 'A')
    const newer = { ...old, id: 'b', number: 2, network: renamed, imagesPerSecond: 300 }
    useRunsStore().runs = [newer, old]
    expect(useForecastStore().forecast).toEqual({ seconds: 3, samplesPerSecond: 300, run: 2 })
  })

  it.each([
    ['of another network', { network: setValue(network, 'dense-1', 'units', 7) }],
    ['with other batches', { settings: { ...settings0(), batchSize: 7 } }],
    ['that never came so far', { imagesPerSecond: 0 }],
    [
      'on another processor',
      {
        device: {
          backend: 'tensorflow',
          device: 'gpu' as const,
          name: 'Other',
          cores: 1,
          why: 'gpu',
          tensorflow: '2',
          tfjs: '4',
          node: '20',
        },
      },
    ],
  ])('takes none %s', (_what, part) => {
    const known = run({ state: 'finished', network, settings: settings(), imagesPerSecond: 100, ...part })
    useRunsStore().runs = [known]
    expect(useForecastStore().forecast).toBeUndefined()
  })

  it('says nothing without data', () => {
    useRunsStore().runs = [run({ state: 'finished', network, settings: settings(), imagesPerSecond: 100 })]
    useDatasetStore().summary = null
    expect(useForecastStore().forecast).toBeUndefined()
  })
})

describe('measuring', () => {
  it('asks the engine once, and the answer holds for this network and batch alone', async () => {
    const answer = deferred<unknown>()
    const bridge = installFakeBridge({ measureSpeed: () => answer.promise })
    const forecast = useForecastStore()
    const first = forecast.measure()
    await forecast.measure()
    expect(forecast.measuring).toBe(true)
    answer.resolve({ samplesPerSecond: 450, millisecondsPerStep: 1, waitingShare: 0, memory: 1 })
    await first
    expect(bridge.named('measureSpeed')).toEqual([
      { network, batchSize: 64, steps: 5, path: 'compiled', precision: 'float32' },
    ])
    expect(forecast.measuring).toBe(false)
    expect(forecast.forecast).toEqual({ seconds: 2, samplesPerSecond: 450, run: null })
    useTrainingStore().change({ batchSize: 8 })
    expect(forecast.forecast).toBeUndefined()
  })

  it('is not done where it cannot be, and a failure is told', async () => {
    const bridge = installFakeBridge({
      measureSpeed: () => {
        throw new AppError('not-enough-memory', { needed: 9, available: 1 })
      },
    })
    const forecast = useForecastStore()
    useRunsStore().runs = [run({ state: 'running' })]
    expect(forecast.whyNotMeasure).toBe('train.cannot.running')
    await forecast.measure()
    expect(bridge.calls).toEqual([])
    useRunsStore().runs = []
    await forecast.measure()
    expect([forecast.measuring, forecast.forecast]).toEqual([false, undefined])
    expect(useNoticesStore().notices).toHaveLength(1)
  })
})

function settings0() {
  setActivePinia(createPinia())
  return settings()
}
