// @ts-check
/**
 * Makes the sample sets in assets/datasets from the folders of real data that development has: `node
 * scripts/sample-sets/make.mjs <folder with speech/ and volumes/>`. The same data gives the same files. Not needed to run
 * Patchwork, which ships what this made.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../setup/paths.mjs'
import { encodeFlac } from './flac.mjs'
import { speechNotice, volumesNotice } from './notices.mjs'
import { clipsOf } from './speech-sources.mjs'
import { zip } from './zip.mjs'

/** @typedef {import('./speech-sources.mjs').Clip} Clip */

const labels = ['speech', 'other']
/** Clips of each class: as many as 8 MB hold. */
const wanted = { train: 316, test: 79 }
const mostBytes = 8_000_000
/** As in the full set, so that silence does not give the class away. */
const paddedShare = 1 / 4

const [given] = process.argv.slice(2)
if (given === undefined) throw new Error('Name the folder with speech/ and volumes/')
const data = resolve(given)
makeSpeech(join(data, 'speech'), emptied('speech'))
makeVolumes(join(data, 'volumes'), emptied('volumes'))

/** @param {string} name */
function emptied(name) {
  const folder = join(root, 'assets', 'datasets', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** @param {string} from @param {string} to */
function makeSpeech(from, to) {
  const clips = chosen(clipsOf(from))
  refuseShared(clips)
  const files = clips.map(({ file }) => ({
    name: file.replace(/\.wav$/, '.flac'),
    bytes: encodeFlac(...soundIn(join(from, file))),
  }))
  const archive = zip(files)
  if (archive.length > mostBytes) throw new Error(`The set has ${archive.length} bytes`)
  writeFileSync(join(to, 'speech.zip'), archive)
  writeFileSync(join(to, 'sources.csv'), table(clips))
  writeFileSync(join(to, 'NOTICE.txt'), speechNotice(clips, wanted))
  mkdirSync(join(to, 'licences'))
  for (const name of new Set(clips.flatMap(({ licences }) => licences ?? []))) {
    copyFileSync(join(from, 'licences', `${name}.copyright.txt`), join(to, 'licences', `${name}.txt`))
  }
  console.log(`speech: ${clips.length} clips, ${archive.length} bytes`)
}

/** Of every class and part, padded or not, so many; of the packages in turn, for variety. @param {readonly Clip[]} clips */
function chosen(clips) {
  return Object.entries(wanted).flatMap(([part, count]) =>
    labels.flatMap((label) => {
      const padded = Math.round(count * paddedShare)
      const own = clips.filter((clip) => clip.part === part && clip.label === label)
      const both = [
        ...inTurn(own.filter((clip) => clip.padded)).slice(0, padded),
        ...inTurn(own.filter((clip) => !clip.padded)).slice(0, count - padded),
      ]
      if (both.length < count) throw new Error(`${part}/${label} has ${both.length} clips of ${count}`)
      return both.sort((one, other) => (one.file < other.file ? -1 : 1))
    }),
  )
}

/** The first of every package, then the second of every package, … @param {readonly Clip[]} clips */
function inTurn(clips) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  const turns = clips.map((clip) => {
    const [name = ''] = clip.source.split('/')
    const turn = counts.get(name) ?? 0
    counts.set(name, turn + 1)
    return { clip, turn }
  })
  return turns.sort((one, other) => one.turn - other.turn).map(({ clip }) => clip)
}

/** @param {readonly Clip[]} clips */
function refuseShared(clips) {
  const parts = new Map(clips.map(({ source, part }) => [source, part]))
  const shared = clips.find(({ source, part }) => parts.get(source) !== part)
  if (shared) throw new Error(`${shared.source} is in both parts`)
}

/** Samples and rate of a WAV file of 16 bits and one channel, whose header has 44 bytes. @param {string} path @returns {[Int16Array, number]} */
function soundIn(path) {
  const bytes = readFileSync(path)
  const plain = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 36, 40) === 'data'
  if (!plain || bytes.readUInt16LE(22) !== 1 || bytes.readUInt16LE(34) !== 16)
    throw new Error(`Unexpected form: ${path}`)
  const count = bytes.readUInt32LE(40) / 2
  return [Int16Array.from({ length: count }, (_, n) => bytes.readInt16LE(44 + 2 * n)), bytes.readUInt32LE(24)]
}

/** @param {readonly Clip[]} clips */
function table(clips) {
  const head = ['file', 'class', 'part', 'source', 'second', 'padded', 'licence', 'authors']
  const rows = clips.map(({ file, label, part, source, second, padded, licence, authors }) => [
    file.replace(/\.wav$/, '.flac'),
    label,
    part,
    source,
    second,
    padded ? '1' : '0',
    licence,
    authors,
  ])
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
}

/** @param {string} text */
function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** @param {string} from @param {string} to */
function makeVolumes(from, to) {
  copyFileSync(join(from, 'adrenalmnist3d.npz'), join(to, 'adrenalmnist3d.npz'))
  writeFileSync(join(to, 'classes.txt'), 'normal\nhyperplasia\n')
  writeFileSync(join(to, 'NOTICE.txt'), volumesNotice)
}
