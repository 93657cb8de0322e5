// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf, readCopyright } from './copyright.mjs'

/** The licences whose clips may ship; none asks anything of the program beside them. */
const allowed = /^(CC0(-1\.0)?|CC-BY-[34]\.0|CC-BY-SA-[34]\.0|MIT|BSD-3-Clause)$/

/**
 * What to know of a package: who made its clips and under which licence, told here or by its copyright file, in which
 * paths stand as they were in the source. Packages that are not here do not ship: under the GPL, LGPL or MPL, or (the
 * Italian voice of Menardi and Dal Zot) with a condition on what the program shows.
 * @type {Readonly<Record<string, { readonly licences: string | null } & (
 *   { readonly authors: string, readonly licence: string } | { readonly path: (installed: string) => string })>>}
 */
const packages = {
  'asterisk-core-sounds-en-wav': core('Allison Smith', 'CC-BY-SA-3.0'),
  'asterisk-core-sounds-es-wav': core('Allison Smith', 'CC-BY-SA-3.0'),
  'asterisk-core-sounds-fr-wav': core('June Wallack', 'CC-BY-SA-3.0'),
  'asterisk-core-sounds-it-wav': core('Carlo Flora (http://www.segreterietelefoniche.it)', 'CC-BY-3.0'),
  'asterisk-core-sounds-ru-wav': core('Maxim Topal (http://www.ivrvoice.ru)', 'CC-BY-3.0'),
  'asterisk-prompt-fr-armelle': {
    licences: 'asterisk-prompt-fr-armelle',
    authors: 'Michel Gutierrez; voice: Armelle Desjardins',
    licence: 'BSD-3-Clause',
  },
  'free-spoken-digit-dataset': {
    licences: null,
    authors: 'Zohar Jackson and the speakers of the Free Spoken Digit Dataset',
    licence: 'CC-BY-SA-4.0',
  },
  'asterisk-moh-opsound-wav': {
    licences: 'asterisk-moh-opsound-wav',
    authors: 'Paul Shuler (Macroform); Manolo Camp; Reno Project',
    licence: 'CC-BY-SA-3.0',
  },
  scratch: { licences: 'scratch', path: (path) => path.replace(/^.*\/scratch\/Media/, 'Media') },
  'lomiri-sounds': { licences: 'lomiri-sounds', path: (path) => path.replace(/^usr\//, '') },
  'minetest-data': {
    licences: 'minetest-data',
    path: (path) => path.replace(/^.*\/games\/minetest_game\//, 'mtg/'),
  },
  'sonic-pi-samples': { licences: 'sonic-pi-samples', path: (path) => path.replace(/^.*\/samples\//, 'etc/samples/') },
  'sound-theme-freedesktop': {
    licences: 'sound-theme-freedesktop',
    path: (path) => path.replace(/^.*\/stereo/, 'stereo'),
  },
  'yaru-theme-sound': { licences: 'yaru-theme-sound', path: (path) => path.replace(/^.*\/Yaru/, 'sounds') },
}

/** @param {string} authors @param {string} licence */
function core(authors, licence) {
  return { licences: 'asterisk-core-sounds', authors, licence }
}

/**
 * @typedef {object} Clip
 * @property {string} file
 * @property {string} label
 * @property {string} part
 * @property {string} voice
 * @property {string} source
 * @property {string} second
 * @property {boolean} padded
 * @property {string} authors
 * @property {string} licence
 * @property {string | null} licences the name of the copyright file
 */

/** The clips of the full set that may ship, with whose they are. @param {string} folder @returns {Clip[]} */
export function clipsOf(folder) {
  const [, ...rows] = readFileSync(join(folder, 'SOURCES.csv'), 'utf8').trim().split(/\r?\n/)
  return rows.flatMap((row) => {
    const [file = '', label = '', part = '', voice = '', source = '', second = '', padded] = row.split(',')
    const holder = holderIn(folder, source)
    if (!holder || !allowed.test(holder.licence)) return []
    return [{ file, label, part, voice, source, second, padded: padded === '1', ...holder }]
  })
}

/** @type {Map<string, ReturnType<typeof readCopyright>>} */
const read = new Map()

/** @param {string} folder @param {string} source */
function holderIn(folder, source) {
  const [name = '', ...rest] = source.split('/')
  const known = packages[name]
  if (!known) return undefined
  if (!('path' in known)) return known
  const path = join(folder, 'licences', `${known.licences}.copyright.txt`)
  const paragraphs = read.get(path) ?? readCopyright(readFileSync(path, 'utf8'))
  read.set(path, paragraphs)
  const holder = holderOf(paragraphs, known.path(rest.join('/')))
  return holder && { authors: holder.authors, licence: holder.licence, licences: known.licences }
}
