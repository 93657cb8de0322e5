import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import type { Refusal } from './contract'
import { isLitter } from './litter'
import { refusalOf } from './source-file'
import { inCountingOrder } from './volume/slices'

/** Files that follow each other in one folder. */
export interface Listed {
  /** What stands before their names: the folder's path with its separator. */
  readonly within: string
  readonly names: readonly string[]
}

/**
 * All files in a folder and the folders in it, in the order in which people count; the path's own if it is a file's. Links
 * are followed, but no folder is entered twice, so that links that lead back end. A folder that is hidden or the system's
 * is listed as if it were a file, and so is what cannot be looked at: whoever opens it learns why. Of a folder whose list
 * is refused `closed` has the reason before.
 */
export async function* listFiles(
  path: string,
  entered = new Set<string>(),
  closed = new Map<string, Refusal>(),
): AsyncGenerator<Listed> {
  const entries = await entriesIn(path, entered, closed)
  if (!entries) {
    const name = basename(path)
    yield { within: path.slice(0, path.length - name.length), names: [name] }
    return
  }
  const within = join(path, sep)
  // What is plainly a file need not be looked at: a folder may hold a hundred thousand.
  const others = new Set<string>()
  for (const entry of entries) if (!entry.isFile() && !isLitter(entry.name)) others.add(entry.name)
  const sorted = inCountingOrder(entries.map((entry) => entry.name))
  let from = 0
  for (const name of others.size > 0 ? sorted : []) {
    if (!others.has(name)) continue
    const at = sorted.indexOf(name, from)
    if (at > from) yield { within, names: sorted.slice(from, at) }
    yield* listFiles(within + name, entered, closed)
    from = at + 1
  }
  if (sorted.length > from) yield { within, names: sorted.slice(from) }
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
