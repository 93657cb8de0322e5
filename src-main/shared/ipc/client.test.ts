import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { connect } from './client'
import { defineContract, type Handlers } from './contract'
import { AppError } from './errors'
import { portPair } from './port'
import { serve } from './server'

const contract = defineContract({
  calls: {
    twice: {
      input: z.object({ values: z.instanceof(Float32Array) }),
      output: z.object({ values: z.instanceof(Float32Array) }),
    },
    wait: { input: z.object({}), output: z.object({}) },
    fail: { input: z.object({}), output: z.object({}) },
  },
  events: { ticked: z.object({ count: z.number() }) },
})

function joined(overrides: Partial<Handlers<typeof contract>> = {}) {
  const [near, far] = portPair()
  const onUnexpected = vi.fn()
  const handlers: Handlers<typeof contract> = {
    twice: ({ values }) => ({ values: values.map((value) => value * 2) }),
    wait: (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', { name: 'wait' })))
      }),
    fail: () => {
      throw new AppError('project-newer', { path: '/p', version: 2, known: 1 })
    },
    ...overrides,
  }
  const server = serve(contract, handlers, far, { onUnexpected })
  return { connection: connect(contract, near), server, near, far, onUnexpected }
}

/** Lets every message that is on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve()
}

describe('a connection', () => {
  it('brings typed arrays there and back', async () => {
    const { connection } = joined()
    const { values } = await connection.client.twice({ values: Float32Array.of(1, 2.5) })
    expect(values).toEqual(Float32Array.of(2, 5))
  })

  it('throws the error that the other side threw, with its code and values', async () => {
    const { connection } = joined()
    const failure = await connection.client.fail({}).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'project-newer', params: { path: '/p', version: 2, known: 1 } })
  })

  it('answers each call by itself, whatever the order', async () => {
    const { connection } = joined({
      wait: () => settle().then(() => ({})),
    })
    const order: string[] = []
    await Promise.all([
      connection.client.wait({}).then(() => order.push('slow')),
      connection.client.twice({ values: new Float32Array() }).then(() => order.push('quick')),
    ])
    expect(order).toEqual(['quick', 'slow'])
  })

  it('lets a caller give up, and tells the other side', async () => {
    const { connection } = joined()
    const giveUp = new AbortController()
    const call = connection.client.wait({}, { signal: giveUp.signal })
    await settle()
    giveUp.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('does not even send a call that was given up before', async () => {
    const wait = vi.fn(() => ({}))
    const { connection } = joined({ wait })
    const giveUp = new AbortController()
    giveUp.abort()
    await expect(connection.client.wait({}, { signal: giveUp.signal })).rejects.toMatchObject({ code: 'cancelled' })
    await settle()
    expect(wait).not.toHaveBeenCalled()
  })

  it('brings events until the subscription ends, and drops what does not match the schema', async () => {
    const { connection, server, far } = joined()
    const counts: number[] = []
    const stop = connection.on('ticked', ({ count }) => counts.push(count))
    server.emit('ticked', { count: 1 })
    far.post({ type: 'event', name: 'ticked', payload: { count: 'two' } })
    far.post({ type: 'event', name: 'unheard-of', payload: {} })
    far.post('not a message at all')
    server.emit('ticked', { count: 3 })
    await settle()
    stop()
    server.emit('ticked', { count: 4 })
    await settle()
    expect(counts).toEqual([1, 3])
  })

  it('fails every call in flight, and every later one, when the other side is gone', async () => {
    const { connection } = joined()
    const calls = [connection.client.wait({}), connection.client.wait({})]
    await settle()
    connection.close(new AppError('engine-crashed', { reason: 'SIGKILL' }))
    const outcomes = await Promise.allSettled([...calls, connection.client.wait({})])
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(
      Array(3).fill('engine-crashed'),
    )
  })
})

describe('a server', () => {
  it('reports a message that is none and goes on', async () => {
    const { connection, near, onUnexpected } = joined()
    near.post({ type: 'call', id: 'one' })
    expect((await connection.client.twice({ values: Float32Array.of(1) })).values[0]).toBe(2)
    expect(onUnexpected).toHaveBeenCalledOnce()
  })

  it('gives up what is under way when it stops, and answers no more', async () => {
    const signals: boolean[] = []
    const { connection, server } = joined({
      wait: (_input, { signal }) =>
        new Promise(() => signal.addEventListener('abort', () => signals.push(signal.aborted))),
    })
    void connection.client.wait({})
    await settle()
    server.stop()
    const late = vi.fn()
    void connection.client.twice({ values: new Float32Array() }).then(late)
    await settle()
    expect([signals, late.mock.calls.length]).toEqual([[true], 0])
  })
})
