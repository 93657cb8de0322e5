// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from '../setup/cache.mjs'
import { cacheFolder, root } from '../setup/paths.mjs'
import { SetupError } from '../setup/errors.mjs'
import { lastLines, run } from '../setup/run.mjs'
import { findPython } from '../setup/tensorflow.mjs'

/** @typedef {import('../setup/report.mjs').Report} Report */

const PACKAGES = ['tensorflow-cpu==2.21.0', 'torch==2.15.0', 'pyvips==3.2.0', 'pyvips-binary==8.18.7', 'pillow==13.0.0']
/** It asks for another PyTorch than is measured, of which reading pictures needs nothing. */
const ALONE = ['torchvision==0.29.2']
const NAME = 'peers-2'

/**
 * The path of a program that measures a peer.
 * @param {string} name
 */
export function peerScript(name) {
  return join(root, 'scripts', 'bench', 'peers', name)
}

export const ABSENT = 'Keras and PyTorch are not here to be measured; --with-peers fetches them (about 3 GB).'

/**
 * The Python of an environment with Keras on TensorFlow and PyTorch, kept in the cache outside the project; undefined
 * where it was never made.
 * @param {Report} report
 * @param {boolean} make
 * @returns {Promise<string | undefined>}
 */
export async function providePeers(report, make) {
  const program = join(cacheFolder(), NAME, 'bin', 'python')
  if (existsSync(program)) return program
  if (!make) {
    report.note(ABSENT)
    return undefined
  }
  const python = await findPython()
  if (!python) {
    throw new SetupError({
      what: 'fetching the peers',
      why: 'there is no Python with pip',
      fix: 'apt-get install -y python3-pip python3-venv',
    })
  }
  report.step(`Fetching ${[...PACKAGES, ...ALONE].join(', ')} (about 3 GB; once)`)
  // Moved when it is whole: its `bin/python` finds its packages from wherever it stands.
  const folder = await cached(NAME, async (place) => {
    await runOrFail(python, ['-m', 'venv', place])
    await runOrFail(join(place, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES])
    await runOrFail(join(place, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', ...ALONE])
  })
  return join(folder, 'bin', 'python')
}

/**
 * @param {string} program
 * @param {string[]} parameters
 */
async function runOrFail(program, parameters) {
  const { code, output } = await run(program, parameters)
  if (code === 0) return
  throw new SetupError({ what: 'fetching the peers', why: lastLines(output, 3), fix: 'npm run bench -- --with-peers' })
}
