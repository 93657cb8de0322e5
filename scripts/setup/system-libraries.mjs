// @ts-check
import { readFile } from 'node:fs/promises'
import { SetupError } from './errors.mjs'
import { findProgram, lastLines, run } from './run.mjs'

/** @typedef {import('./report.mjs').Report} Report */

/**
 * Debian packages by the start of the names of the shared libraries that Electron links with. The second name is the
 * one since the change to 64-bit time (Debian 13, Ubuntu 24.04), which only some of them got.
 * @type {ReadonlyArray<readonly [string, ...string[]]>}
 */
const PACKAGES = [
  ['libasound.so', 'libasound2', 'libasound2t64'],
  ['libatk-1.0.so', 'libatk1.0-0', 'libatk1.0-0t64'],
  ['libatk-bridge-2.0.so', 'libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libatspi.so', 'libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libcairo.so', 'libcairo2'],
  ['libcups.so', 'libcups2', 'libcups2t64'],
  ['libdbus-1.so', 'libdbus-1-3'],
  ['libdrm.so', 'libdrm2'],
  ['libexpat.so', 'libexpat1'],
  ['libgbm.so', 'libgbm1'],
  ['libgdk_pixbuf-2.0.so', 'libgdk-pixbuf-2.0-0'],
  ['libgio-2.0.so', 'libglib2.0-0', 'libglib2.0-0t64'],
  ['libglib-2.0.so', 'libglib2.0-0', 'libglib2.0-0t64'],
  ['libgobject-2.0.so', 'libglib2.0-0', 'libglib2.0-0t64'],
  ['libgmodule-2.0.so', 'libglib2.0-0', 'libglib2.0-0t64'],
  ['libgtk-3.so', 'libgtk-3-0', 'libgtk-3-0t64'],
  ['libgdk-3.so', 'libgtk-3-0', 'libgtk-3-0t64'],
  ['libnspr4.so', 'libnspr4'],
  ['libnss3.so', 'libnss3'],
  ['libnssutil3.so', 'libnss3'],
  ['libsmime3.so', 'libnss3'],
  ['libssl3.so', 'libnss3'],
  ['libpango-1.0.so', 'libpango-1.0-0'],
  ['libpangocairo-1.0.so', 'libpangocairo-1.0-0'],
  ['libudev.so', 'libudev1'],
  ['libX11.so', 'libx11-6'],
  ['libX11-xcb.so', 'libx11-xcb1'],
  ['libxcb.so', 'libxcb1'],
  ['libxcb-dri3.so', 'libxcb-dri3-0'],
  ['libXcomposite.so', 'libxcomposite1'],
  ['libXcursor.so', 'libxcursor1'],
  ['libXdamage.so', 'libxdamage1'],
  ['libXext.so', 'libxext6'],
  ['libXfixes.so', 'libxfixes3'],
  ['libXi.so', 'libxi6'],
  ['libXrandr.so', 'libxrandr2'],
  ['libXrender.so', 'libxrender1'],
  ['libXss.so', 'libxss1'],
  ['libXtst.so', 'libxtst6'],
  ['libxkbcommon.so', 'libxkbcommon0'],
]

/** Libraries that Electron opens by name when it needs them: `ldd` does not see those. */
const OPENED_LATER = ['libXss.so.1', 'libXtst.so.6']

/**
 * The names of libraries that `ldd` could not find.
 * @param {string} output what `ldd PROGRAM` printed
 */
export function missingLibraries(output) {
  return [...new Set([...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''))]
}

/**
 * The Debian packages that hold some libraries.
 * @param {readonly string[]} libraries such as `libgtk-3.so.0`
 * @param {boolean} time64 whether the system's packages carry the `t64` ending
 * @returns {{ packages: string[], unknown: string[] }} `unknown` are libraries of no known package
 */
export function packagesFor(libraries, time64) {
  const packages = new Set()
  const unknown = []
  for (const library of libraries) {
    const names = PACKAGES.find(([start]) => library === start || library.startsWith(`${start}.`))?.slice(1)
    if (names) packages.add(time64 ? names.at(-1) : names[0])
    else unknown.push(library)
  }
  return { packages: [...packages].sort(), unknown }
}

/**
 * Whether a Debian or Ubuntu is one whose packages carry the `t64` ending.
 * @param {string} release the text of /etc/os-release
 */
export function hasTime64Packages(release) {
  const field = (/** @type {string} */ name) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1] ?? ''
  const version = Number.parseFloat(field('VERSION_ID'))
  if (field('ID') === 'ubuntu') return version >= 24.04
  // Debian's testing has no version number; it is newer than any that has.
  return field('ID') === 'debian' && (Number.isNaN(version) || version >= 13)
}

/**
 * Finds the system libraries that the Electron program lacks, and a virtual display if one is needed; installs them
 * when it may, else says how.
 * @param {Report} report
 * @param {string} program
 * @param {{ virtualDisplay: boolean }} needs
 */
export async function provideSystemLibraries(report, program, needs) {
  if (process.platform !== 'linux') return
  const missing = missingLibraries((await run('ldd', [program])).output)
  const known = (
    await run('ldconfig', ['-p'], { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } })
  ).stdout
  if (known !== '') missing.push(...OPENED_LATER.filter((name) => !known.includes(name) && !missing.includes(name)))
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const { packages, unknown } = packagesFor(missing, hasTime64Packages(release))
  if (needs.virtualDisplay && !findProgram('Xvfb')) packages.push('xvfb')
  if (packages.length === 0 && unknown.length === 0) return
  report.step('System libraries')
  await installDebianPackages(report, packages, unknown)
}

/**
 * Installs Debian packages when this process may; otherwise throws with the one line that does.
 * @param {Report} report
 * @param {readonly string[]} packages
 * @param {readonly string[]} [unknown] libraries that no known package holds
 */
export async function installDebianPackages(report, packages, unknown = []) {
  const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const listed = [...packages, ...unknown].join(', ')
  const apt = findProgram('apt-get')
  if (!apt || unknown.length > 0) {
    throw new SetupError({
      what: 'finding the system libraries that the window needs',
      why: `missing: ${listed}`,
      fix: apt ? line : `install the packages that hold them with your system's package manager`,
    })
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError({
      what: 'finding the system packages that Patchwork needs',
      why: `missing: ${listed}`,
      fix: line,
    })
  }
  report.note(`installing ${packages.join(', ')} with apt-get`)
  const startedAt = Date.now()
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => run(apt, ['install', '-y', '--no-install-recommends', ...packages], { env })
  let outcome = await install()
  if (outcome.code !== 0) {
    // The lists of packages may be missing or old: the usual state of a fresh container.
    await run(apt, ['update'], { env })
    outcome = await install()
  }
  if (outcome.code !== 0) {
    throw new SetupError({ what: `installing ${packages.join(', ')}`, why: lastLines(outcome.output), fix: line })
  }
  report.done(`installed ${packages.length} system packages`, startedAt)
}
