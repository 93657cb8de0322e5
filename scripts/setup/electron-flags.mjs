// @ts-check
import { statSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './errors.mjs'
import { findProgram, run } from './run.mjs'

const SHARED_MEMORY_NEEDED = 256 * 1024 * 1024

/**
 * Flags that Electron needs on this machine, each with the reason to tell.
 * @returns {{ flag: string, reason: string }[]}
 */
export function electronFlags() {
  if (process.platform !== 'linux') return []
  const flags = []
  if (process.getuid?.() === 0) flags.push({ flag: '--no-sandbox', reason: 'Chromium has no sandbox for root' })
  if (sharedMemory() < SHARED_MEMORY_NEEDED) {
    flags.push({ flag: '--disable-dev-shm-usage', reason: '/dev/shm is small, as containers have it' })
  }
  return flags
}

function sharedMemory() {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return bsize * blocks
  } catch {
    return 0
  }
}

/**
 * Refuses to start where Chromium's sandbox would end the program with a riddle: not root, no user namespaces, and
 * a sandbox helper without the rights it asks for.
 * @param {string} dist Electron's folder
 */
export async function checkSandbox(dist) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return
  const helper = join(dist, 'chrome-sandbox')
  const { uid, mode } = statSync(helper)
  if (uid === 0 && (mode & 0o4000) !== 0) return
  const unshare = findProgram('unshare')
  if (!unshare || (await run(unshare, ['--user', '--map-root-user', 'true'])).code === 0) return
  throw new SetupError({
    what: "preparing Chromium's sandbox",
    why: 'this system does not let ordinary programs make user namespaces, and the sandbox helper is not set up instead',
    fix: `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  })
}
