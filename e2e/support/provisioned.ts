import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The project's folder, which holds the built program in `out/`. */
export const root = resolve(__dirname, '..', '..')

/** What set-up has provided; see scripts/setup/provisioned.mjs, which an ES module of another kind cannot be asked here. */
function facts(): { readonly electronPath: string } {
  const stamp = join(root, 'node_modules', '.cache', 'patchwork', 'setup.json')
  return (JSON.parse(readFileSync(stamp, 'utf8')) as { facts: { electronPath: string } }).facts
}

/** The Electron to test: the one that the surroundings name, else the one that set-up provided. */
export function electronPath(): string {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH
  return dist ? join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron') : facts().electronPath
}

/** Flags that Electron needs here: root cannot use the sandbox, and containers have little shared memory. */
export function electronFlags(): string[] {
  if (process.platform !== 'linux') return []
  return ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
}
