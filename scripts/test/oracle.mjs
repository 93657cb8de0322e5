// @ts-check
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { waitingFor } from '../setup/build.mjs'
import { cached, dropCached, folderSize, isCached } from '../setup/cache.mjs'
import { SetupError } from '../setup/errors.mjs'
import { withLock } from '../setup/lock.mjs'
import { cacheFolder, target } from '../setup/paths.mjs'
import { showProgress } from '../setup/progress.mjs'
import { errorLine, lastLines, run } from '../setup/run.mjs'
import {
  cpuWheel,
  fetchWheel,
  findPython,
  pythonVersion,
  TENSORFLOW_VERSION,
  wheelEntry,
} from '../setup/tensorflow.mjs'

/** @typedef {import('../setup/report.mjs').Report} Report */

/** The first Keras that TensorFlow 2.21 asks for, and the last that runs on Python 3.10. */
const KERAS = '3.12.0'

const NAME = `oracle-tensorflow-${TENSORFLOW_VERSION}-keras-${KERAS}`

/** What all of it takes once it is unpacked. */
const UNPACKED = 1_400_000_000

/** Fails where something is missing or of another version. */
const PROOF = `
import tensorflow, keras
assert tensorflow.__version__ == '${TENSORFLOW_VERSION}', tensorflow.__version__
assert keras.__version__ == '${KERAS}', keras.__version__
assert float(tensorflow.reduce_sum(keras.ops.ones((2, 3)))) == 6
`

/** The Python of the oracle, if it was made: the one in `PATCHWORK_ORACLE`, else the one in the cache. */
export function findOracle() {
  if (process.env.PATCHWORK_ORACLE) return process.env.PATCHWORK_ORACLE
  const program = programIn(join(cacheFolder(), NAME))
  return isCached(NAME) && existsSync(program) ? program : undefined
}

/**
 * Makes a Python with TensorFlow and Keras, whose results the engine's tests compare with, in the cache and once. Its
 * wheel is the one that set-up took the C library from, where that was for this machine's Python.
 * @param {Report} report
 * @returns {Promise<{ python: string } | { missing: string }>} the program, or why there is none
 */
export async function provideOracle(report) {
  const found = findOracle()
  if (found && existsSync(found)) return { python: found }
  if (target !== 'linux-x64') return { missing: `it is made on Linux on x64 only, and this is ${target}` }
  const python = await findPython()
  if (!python) return { missing: 'there is no Python 3 with pip' }
  const version = await pythonVersion(python)
  const wheel = cpuWheel(version)
  if (!wheel) return { missing: `TensorFlow ${TENSORFLOW_VERSION} has nothing for Python ${version}` }
  try {
    const folder = await withLock(join(cacheFolder(), 'lock'), waitingFor(report), async () => {
      // Its program is the machine's own Python by a link: once that is gone, so is the oracle.
      if (!existsSync(programIn(join(cacheFolder(), NAME)))) await dropCached([NAME])
      const made = await cached(NAME, (folder) => fill(report, python, version, wheel, folder))
      await dropCached([wheelEntry(wheel)])
      return made
    })
    return { python: programIn(folder) }
  } catch (error) {
    if (error instanceof SetupError) return { missing: `${error.what}: ${error.why}` }
    throw error
  }
}

/** @param {string} folder */
function programIn(folder) {
  return join(folder, 'bin', 'python')
}

/**
 * Fills a folder that is moved once it is whole: `bin/python` finds its packages from wherever it stands.
 * @param {Report} report
 * @param {string} python
 * @param {string} version
 * @param {import('../setup/download.mjs').Wheel} wheel
 * @param {string} folder
 */
async function fill(report, python, version, wheel, folder) {
  report.step(`TensorFlow ${TENSORFLOW_VERSION} and Keras ${KERAS} in Python (for the tests: what they compare with)`)
  const file = await fetchWheel(report, python, wheel)
  const startedAt = Date.now()
  await runOrFail(python, ['-m', 'venv', '--without-pip', folder])
  const packages = join(folder, 'lib', `python${version}`, 'site-packages')
  // pip unpacks in a temporary folder and then moves: there it is seen, and on the same disk.
  const temporary = join(folder, 'temporary')
  await mkdir(temporary)
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-compile']
  await showProgress({
    stream: report.stream,
    name: 'unpacking',
    total: () => UNPACKED,
    measure: () => folderSize(folder),
    work: runOrFail(python, [...install, '--only-binary=:all:', '--target', packages, file, `keras==${KERAS}`], {
      TMPDIR: temporary,
    }),
  })
  await rm(temporary, { recursive: true, force: true })
  // A quarter of it are headers for those who extend TensorFlow.
  await rm(join(packages, 'tensorflow', 'include'), { recursive: true, force: true })
  await runOrFail(programIn(folder), ['-c', PROOF], { TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '-1' })
  report.done(`made and tried TensorFlow ${TENSORFLOW_VERSION} and Keras ${KERAS}`, startedAt)
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} [env]
 */
async function runOrFail(program, parameters, env = {}) {
  const { code, output } = await run(program, parameters, { env: { ...process.env, ...env } })
  if (code === 0) return
  throw new SetupError({
    what: 'making the Python that tests compare with',
    why: `${errorLine(output)} (${lastLines(output, 1)})`,
    fix: 'make Python 3 with pip and venv work, and the Python package index reachable',
  })
}
