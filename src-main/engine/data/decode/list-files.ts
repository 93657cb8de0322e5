import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Refusal } from './contract'
import { isLitter } from './litter'
import { refusalOf } from './source-file'
import { inCountingOrder } from './volume/slices'

/**
 * The paths of all files in a folder and the folders in it, in the order in which people count, as many at a time as
 * follow each other in one folder; a file's own path if it is one. Links are followed, but no folder is entered twice, so that links that lead back end. A folder that is hidden or
 * the system's is listed as if it were a file, and so is what cannot be looked at: whoever opens it learns why. Of a
 * folder whose list is refused `closed` has the reason before.
 */
export async function* listFiles(
  path: string,
  entered = new Set<string>(),
  closed = new Map<string, Refusal>(),
): AsyncGenerator<string[]> {
  const entries = await entriesIn(path, entered, closed)
  if (!entries) {
    yield [path]
    return
  }
  const within = join(path, sep)
  // What is plainly a file need not be looked at: a folder may hold a hundred thousand.
  const others = new Set(entries.flatMap((entry) => (entry.isFile() || isLitter(entry.name) ? [] : [entry.name])))
  let files: string[] = []
  for (const name of inCountingOrder(entries.map((entry) => entry.name))) {
    if (!others.has(name)) {
      files.push(within + name)
      continue
    }
    yield files
    files = []
    yield* listFiles(within + name, entered, closed)
  }
  yield files
}

/** What is in a folder; nothing for what is none, and an empty list for one that was entered before. */
async function entriesIn(
  path: string,
  entered: Set<string>,
  closed: Map<string, Refusal>,
): Promise<Dirent[] | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return undefined
  } catch {
    return undefined
  }
  try {
    const real = await realpath(path)
    if (entered.has(real)) return []
    entered.add(real)
    return await readdir(path, { withFileTypes: true })
  } catch (cause) {
    closed.set(path, refusalOf(cause))
    return undefined
  }
}
