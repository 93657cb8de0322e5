import { AppError } from '@shared/ipc/errors'
import type { RunHistory } from '@shared/training/metrics'
import type { RunRecord } from '@shared/training/run'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useNoticesStore } from './notices'
import { useRunsStore } from './runs'
import { deferred, installFakeBridge } from './testing/fake-bridge'
import { batch, digits, epochMetrics, run } from './testing/samples'

function recorded(loss: number[], epochs: number[] = []): RunHistory {
  return {
    loss: Float32Array.from(loss),
    accuracy: Float32Array.from(loss, () => 0.5),
    epochs: epochs.map((one) => epochMetrics(one)),
  }
}

async function openRuns(listed: RunRecord[], histories: Record<string, RunHistory> = {}) {
  const bridge = installFakeBridge({
    listRuns: () => listed,
    readHistory: ({ runId }: { runId: string }) => histories[runId] ?? recorded([]),
  })
  const runs = useRunsStore()
  const stop = runs.load()
  await runs.refresh()
  return { bridge, runs, stop }
}

beforeEach(() => setActivePinia(createPinia()))

describe('the list', () => {
  it.each([
    ['the live run', [run({ id: 'b', state: 'stopped' }), run({ id: 'a', state: 'paused' })], 'a', 'a'],
    ['else the newest', [run({ id: 'b', state: 'stopped' }), run({ id: 'a', state: 'finished' })], 'b', undefined],
    ['or nothing', [], undefined, undefined],
  ])('shows %s', async (_name, listed, current, live) => {
    const { runs } = await openRuns(listed)
    expect(runs.current?.id).toBe(current)
    expect(runs.live?.id).toBe(live)
  })

  it('shows the recorded curves of the run that is chosen', async () => {
    const listed = [run({ id: 'b', state: 'finished' }), run({ id: 'a', state: 'finished' })]
    const { runs } = await openRuns(listed, { a: recorded([3, 2, 1], [1]), b: recorded([9]) })
    expect([...runs.history.loss]).toEqual([9])
    await runs.show('a')
    expect([...runs.history.loss]).toEqual([3, 2, 1])
    expect(runs.history.epochs).toHaveLength(1)
  })

  it('is empty where it cannot be read, and says so', async () => {
    const bridge = installFakeBridge({
      listRuns: () => {
        throw new AppError('unexpected', { detail: 'no' })
      },
    })
    await useRunsStore().refresh()
    expect(useRunsStore().runs).toEqual([])
    expect(useNoticesStore().notices).toHaveLength(1)
    expect(bridge.named('readHistory')).toHaveLength(0)
  })

  it('ends its subscriptions', async () => {
    const { bridge, stop } = await openRuns([])
    expect(bridge.listening('metrics')).toBe(1)
    stop()
    expect([bridge.listening('metrics'), bridge.listening('runChanged')]).toEqual([0, 0])
  })
})

describe('news of a run', () => {
  it('extends the curves of the run that is shown', async () => {
    const { bridge, runs } = await openRuns([run()])
    bridge.emit('metrics', batch(0, 1, [3, 2]))
    const before = runs.history
    bridge.emit('metrics', batch(1, 3, [1], { epochs: [epochMetrics(1)] }))
    expect(runs.history).not.toBe(before)
    expect([...runs.history.loss]).toEqual([3, 2, 1])
    expect(runs.history.epochs.map((one) => one.epoch)).toEqual([1])
    expect(runs.progress?.step).toBe(3)
  })

  it('does not disturb the curves of another run that is shown', async () => {
    const { bridge, runs } = await openRuns([run({ id: 'run-1' }), run({ id: 'old', state: 'finished' })])
    await runs.show('old')
    bridge.emit('metrics', batch(0, 1, [3, 2]))
    expect(runs.history.loss).toHaveLength(0)
    await runs.show('run-1')
    expect([...runs.history.loss]).toEqual([3, 2])
  })

  it('keeps what was heard while the recording was read', async () => {
    const slow = deferred<RunHistory>()
    const bridge = installFakeBridge({ listRuns: () => [run()], readHistory: () => slow.promise })
    const runs = useRunsStore()
    runs.load()
    const refreshed = runs.refresh()
    await flushPromises()
    bridge.emit('metrics', batch(7, 3, [1, 0.5]))
    slow.resolve(recorded([3, 2]))
    await refreshed
    expect([...runs.history.loss]).toEqual([3, 2, 1, 0.5])
  })

  it('reads the recording when a batch was lost', async () => {
    const { bridge, runs } = await openRuns([run()], { 'run-1': recorded([4, 3, 2]) })
    bridge.emit('metrics', batch(0, 1, [4]))
    bridge.emit('metrics', batch(2, 4, [1]))
    await flushPromises()
    expect([...runs.history.loss]).toEqual([4, 3, 2, 1])
    expect(bridge.named('readHistory')).toHaveLength(2)
  })

  it('is dropped where it does not match the contract', async () => {
    const { bridge, runs } = await openRuns([run()])
    bridge.emit('metrics', { ...batch(0, 1, [3]), loss: [3] })
    expect(runs.history.loss).toHaveLength(0)
  })

  it('reads everything recorded once the run has ended', async () => {
    const { bridge, runs } = await openRuns([run()], { 'run-1': recorded([3, 2, 1], [1]) })
    bridge.emit('runChanged', run({ state: 'interrupted', stepsDone: 3 }))
    await flushPromises()
    expect(runs.live).toBeUndefined()
    expect([...runs.history.loss]).toEqual([3, 2, 1])
  })

  it.each([
    ['an ended run does not live again', 'finished', 'running', 'finished'],
    ['a run under way is not prepared again', 'running', 'preparing', 'running'],
    ['a paused run goes on', 'paused', 'running', 'running'],
    ['a run ends', 'running', 'stopped', 'stopped'],
    ['an ended run learns its test result', 'finished', 'finished', 'finished'],
  ] as const)('%s', async (_name, known, news, expected) => {
    const { bridge, runs } = await openRuns([run({ state: known })])
    bridge.emit('runChanged', run({ state: news, stepsDone: 5 }))
    expect(runs.current?.state).toBe(expected)
    expect(runs.current?.stepsDone).toBe(known === news || expected === news ? 5 : 0)
  })
})

describe('whether weights can be looked at', () => {
  it.each([
    ['a run that ended after steps', run({ state: 'stopped', stepsDone: 3 }), undefined, true],
    ['a run that failed before its first step', run({ state: 'failed' }), undefined, false],
    ['a live run before its news', run(), undefined, false],
    ['a live run after its first step', run(), batch(0, 1, [3]), true],
  ])('%s', async (_name, record, news, expected) => {
    const { bridge, runs } = await openRuns([record])
    if (news) bridge.emit('metrics', news)
    expect(runs.trained !== undefined).toBe(expected)
  })
})

describe('the controls', () => {
  async function openData() {
    const dataset = useDatasetStore()
    installFakeBridge({ openDataset: () => digits() })
    await dataset.open({ kind: 'sample', id: 'mnist' })
  }

  it('start a run on the open data and show it', async () => {
    await openData()
    const { bridge, runs } = await openRuns([run({ id: 'old', state: 'finished' })])
    bridge.answers.startRun = () => run({ id: 'new', state: 'preparing', number: 2 })
    const started = runs.start()
    expect(runs.starting).toBe(true)
    await started
    expect(runs.starting).toBe(false)
    expect(runs.current?.id).toBe('new')
    expect(runs.runs.map(({ id }) => id)).toEqual(['new', 'old'])
  })

  it('show what was heard before the answer to the start', async () => {
    await openData()
    const { bridge, runs } = await openRuns([])
    bridge.answers.startRun = () => {
      bridge.emit('runChanged', run({ state: 'running' }))
      bridge.emit('metrics', batch(0, 1, [3]))
      return run({ state: 'preparing' })
    }
    await runs.start()
    expect(runs.current?.state).toBe('running')
    expect([...runs.history.loss]).toEqual([3])
  })

  it('start nothing without data, or while a run lives', async () => {
    const { bridge, runs } = await openRuns([])
    await runs.start()
    await openData()
    const second = await openRuns([run()])
    await second.runs.start()
    expect([...bridge.named('startRun'), ...second.bridge.named('startRun')]).toEqual([])
  })

  it('say why a start was refused', async () => {
    await openData()
    const { bridge, runs } = await openRuns([])
    bridge.answers.startRun = () => {
      throw new AppError('unexpected', { detail: 'full' })
    }
    await runs.start()
    expect(runs.starting).toBe(false)
    expect(useNoticesStore().notices[0]?.error?.params).toEqual({ detail: 'full' })
  })

  it.each([
    ['pause', 'pauseRun', 'paused'],
    ['resume', 'resumeRun', 'running'],
    ['stop', 'stopRun', 'stopped'],
  ] as const)('%s the live run', async (control, call, state) => {
    const { bridge, runs } = await openRuns([run()])
    bridge.answers[call] = () => run({ state })
    await runs[control]()
    expect(bridge.named(call)).toEqual([{ runId: 'run-1' }])
    expect(runs.current?.state).toBe(state)
  })

  it('do nothing where no run lives', async () => {
    const { bridge, runs } = await openRuns([run({ state: 'finished' })])
    await Promise.all([runs.pause(), runs.resume(), runs.stop()])
    expect(bridge.calls.map(({ name }) => name)).toEqual(['listRuns', 'readHistory'])
  })

  it('delete a run and show the next', async () => {
    const { bridge, runs } = await openRuns([run({ id: 'b', state: 'stopped' }), run({ id: 'a', state: 'finished' })])
    bridge.answers.deleteRun = () => ({})
    await runs.remove('b')
    expect(runs.runs.map(({ id }) => id)).toEqual(['a'])
    expect(runs.current?.id).toBe('a')
  })

  it('keep a run that could not be deleted', async () => {
    const { bridge, runs } = await openRuns([run({ state: 'finished' })])
    bridge.answers.deleteRun = () => {
      throw new AppError('unexpected', { detail: 'locked' })
    }
    await runs.remove('run-1')
    expect(runs.runs).toHaveLength(1)
    expect(useNoticesStore().notices).toHaveLength(1)
  })
})
