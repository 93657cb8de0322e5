// @ts-check
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { cli, runCall, withFolder } from '../contenders.mjs'
import { lastLines } from '../../setup/run.mjs'
import { peerScript } from '../peers.mjs'

/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */

const CLASSES = 10
const FILES = 12_000
/** Every picture is brought to this many pixels each way. */
const SIDE = 64

/**
 * How many pictures a second come in from class folders of 12,000 JPEG files of many sizes, each brought to 64 × 64. Ours
 * also looks for duplicates and keeps the pictures on disk; the peers only decode and resize. All read the same files.
 * @param {string | undefined} python with Keras, torchvision and libvips
 * @returns {Row}
 */
export function importRow(python) {
  const peers = [
    { name: 'Keras, image_dataset_from_directory', way: 'keras' },
    { name: 'torchvision, ImageFolder with 2 workers', way: 'torchvision' },
    { name: 'libvips, a bare loop', way: 'libvips' },
  ]
  const pictures = sharedPictures()
  return {
    name: 'import',
    title: `Importing ${FILES.toLocaleString('en')} JPEG files in class folders`,
    unit: 'pictures/s',
    better: 'higher',
    contenders: [
      contender('Patchwork', () => withFolder(async (folder) => ours(await pictures.folder(), join(folder, 'set')))),
      ...(python
        ? peers.map(({ name, way }) => contender(name, async () => peer(python, way, await pictures.folder())))
        : []),
    ],
    end: pictures.remove,
  }
}

/**
 * @param {string} name
 * @param {() => Promise<number>} seconds
 * @returns {Contender}
 */
function contender(name, seconds) {
  return { name, run: async () => [{ name, value: FILES / (await seconds()) }] }
}

/** The files, which are written when the first contender asks for them: that takes longer than to read them. */
function sharedPictures() {
  /** @type {Promise<string> | undefined} */
  let made
  const make = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patchwork-bench-pictures-'))
    await writePictures(folder)
    return folder
  }
  return {
    folder: () => (made ??= make()),
    remove: async () => {
      const folder = await made?.catch(() => undefined)
      if (folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** @param {string} pictures @param {string} set where the data set is made */
async function ours(pictures, set) {
  const where = [pictures, '--out', set, '--size', `${SIDE}x${SIDE}`]
  const { stdout } = await runCall({ program: process.execPath, parameters: [cli, 'import', ...where, '--json'] })
  return JSON.parse(lastLines(stdout, 1)).seconds
}

/** @param {string} python @param {string} way @param {string} pictures */
async function peer(python, way, pictures) {
  const parameters = [peerScript('import_pictures.py'), way, pictures, String(SIDE)]
  const { stdout } = await runCall({ program: python, parameters })
  return JSON.parse(lastLines(stdout, 1)).seconds
}

/** Soft blobs of colour with some noise: JPEG files of 64 to 160 pixels each way, as photographs made small are. @param {string} folder */
async function writePictures(folder) {
  for (let n = 0; n < CLASSES; n++) await mkdir(join(folder, `class-${n}`), { recursive: true })
  for (let n = 0; n < FILES; n++) {
    const [width, height] = [64 + ((n * 37) % 97), 64 + ((n * 53) % 97)]
    const jpeg = Transformer.fromRgbaPixels(blobs(n, width, height), width, height).jpegSync(90)
    await writeFile(join(folder, `class-${n % CLASSES}`, `${n}.jpg`), jpeg)
  }
}

/** @param {number} seed @param {number} width @param {number} height */
function blobs(seed, width, height) {
  const pixels = new Uint8Array(width * height * 4)
  let noise = seed + 1
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0
      for (let channel = 0; channel < 3; channel++) {
        const wave = Math.sin((x * (1 + (seed % 7))) / 23 + channel) + Math.cos((y * (1 + (seed % 5))) / 19 - channel)
        pixels[at + channel] = 128 + 48 * wave + (noise >>> 28)
      }
      pixels[at + 3] = 255
    }
  }
  return pixels
}
