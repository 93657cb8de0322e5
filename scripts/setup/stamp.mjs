// @ts-check
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * What was provisioned, for whom (`key`), and which files prove that it is still there.
 * @typedef {{ key: string, files: string[], facts: Record<string, string> }} Stamp
 */

/**
 * @param {string} path
 * @returns {Promise<Stamp | undefined>} undefined when there is none, or it cannot be read
 */
export async function readStamp(path) {
  try {
    const stamp = JSON.parse(await readFile(path, 'utf8'))
    const sound = typeof stamp?.key === 'string' && Array.isArray(stamp.files) && typeof stamp.facts === 'object'
    return sound ? stamp : undefined
  } catch {
    return undefined
  }
}

/**
 * Writes a file whole or not at all: an interrupted set-up leaves the old one.
 * @param {string} path
 * @param {string} text
 */
export async function writeAtomically(path, text) {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

/**
 * @param {string} path
 * @param {Stamp} stamp
 */
export async function writeStamp(path, stamp) {
  await writeAtomically(path, `${JSON.stringify(stamp, null, 2)}\n`)
}

/**
 * Whether what a stamp promises still holds: same key, and every file it names exists.
 * @param {Stamp | undefined} stamp
 * @param {string} key
 * @param {(path: string) => boolean} [exists]
 */
export function isFresh(stamp, key, exists = existsSync) {
  return stamp !== undefined && stamp.key === key && stamp.files.every((file) => exists(file))
}

/**
 * One hash over names and contents of files and of everything in folders but tests; a path that does not exist counts
 * as absent.
 * @param {string} base
 * @param {readonly string[]} paths relative to `base`
 */
export async function hashTree(base, paths) {
  const found = (await Promise.all(paths.map((path) => listFiles(join(base, path))))).flat()
  const files = found.filter((file) => !/\.test\.\w+$/.test(file)).sort()
  const contents = await Promise.all(files.map((file) => readFile(file)))
  const hash = createHash('sha256')
  files.forEach((file, index) => {
    const content = contents[index] ?? Buffer.alloc(0)
    hash.update(`${relative(base, file)}\0${content.length}\0`).update(content)
  })
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function listFiles(path) {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [path]
  const lists = entries.map((entry) => {
    const inside = join(path, entry.name)
    return entry.isDirectory() ? listFiles(inside) : Promise.resolve([inside])
  })
  return (await Promise.all(lists)).flat()
}

/**
 * @param {string} path
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
export async function hashFile(path, algorithm, encoding) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}
