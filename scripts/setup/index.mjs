// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findCompiler, installPrebuilt, proveAddon, provideAddon } from './addon.mjs'
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
import { chooseDevice, findPython, provideTensorFlow } from './tensorflow.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('./provisioned.mjs').Provisioned} Provisioned */
/** @typedef {import('./tensorflow.mjs').Device} Device */

/**
 * What a run needs beyond the basic parts.
 * @typedef {{
 *   device?: Device | undefined,
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
 * @param {Needs} needs
 * @returns {Promise<Provisioned>}
 */
async function provision(report, needs) {
  const key = await stampKey(needs.device)
  const earlier = await readStamp(stampPath)
  if (earlier && isFresh(earlier, key) && meets(earlier.facts, needs)) return asProvisioned(earlier.facts)
  return withLock(join(cacheFolder(), 'lock'), waitingFor(report), async () => {
    const meanwhile = await readStamp(stampPath)
    if (meanwhile && isFresh(meanwhile, key) && meets(meanwhile.facts, needs)) return asProvisioned(meanwhile.facts)
    report.note(`Set-up, once. Downloads are kept in ${cacheFolder()}`)
    await sweepCache()
    return provideAll(report, needs, key)
  })
}

/**
 * @param {Report} report
 * @param {Needs} needs
 * @param {string} key
 */
async function provideAll(report, needs, key) {
  await providePackages(report)
  const electron = await provideElectron(report)
  if (needs.window) {
    await provideSystemLibraries(report, electron.path, { virtualDisplay: needs.virtualDisplay ?? false })
  }
  const { device, addon } = await provideTraining(report, needs.device)
  const node24 = needs.tests ? await provideNode24(report) : undefined
  /** @type {Record<string, string>} */
  const facts = {
    electronPath: electron.path,
    electronDist: electron.dist,
    electronVersion: electron.version,
    electronSource: electron.source,
    device,
    ...(needs.window ? { window: 'yes' } : {}),
    ...(node24 ? { node24 } : {}),
  }
  const files = [electron.path, addon, join(addon, '..', '..', '..', 'deps', 'lib'), ...(node24 ? [node24] : [])]
  await writeStamp(stampPath, { key, files, facts })
  return asProvisioned(facts)
}

/**
 * Provides the library that trains: built from the Python package index's wheel on Linux, else prebuilt by its makers.
 * @param {Report} report
 * @param {Device | undefined} asked
 */
async function provideTraining(report, asked) {
  const device = await chooseDevice(asked)
  const python = await wheelTools(report)
  const addon =
    python === undefined
      ? await installPrebuilt(
          report,
          device,
          'Building it here needs Linux on x64, Python 3 with pip and a C++ compiler.',
        )
      : await provideAddon(report, await provideTensorFlow(report, python, device))
  await proveAddon(device)
  return { device, addon }
}

/**
 * A Python with pip, if the library can be provided by it here; what is missing on a Debian is installed when it may be.
 * @param {Report} report
 */
async function wheelTools(report) {
  if (target !== 'linux-x64') return undefined
  const missing = [...((await findPython()) ? [] : ['python3-pip']), ...(findCompiler() ? [] : ['g++'])]
  if (missing.length > 0 && process.getuid?.() === 0 && findProgram('apt-get')) {
    report.step('Tools to build with')
    await installDebianPackages(report, missing)
  }
  return findCompiler() ? findPython() : undefined
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
function meets(facts, needs) {
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
