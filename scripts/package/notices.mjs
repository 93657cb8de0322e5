// @ts-check
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../setup/paths.mjs'

/**
 * Something of others that a package brings along. `identifier` is its licence as npm names it, `text` what it says, `""`
 * where the package itself brings no text.
 * @typedef {{ name: string, version: string, identifier: string, source: string, text: string }} Notice
 */

/** Where each build leaves what Vite found in its bundles (`build.license`). */
const bundled = ['main', 'preload', 'renderer'].map((build) => join(root, 'out', build, 'licences.json'))

/** All that is in a package and not Patchwork's own, in the order of the names. */
export async function collectNotices() {
  const lists = await Promise.all([...bundled.map(bundledNotices), installedNotices(), noticesWithin()])
  return mergeNotices(lists.flat())
}

/**
 * Each name and version once, in order.
 * @param {readonly Notice[]} notices
 * @returns {Notice[]}
 */
export function mergeNotices(notices) {
  const known = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  return [...known.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/**
 * The file that a package carries: a list of all, then the text of each.
 * @param {readonly Notice[]} notices
 */
export function formatNotices(notices) {
  const title = (/** @type {Notice} */ { name, version }) => [name, version].filter(Boolean).join(' ')
  const list = notices.map((notice) => `- ${title(notice)}: ${notice.identifier}`)
  const texts = notices.map(
    (notice) => `${'='.repeat(80)}\n${title(notice)}\n${notice.identifier}\n${notice.source}\n\n${notice.text}`,
  )
  return `Patchwork contains the work of others, under these licences:\n\n${list.join('\n')}\n\n${texts.join('\n\n')}\n`
}

/**
 * @param {string} path
 * @returns {Promise<Notice[]>}
 */
async function bundledNotices(path) {
  /** @type {{ name: string, version?: string, identifier?: string | null, text?: string | null }[]} */
  const found = JSON.parse(await readFile(path, 'utf8'))
  return found.map(({ name, version = '', identifier, text }) => notice(name, version, identifier, text))
}

/** What stays outside the bundles: the packages that the lock file does not call development's, where they are installed. */
async function installedNotices() {
  /** @type {{ packages: Record<string, { version?: string, license?: string, dev?: boolean, devOptional?: boolean }> }} */
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const installed = Object.entries(lock.packages).filter(
    ([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional && existsSync(join(root, place)),
  )
  return Promise.all(
    installed.map(async ([place, { version = '', license }]) => {
      const name = place.split('node_modules/').at(-1) ?? place
      return notice(name, version, license, await licenceText(join(root, place)))
    }),
  )
}

/** @param {string} folder */
async function licenceText(folder) {
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => text.trim()).join('\n\n')
}

/** Libraries that packages contain in compiled form and do not name in their own licence. */
async function noticesWithin() {
  const folder = join(root, 'assets', 'licences')
  /** @type {{ name: string, within: string, identifier: string, source: string, text?: string }[]} */
  const listed = JSON.parse(await readFile(join(folder, 'within-packages.json'), 'utf8'))
  return Promise.all(
    listed.map(async ({ name, within, identifier, source, text }) => ({
      name: `${name} (in ${within})`,
      version: '',
      identifier,
      source,
      text: text === undefined ? '' : await readFile(join(folder, text), 'utf8'),
    })),
  )
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string | null | undefined} identifier
 * @param {string | null | undefined} text
 * @returns {Notice}
 */
function notice(name, version, identifier, text) {
  const source = `https://www.npmjs.com/package/${name}`
  return { name, version, identifier: identifier ?? 'not stated', source, text: text ?? '' }
}
