// @ts-check
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './paths.mjs'

/** Written last into a cache entry: an entry without it was interrupted and is made again. */
const COMPLETE = '.complete'

/**
 * Gives the folder of a cache entry, making it first if it is not there. It is filled under a temporary name and
 * renamed when whole, so that an interruption leaves nothing half-made.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
export async function cached(name, fill) {
  const entry = join(cacheFolder(), name)
  if (existsSync(join(entry, COMPLETE))) return entry
  await withTemporaryFolder(async (folder) => {
    const fresh = join(folder, 'entry')
    await mkdir(fresh)
    await fill(fresh)
    await writeFile(join(fresh, COMPLETE), '')
    await rm(entry, { recursive: true, force: true })
    await rename(fresh, entry)
  })
  return entry
}

/** @param {string} name */
export function isCached(name) {
  return existsSync(join(cacheFolder(), name, COMPLETE))
}

/**
 * Removes cache entries that have served their purpose.
 * @param {readonly string[]} names
 */
export async function dropCached(names) {
  await Promise.all(names.map((name) => rm(join(cacheFolder(), name), { recursive: true, force: true })))
}

/**
 * A folder inside the cache (so that renaming out of it is atomic) that is gone afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
export async function withTemporaryFolder(work) {
  await mkdir(cacheFolder(), { recursive: true })
  const folder = await mkdtemp(join(cacheFolder(), 'temporary-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what interrupted set-ups left. Call it only while holding the cache's lock. */
export async function sweepCache() {
  const names = await readdir(cacheFolder()).catch(() => [])
  await dropCached(names.filter((name) => name.startsWith('temporary-')))
}

/**
 * Bytes of all files below a folder; files that vanish meanwhile count as nothing.
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function folderSize(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return folderSize(path)
    if (!entry.isFile()) return 0
    return (await stat(path).catch(() => ({ size: 0 }))).size
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
