// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from './lock.mjs'

/** @type {string} */
let folder
/** @type {string} */
let path

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchwork-lock-'))
  path = join(folder, 'deep', 'lock')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('withLock', () => {
  it('holds the lock with its process id while working, and frees it afterwards', async () => {
    const text = await withLock(
      path,
      () => {},
      () => readFile(path, 'utf8'),
    )
    expect(text).toBe(String(process.pid))
    expect(existsSync(path)).toBe(false)
  })

  it('frees the lock when the work fails', async () => {
    const work = withLock(
      path,
      () => {},
      () => Promise.reject(new Error('failed')),
    )
    await expect(work).rejects.toThrow('failed')
    expect(existsSync(path)).toBe(false)
  })

  it('lets one work at a time, and says whom it waits for', async () => {
    /** @type {string[]} */
    const events = []
    /** @type {number[]} */
    const waited = []
    const work = (/** @type {string} */ name) => async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      events.push(`${name} ends`)
    }
    const onWait = (/** @type {number} */ owner) => void waited.push(owner)
    await Promise.all([withLock(path, onWait, work('one')), withLock(path, onWait, work('two'))])
    const [first] = events
    const order = first === 'one begins' ? ['one', 'two'] : ['two', 'one']
    expect(events).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]))
    expect(waited).toEqual([process.pid])
  })

  it('takes over the lock of a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    await withLock(
      path,
      () => {},
      () => rm(path),
    )
    await writeFile(path, String(child.pid))
    /** @type {number[]} */
    const owners = []
    await withLock(
      path,
      (owner) => void owners.push(owner),
      async () => {},
    )
    expect(owners).toEqual([])
  })
})
