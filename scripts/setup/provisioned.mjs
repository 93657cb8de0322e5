// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stampFolder } from './paths.mjs'
import { without } from './run.mjs'

/** Set-up's stamp: see `index.mjs`. */
export const stampPath = join(stampFolder, 'setup.json')

/**
 * What set-up has provided, for scripts and tests that run after it.
 * @typedef {{
 *   electronPath: string,
 *   electronDist: string,
 *   electronVersion: string,
 *   electronSource: 'package' | 'fallback',
 *   device: 'cpu' | 'gpu',
 *   node24?: string,
 * }} Provisioned
 */

/**
 * Reads what was provisioned; fails when set-up has not run in this folder.
 * @returns {Provisioned}
 */
export function readProvisioned() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8')).facts
  } catch (cause) {
    throw new Error('Set-up has not run here yet. Run: npm run setup', { cause })
  }
}

/**
 * The environment in which every tool that asks the `electron` package finds the provisioned Electron.
 * @param {Provisioned} provisioned
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function electronEnvironment(provisioned, env = process.env) {
  const own = without(env, 'ELECTRON_OVERRIDE_DIST_PATH')
  if (provisioned.electronSource === 'package') return own
  return { ...own, ELECTRON_OVERRIDE_DIST_PATH: provisioned.electronDist }
}
