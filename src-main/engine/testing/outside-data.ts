import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url))

/**
 * A folder of data that is kept beside the project (`../shared/data`) on machines that develop it. Where there is none,
 * the tests on it are left out, and this says so.
 */
export function outsideData(folder: string): { path: string; missing: boolean } {
  const path = join(shared, folder)
  const missing = !existsSync(path)
  if (missing) process.stderr.write(`Tests on ../shared/data/${folder} are left out: it is not here.\n`)
  return { path, missing }
}
