import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { usualImport, type ImportSettings } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import { cacheFolder } from '../cache-folder'
import { writing } from '../files'
import { importDataset } from './import/import'
import { openStored } from './store/open-stored'

/** Counted up when importing the same files gives other samples than before. */
const version = 1
/** What has not grown into a data set by then never will: whoever was making it has gone. */
const leftoverAge = 24 * 60 * 60 * 1000

/**
 * The folder with the stored data set that some files make, which is kept in the cache by what is in the files. Made by
 * the first who wants it, anew if it was damaged; of several at once one wins and the others take its folder.
 */
export async function madeSet(
  title: string,
  files: readonly string[],
  cache: string = join(cacheFolder(), 'datasets'),
): Promise<string> {
  const settings: ImportSettings = { ...usualImport, title }
  const directory = join(cache, await keyOf(files, settings))
  const making = underway.get(directory) ?? make(directory, files, settings)
  underway.set(directory, making)
  try {
    return await making
  } finally {
    underway.delete(directory)
  }
}

const underway = new Map<string, Promise<string>>()

async function make(directory: string, files: readonly string[], settings: ImportSettings): Promise<string> {
  // Folders appear whole: one that is there and is not whole was damaged, not half made.
  const there = await exists(directory)
  if (there && (await isWhole(directory))) return directory
  const cache = join(directory, '..')
  await writing(cache, () => mkdir(cache, { recursive: true }))
  if (there) await writing(directory, () => remove(directory))
  await removeLeftovers(cache)
  try {
    await importDataset({ paths: files, directory, settings })
  } catch (error) {
    // Another process may have been the first.
    if (await isWhole(directory)) return directory
    throw error
  }
  return directory
}

/** A name for what files with a content make: it begins with the first one's, for those who look into the cache. */
async function keyOf(files: readonly string[], settings: ImportSettings): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([version, settings]))
  for (const path of files) {
    hash.update(`\n${basename(path)}\n`)
    for await (const chunk of createReadStream(path)) hash.update(Buffer.from(chunk))
  }
  return `${basename(files[0] ?? '').replace(/\..*$/, '')}-${hash.digest('hex').slice(0, 16)}`
}

async function isWhole(directory: string): Promise<boolean> {
  try {
    await openStored(directory)
    return true
  } catch (thrown) {
    if (thrown instanceof AppError) return false
    throw thrown
  }
}

/** Where nobody can look, nothing is: writing there tells why. */
async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Renamed first, so that nobody sees half of it. */
async function remove(directory: string): Promise<void> {
  const aside = `${directory}.${randomBytes(4).toString('hex')}.tmp`
  await rename(directory, aside)
  await rm(aside, { recursive: true, force: true })
}

async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!/\.[0-9a-f]{8}\.tmp$/.test(name)) continue
    const path = join(cache, name)
    // Gone meanwhile, or not ours to remove: both do no harm.
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > leftoverAge) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
