import { describe, expect, it } from 'vitest'
import { writeQueue } from './write-queue'

/** A disk whose writes end when the test says so. */
function slowDisk() {
  const started: string[] = []
  const ends: { done: () => void; fail: (error: Error) => void }[] = []
  const write = (path: string, content: string) =>
    new Promise<void>((done, fail) => {
      started.push(`${path}=${content}`)
      ends.push({ done, fail })
    })
  return { write, started, ends }
}

const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('a write queue', () => {
  it('never writes one file twice at once, and skips what is out of date', async () => {
    const { write, started, ends } = slowDisk()
    const queue = writeQueue(write)
    const writes = [queue.write('a', '1'), queue.write('a', '2'), queue.write('a', '3')]
    expect(started).toEqual(['a=1'])
    ends[0]?.done()
    await settle()
    expect(started).toEqual(['a=1', 'a=3'])
    ends[1]?.done()
    await Promise.all(writes)
    expect(started).toHaveLength(2)
  })

  it('writes different files side by side', () => {
    const { write, started } = slowDisk()
    const queue = writeQueue(write)
    void queue.write('a', '1')
    void queue.write('b', '1')
    expect(started).toEqual(['a=1', 'b=1'])
  })

  it('tells every waiting writer of a failure, and writes the next content', async () => {
    const { write, started, ends } = slowDisk()
    const queue = writeQueue(write)
    const writes = [queue.write('a', '1'), queue.write('a', '2')]
    ends[0]?.fail(new Error('full'))
    const outcomes = await Promise.allSettled(writes)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = queue.write('a', '3')
    ends[1]?.done()
    await next
    expect(started).toEqual(['a=1', 'a=3'])
  })

  it('is flushed once everything is on disk, whether or not it went well', async () => {
    const { write, ends } = slowDisk()
    const queue = writeQueue(write)
    void queue.write('a', '1').catch(() => undefined)
    void queue.write('b', '1')
    let flushed = false
    const flush = queue.flush().then(() => (flushed = true))
    ends[0]?.fail(new Error('full'))
    await settle()
    expect(flushed).toBe(false)
    ends[1]?.done()
    await flush
    expect(flushed).toBe(true)
  })
})
