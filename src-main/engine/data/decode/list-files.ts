import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLitter } from './litter'
import { inCountingOrder } from './volume/slices'

/**
 * The paths of all files in a folder and the folders in it, in the order in which people count; a file's own path if it
 * is one. Links are followed, but no folder is entered twice, so that links that lead back end. A folder that is hidden or
 * the system's is listed as if it were a file, and so is what cannot be looked at: whoever opens it learns why.
 */
export async function* listFiles(path: string, entered = new Set<string>()): AsyncGenerator<string> {
  const names = await namesIn(path, entered)
  if (!names) {
    yield path
    return
  }
  for (const name of inCountingOrder(names)) {
    if (isLitter(name)) yield join(path, name)
    else yield* listFiles(join(path, name), entered)
  }
}

/** The names in a folder; nothing for what is none, no names for one that was entered before. */
async function namesIn(path: string, entered: Set<string>): Promise<string[] | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return undefined
    const real = await realpath(path)
    if (entered.has(real)) return []
    entered.add(real)
    return await readdir(path)
  } catch {
    return undefined
  }
}
