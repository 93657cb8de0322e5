// @ts-check
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { folderSize } from './cache.mjs'
import { SetupError } from './errors.mjs'
import { formatBytes, showProgress } from './progress.mjs'
import { errorLine, npm, run } from './run.mjs'
import { hashFile } from './stamp.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {{ name: string, version: string, sha512: string, size: number }} NpmPackage `sha512` in base64 */
/**
 * `python` is the version that the wheel is for, else 3.12.
 * @typedef {{
 *   requirement: string,
 *   platforms: readonly string[],
 *   python?: string,
 *   size?: number,
 *   sha256?: string,
 * }} Wheel
 */

/**
 * Fetches an npm package's archive through npm (so registries, proxies and certificates are as the person set them)
 * and checks it against the pinned hash.
 * @param {Report} report
 * @param {NpmPackage} pack
 * @param {string} folder an empty folder
 * @returns {Promise<string>} path of the archive
 */
export async function downloadNpmPackage(report, pack, folder) {
  const spec = `${pack.name}@${pack.version}`
  const { program, first } = npm()
  // A cache of its own makes the download visible: npm writes the stream there, and the archive only at the end.
  const stream = join(folder, 'stream')
  await mkdir(stream)
  const parameters = [...first, 'pack', spec, '--pack-destination', folder, '--cache', stream, '--ignore-scripts']
  const startedAt = Date.now()
  const outcome = await showProgress({
    stream: report.stream,
    name: spec,
    total: () => pack.size,
    measure: () => folderSize(stream),
    work: run(program, [...parameters, '--loglevel', 'error'], { cwd: folder }),
  })
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (outcome.code !== 0 || archive === undefined) {
    throw new SetupError({
      what: `downloading the npm package ${spec}`,
      why: errorLine(outcome.output),
      fix: `make this command work (registry, proxy, network), then run again: npm pack ${spec}`,
    })
  }
  const path = join(folder, archive)
  await checkHash(path, 'sha512', 'base64', pack.sha512, spec)
  const { size } = await stat(path)
  report.done(`downloaded ${spec}, ${formatBytes(size)}`, startedAt)
  return path
}

/**
 * Fetches a wheel from the Python package index through pip. The flags make the choice independent of the machine's
 * own Python and platform.
 * @param {Report} report
 * @param {string} python
 * @param {Wheel} wheel
 * @param {string} folder an empty folder
 * @returns {Promise<string>} path of the wheel
 */
export async function downloadWheel(report, python, wheel, folder) {
  const temporary = join(folder, 'stream')
  await mkdir(temporary)
  const startedAt = Date.now()
  let total = wheel.size ?? 0
  const outcome = await showProgress({
    stream: report.stream,
    name: wheel.requirement,
    total: () => total,
    measure: () => folderSize(folder),
    work: run(python, pipDownload(wheel, folder), {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
      onOutput: (text) => (total = wheel.size ?? announcedSize(text) ?? total),
    }),
  })
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'))
  if (outcome.code !== 0 || file === undefined) {
    throw new SetupError({
      what: `downloading ${wheel.requirement} from the Python package index`,
      why: errorLine(outcome.output),
      fix: `make this command work (index, proxy, network), then run again: python3 ${pipDownload(wheel, '.').join(' ')}`,
    })
  }
  const path = join(folder, file)
  if (wheel.sha256 !== undefined) await checkHash(path, 'sha256', 'hex', wheel.sha256, wheel.requirement)
  const { size } = await stat(path)
  report.done(`downloaded ${file}, ${formatBytes(size)}`, startedAt)
  return path
}

/**
 * The size pip announces when a download begins: `Downloading x.whl (274.0 MB)`.
 * @param {string} output
 * @returns {number | undefined} bytes
 */
export function announcedSize(output) {
  const [, amount, unit] = /Downloading \S+ \(([\d.]+) ([kMG]?B)\)/.exec(output) ?? []
  if (amount === undefined) return undefined
  const factor = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[unit ?? 'B'] ?? 1
  return Math.round(Number(amount) * factor)
}

/**
 * @param {Wheel} wheel
 * @param {string} folder
 */
export function pipDownload(wheel, folder) {
  const version = wheel.python ?? '3.12'
  const abi = `cp${version.replace('.', '')}`
  return [
    ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-cache-dir', '--no-deps'],
    ...['--only-binary=:all:', '--python-version', version, '--implementation', 'cp', '--abi', abi],
    ...wheel.platforms.flatMap((platform) => ['--platform', platform]),
    ...['--dest', folder, wheel.requirement],
  ]
}

/**
 * @param {string} path
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @param {string} expected
 * @param {string} name
 */
async function checkHash(path, algorithm, encoding, expected, name) {
  const found = await hashFile(path, algorithm, encoding)
  if (found === expected) return
  throw new SetupError({
    what: `checking the download of ${name}`,
    why: `its ${algorithm} is ${found}, but ${expected} was expected: the file is damaged or was exchanged on the way`,
    fix: 'run the command again; if it happens twice, do not use this source of packages',
  })
}
