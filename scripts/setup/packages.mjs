// @ts-check
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { folderSize } from './cache.mjs'
import { SetupError } from './errors.mjs'
import { nodeModules, root } from './paths.mjs'
import { formatBytes, showProgress } from './progress.mjs'
import { lastLines, npm, run } from './run.mjs'
import { hashFile } from './stamp.mjs'

/** @typedef {import('./report.mjs').Report} Report */

/**
 * What a lockfile says of one folder.
 * @typedef {{ version?: string, os?: string[], cpu?: string[], libc?: string[], optional?: boolean }} Locked
 */

/** @returns {Promise<string>} */
export function hashLockfile() {
  return hashFile(join(root, 'package-lock.json'), 'sha256', 'hex')
}

/**
 * Whether a version of Node satisfies `^20.19.0 || >=22.12.0`.
 * @param {string} version such as `20.19.1`
 */
export function isNodeSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
}

/** Refuses a Node that cannot run the tools, before anything else is tried. */
export function checkNode() {
  if (isNodeSupported(process.versions.node)) return
  throw new SetupError({
    what: 'checking the version of Node.js',
    why: `this is ${process.versions.node}; Patchwork needs 20.19 or newer in the 20 line, or 22.12 or newer`,
    fix: 'install a current Node.js (https://nodejs.org, or: nvm install 22) and run the command again',
  })
}

/**
 * Installs the npm packages when they are missing or not the ones in the lockfile.
 * @param {Report} report
 */
export async function providePackages(report) {
  const locked = await readPackages(join(root, 'package-lock.json'))
  const installed = await readPackages(join(nodeModules, '.package-lock.json')).catch(() => undefined)
  if (installed && isInstalled(locked, installed)) return
  report.step(installed ? 'npm packages (the lockfile has changed)' : 'npm packages')
  const startedAt = Date.now()
  const names = foldersFor(locked, process.platform, process.arch)
  const size = createSizeMeter(names)
  const { program, first } = npm()
  const outcome = await showProgress({
    stream: report.stream,
    name: 'npm ci',
    total: () => names.length,
    measure: size.measure,
    format: (count) => `${count}`,
    suffix: () => ` packages, ${formatBytes(size.bytes())}`,
    work: run(program, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: root }),
  })
  if (outcome.code !== 0) {
    throw new SetupError({ what: 'installing the npm packages', why: lastLines(outcome.output), fix: 'npm ci' })
  }
  report.done(`installed ${names.length} packages, ${formatBytes(await folderSize(nodeModules))}`, startedAt)
}

/**
 * @param {string} path of a lockfile: the project's, or the one npm leaves in node_modules when it has finished
 * @returns {Promise<Record<string, Locked>>}
 */
async function readPackages(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages ?? {}
}

/**
 * Whether what is installed is what the lockfile asks for: all of it (but optional packages, which npm leaves out where
 * they do not suit the computer), in the same versions, and nothing else.
 * @param {Record<string, Locked>} locked
 * @param {Record<string, Locked>} installed
 */
export function isInstalled(locked, installed) {
  const asked = Object.entries(locked).filter(([folder]) => folder !== '')
  const complete = asked.every(([folder, { version, optional }]) => {
    const found = installed[folder]
    return found ? found.version === version : optional === true
  })
  return complete && Object.keys(installed).every((folder) => folder === '' || folder in locked)
}

/**
 * Folders of a lockfile, without the optional packages made for other computers.
 * @param {Record<string, Locked>} packages
 * @param {string} os
 * @param {string} cpu
 */
export function foldersFor(packages, os, cpu) {
  return Object.entries(packages)
    .filter(([folder, entry]) => folder !== '' && suits(entry.os, os) && suits(entry.cpu, cpu))
    .map(([folder]) => folder)
}

/**
 * @param {string[] | undefined} list names that suit, or names with `!` that do not
 * @param {string} value
 */
function suits(list, value) {
  if (list === undefined) return true
  return list.includes(value) || (list.every((name) => name.startsWith('!')) && !list.includes(`!${value}`))
}

/**
 * Counts the packages that are there, and their bytes; a folder is measured once, when it appears.
 * @param {readonly string[]} folders
 */
function createSizeMeter(folders) {
  const waiting = new Set(folders)
  let bytes = 0
  return {
    bytes: () => bytes,
    measure: async () => {
      for (const folder of [...waiting]) {
        if (!existsSync(join(root, folder, 'package.json'))) continue
        waiting.delete(folder)
        bytes += await folderSize(join(root, folder))
      }
      return folders.length - waiting.size
    },
  }
}
