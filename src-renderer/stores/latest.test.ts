import { AppError } from '@shared/ipc/errors'
import { describe, expect, it } from 'vitest'
import { makeLatest } from './latest'
import { deferred } from './testing/fake-bridge'

describe('the latest answer', () => {
  it('is kept, and the call is busy until it comes', async () => {
    const latest = makeLatest<string>()
    const answer = deferred<string>()
    const done = latest.load(() => answer.promise)
    expect(latest.busy.value).toBe(true)
    answer.resolve('one')
    expect(await done).toBe(true)
    expect(latest.value.value).toBe('one')
    expect(latest.busy.value).toBe(false)
  })

  it.each([
    ['brings', 'value'],
    ['throws', 'error'],
  ])('counts alone: what an overtaken call %s is ignored, and it is given up', async (_name, how) => {
    const latest = makeLatest<string>()
    const first = deferred<string>()
    const second = deferred<string>()
    const signals: AbortSignal[] = []
    const overtaken = latest.load((signal) => (signals.push(signal), first.promise))
    const counting = latest.load((signal) => (signals.push(signal), second.promise))
    second.resolve('second')
    if (how === 'value') first.resolve('first')
    else first.reject(new AppError('unexpected', { detail: 'late' }))
    expect(await Promise.all([overtaken, counting])).toEqual([false, true])
    expect(latest.value.value).toBe('second')
    expect(latest.error.value).toBeNull()
    expect(latest.busy.value).toBe(false)
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
  })

  it('stays busy while the second is under way though the first has come', async () => {
    const latest = makeLatest<string>()
    const first = deferred<string>()
    const overtaken = latest.load(() => first.promise)
    const counting = latest.load(() => new Promise<string>(() => {}))
    first.resolve('first')
    await overtaken
    expect(latest.busy.value).toBe(true)
    expect(latest.value.value).toBeNull()
    void counting
  })

  it('fails with a report and keeps the value; the next success clears it', async () => {
    const latest = makeLatest<string>()
    await latest.load(() => Promise.resolve('one'))
    expect(await latest.load(() => Promise.reject(new AppError('unexpected', { detail: 'no' })))).toBe(false)
    expect(latest.value.value).toBe('one')
    expect(latest.error.value?.params).toEqual({ detail: 'no' })
    await latest.load(() => Promise.resolve('two'))
    expect(latest.error.value).toBeNull()
  })

  it('forgets everything when cleared, even what is on its way', async () => {
    const latest = makeLatest<string>()
    const answer = deferred<string>()
    await latest.load(() => Promise.resolve('one'))
    const late = latest.load(() => answer.promise)
    latest.clear()
    answer.resolve('late')
    expect(await late).toBe(false)
    expect(latest.value.value).toBeNull()
    expect(latest.busy.value).toBe(false)
  })
})
