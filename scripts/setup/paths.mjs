// @ts-check
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

export const nodeModules = join(root, 'node_modules')

/** Where the stamps lie: inside node_modules, so that a fresh install makes them void. */
export const stampFolder = join(nodeModules, '.cache', 'patchwork')

/** The computer that set-up provisions for, as npm and Electron spell it. */
export const target = `${process.platform}-${process.arch}`

/**
 * Where downloads are kept, outside node_modules: `PATCHWORK_CACHE`, else the place the system has for caches.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @param {string} [home]
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.PATCHWORK_CACHE) return join(resolve(env.PATCHWORK_CACHE), 'patchwork')
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'patchwork', 'Cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'patchwork')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'patchwork')
}
