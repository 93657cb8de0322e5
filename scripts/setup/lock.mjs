// @ts-check
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while holding a lock file, so that two set-ups never write the same folder at once. The file holds the
 * owner's process id; one left by a process that is gone is taken over.
 * @template T
 * @param {string} path
 * @param {(owner: number) => void} onWait called once, if another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, onWait, work) {
  await mkdir(dirname(path), { recursive: true })
  let told = false
  while (!(await tryLock(path))) {
    const owner = await ownerOf(path)
    if (owner === undefined || !isAlive(owner)) {
      await rm(path, { force: true })
      continue
    }
    if (!told) onWait(owner)
    told = true
    await sleep(250)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** @param {string} path */
async function tryLock(path) {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} path */
async function ownerOf(path) {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    // The owner creates the file and writes its id in two steps: an empty file is one in between.
    if (/^\d+$/.test(text)) return Number(text)
    await sleep(50)
  }
  return undefined
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
