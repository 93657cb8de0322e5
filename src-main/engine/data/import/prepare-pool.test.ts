import { afterEach, describe, expect, it } from 'vitest'
import type { FileTask } from './prepare-messages'
import { PreparePool } from './prepare-pool'
import usualCode from './prepare-thread?thread'
import { PrepareThread } from './prepare-thread-host'

/** A thread that does what its files are called, and else refuses them by their names. */
const code = `
const { parentPort, workerData } = require('node:worker_threads')
const told = new Int32Array(workerData.progress)
parentPort.on('message', ({ tasks }) => {
  const items = tasks.map(({ name }, n) => {
    Atomics.store(told, 1, n)
    Atomics.add(told, 0, 1)
    if (name === 'exits') process.exit(3)
    if (name === 'throws') throw new Error('on purpose')
    while (name === 'hangs') continue
    return { refusal: { code: name, params: {}, outcome: 'skipped' } }
  })
  Atomics.store(told, 1, -1)
  parentPort.postMessage({ items, values: new Uint8Array(), prints: new Uint8Array() })
})`

const form = { kind: 'pictures', shape: [1, 1, 1], type: 'uint8', divisor: 255, normalize: false, rate: null } as const
const tasksOf = (...names: string[]): FileTask[] => names.map((name) => ({ name, path: name }))

const pools: PreparePool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))

function poolOf(threads: number, patience: number, text = code): PreparePool {
  const source = { take: () => new PrepareThread(text), leave: (thread: PrepareThread) => void thread.end() }
  const pool = new PreparePool({ form, frames: 'first' }, threads, patience, source)
  pools.push(pool)
  return pool
}

async function refusals(pool: PreparePool, ...pieces: FileTask[][]): Promise<string[][]> {
  const prepared = await Promise.all(pieces.map((piece) => pool.prepare(piece)))
  return prepared.map(({ items }) => items.map((item) => ('refusal' in item ? item.refusal.code : 'samples')))
}

describe('threads that prepare files', () => {
  it.each([
    ['exits', 60_000, 'thread-ended'],
    ['throws', 60_000, 'thread-ended'],
    ['hangs', 200, 'took-too-long'],
  ])('are replaced where a file %s, and all others come through', async (deed, patience, reason) => {
    const found = await refusals(
      poolOf(2, patience),
      tasksOf('a', deed, 'b'),
      tasksOf('c'),
      tasksOf('d', 'e'),
      tasksOf(deed, deed),
      tasksOf('f'),
    )
    expect(found).toEqual([['a', reason, 'b'], ['c'], ['d', 'e'], [reason, reason], ['f']])
  })

  it('bring no texts of messages and no schemas with them, which would double the time that they take to start', () => {
    expect(usualCode).toContain('jpegSample')
    expect(usualCode).not.toMatch(/ZodError|errors\.\$\{/)
  })

  it('fail once, and clearly, where they cannot begin', async () => {
    const pool = poolOf(1, 60_000, 'throw new Error("no such code")')
    await expect(pool.prepare(tasksOf('a'))).rejects.toThrow('has ended: no such code')
  })

  it('end at once when they are given up, whatever they are at', async () => {
    const pool = poolOf(2, 60_000)
    const waiting = [tasksOf('hangs'), tasksOf('hangs'), tasksOf('a')].map((piece) => pool.prepare(piece))
    const all = Promise.allSettled(waiting)
    await pool.close()
    expect((await all).map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ])
  })
})
