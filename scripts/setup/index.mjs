// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addonPackage, findCompiler, installPrebuilt, isAddonCached, proveAddon, provideAddon } from './addon.mjs'
import { provideBuild, waitingFor } from './build.mjs'
import { sweepCache } from './cache.mjs'
import { provideElectron } from './electron.mjs'
import { withLock } from './lock.mjs'
import { provideNode24 } from './node24.mjs'
import { checkNode, hashLockfile, providePackages } from './packages.mjs'
import { cacheFolder, root, target } from './paths.mjs'
import { stampPath } from './provisioned.mjs'
import { findProgram } from './run.mjs'
import { hashTree, isFresh, readStamp, writeStamp } from './stamp.mjs'
import { installDebianPackages, provideSystemLibraries } from './system-libraries.mjs'
import { chooseDevice, findPython, isTensorFlowCached, provideTensorFlow } from './tensorflow.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('./provisioned.mjs').Provisioned} Provisioned */
/** @typedef {import('./tensorflow.mjs').Device} Device */

/**
 * What a run needs beyond packages and TensorFlow: Electron itself, what a window of it needs (system libraries, a
 * virtual display), the tests' own Node, the built program.
 * @typedef {{
 *   device?: Device | undefined,
 *   electron?: boolean,
 *   window?: boolean,
 *   virtualDisplay?: boolean,
 *   tests?: boolean,
 *   build?: boolean,
 * }} Needs
 */

/**
 * Makes everything ready that a run needs; when it already is, only a few files are looked at.
 * @param {Report} report
 * @param {Needs} needs
 * @returns {Promise<Provisioned>}
 */
export async function setUp(report, needs) {
  checkNode()
  const provisioned = await provision(report, needs)
  if (needs.build !== false) await provideBuild(report)
  return provisioned
}

/**
 * @param {Report} report
 * @param {Needs} asked
 * @returns {Promise<Provisioned>}
 */
async function provision(report, asked) {
  const earlier = await readStamp(stampPath)
  const needs = withEarlierNeeds(asked, earlier?.facts ?? {})
  const key = await stampKey(needs.device)
  if (earlier && isFresh(earlier, key) && meets(earlier.facts, needs)) return asProvisioned(earlier.facts)
  return withLock(join(cacheFolder(), 'lock'), waitingFor(report), async () => {
    const meanwhile = await readStamp(stampPath)
    if (meanwhile && isFresh(meanwhile, key) && meets(meanwhile.facts, needs)) return asProvisioned(meanwhile.facts)
    report.note(`Set-up, once. Downloads are kept in ${cacheFolder()}`)
    await sweepCache()
    const provided = await provideAll(report, needs)
    await writeStamp(stampPath, { key, ...provided })
    return asProvisioned(provided.facts)
  })
}

/**
 * @param {Report} report
 * @param {Needs} needs
 * @returns {Promise<{ files: string[], facts: Record<string, string> }>}
 */
async function provideAll(report, needs) {
  await providePackages(report)
  const electron = needs.electron || needs.window ? await provideElectron(report) : undefined
  if (electron && needs.window) {
    await provideSystemLibraries(report, electron.path, { virtualDisplay: needs.virtualDisplay ?? false })
  }
  const { device, addon, library } = await provideTraining(report, needs.device)
  const node24 = needs.tests ? await provideNode24(report) : undefined
  return {
    files: [addon, library, ...(electron ? [electron.path] : []), ...(node24 ? [node24] : [])],
    facts: {
      device,
      ...(needs.device ? { askedDevice: needs.device } : {}),
      ...(electron ? describeElectron(electron) : {}),
      ...(needs.window ? { window: 'yes' } : {}),
      ...(node24 ? { node24 } : {}),
    },
  }
}

/** @param {import('./electron.mjs').Electron} electron */
function describeElectron({ path, dist, version, source }) {
  return { electronPath: path, electronDist: dist, electronVersion: version, electronSource: source }
}

/**
 * Provides the library that trains: from the Python package index where that is possible, else prebuilt by its makers.
 * @param {Report} report
 * @param {Device | undefined} asked
 * @returns {Promise<{ device: Device, addon: string, library: string }>}
 */
async function provideTraining(report, asked) {
  const device = await chooseDevice(asked)
  const tools = await wheelTools(report, device)
  const addon =
    'python' in tools
      ? await provideAddon(report, await provideTensorFlow(report, tools.python, device))
      : await installPrebuilt(report, device, tools.reason)
  await proveAddon(device)
  return { device, addon, library: join(addonPackage, 'deps', 'lib') }
}

/**
 * A Python with pip, if the library can be provided by it here, else the reason why not. What is missing on a Debian is
 * installed when it may be; where all is in the cache, nothing is missing.
 * @param {Report} report
 * @param {Device} device
 * @returns {Promise<{ python: string } | { reason: string }>}
 */
async function wheelTools(report, device) {
  if (target !== 'linux-x64') return { reason: `our way is for Linux on x64, and this is ${target}` }
  if (isTensorFlowCached(device) && (await isAddonCached())) return { python: 'python3' }
  const missing = [...((await findPython()) ? [] : ['python3-pip']), ...(findCompiler() ? [] : ['g++'])]
  if (missing.length > 0 && process.getuid?.() === 0 && findProgram('apt-get')) {
    report.step('Tools to build with')
    await installDebianPackages(report, missing)
  }
  const python = await findPython()
  if (!python) return { reason: 'there is no Python 3 with pip' }
  return findCompiler() ? { python } : { reason: 'there is no C++ compiler' }
}

/**
 * What this run needs, and what earlier ones did: a part once provided stays provided, and a device once asked for
 * stays the choice until another is.
 * @param {Needs} needs
 * @param {Record<string, string>} facts of the earlier set-up
 * @returns {Needs}
 */
export function withEarlierNeeds(needs, facts) {
  const earlier = facts.askedDevice === 'cpu' || facts.askedDevice === 'gpu' ? facts.askedDevice : undefined
  return {
    ...needs,
    device: needs.device ?? earlier,
    electron: needs.electron || facts.electronPath !== undefined,
    window: needs.window || facts.window === 'yes',
    tests: needs.tests || facts.node24 !== undefined,
  }
}

/** @param {Device | undefined} asked */
async function stampKey(asked) {
  const [lock, scripts] = await Promise.all([hashLockfile(), hashTree(root, ['scripts/setup'])])
  const driver = existsSync('/proc/driver/nvidia/version')
  return [lock, scripts, target, cacheFolder(), asked ?? (driver ? 'driver' : 'no driver')].join(' ')
}

/**
 * Whether an earlier set-up provided all that this run needs.
 * @param {Record<string, string>} facts
 * @param {Needs} needs
 */
export function meets(facts, needs) {
  if (needs.electron && facts.electronPath === undefined) return false
  if (needs.window && facts.window !== 'yes') return false
  if (needs.virtualDisplay && !findProgram('Xvfb')) return false
  return !needs.tests || target !== 'linux-x64' || facts.node24 !== undefined
}

/**
 * @param {Record<string, string>} facts as {@link provideAll} wrote them
 * @returns {Provisioned}
 */
function asProvisioned(facts) {
  return /** @type {Provisioned} */ (/** @type {unknown} */ (facts))
}
