import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the program keeps what it can make again, as set-up does: `PATCHWORK_CACHE`, else the system's place for caches. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.PATCHWORK_CACHE) return join(resolve(env.PATCHWORK_CACHE), 'patchwork')
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'patchwork', 'Cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'patchwork')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'patchwork')
}
