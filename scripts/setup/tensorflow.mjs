// @ts-check
import { existsSync } from 'node:fs'
import { readdir, rename, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cached, dropCached, isCached, withTemporaryFolder } from './cache.mjs'
import { downloadWheel } from './download.mjs'
import { SetupError } from './errors.mjs'
import { findProgram, lastLines, run } from './run.mjs'
import { readWheelMetadata, requirementsOfExtra, unpackWheel } from './wheel.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {'cpu' | 'gpu'} Device */
/** @typedef {{ version: string, device: Device, libraries: string, headers: string }} TensorFlow */

export const TENSORFLOW_VERSION = '2.21.0'

/** What TensorFlow's wheels are made for: Linux on x64 with glibc 2.27 or newer. */
const PLATFORMS = ['manylinux_2_27_x86_64']

/** NVIDIA's wheels are made for several platforms that such a system can run; pip takes only those it is told. */
const NVIDIA_PLATFORMS = ['2_27', '2_25', '2_17', '2_12', '2_5'].map((glibc) => `manylinux_${glibc}_x86_64`)

/** TensorFlow for the CPU: a wheel for each Python, all with the same C library. */
const CPU_HASHES = {
  310: 'd143e92f5c0661cdfa26eaca8f73cd2efd0ec53a68af8dec82f584ba8eb14b83',
  311: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  312: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  313: '05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793',
}

const GPU_WHEEL = {
  requirement: `tensorflow==${TENSORFLOW_VERSION}`,
  platforms: PLATFORMS,
  sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
}

/**
 * The wheel for the CPU that a Python of this version can also import; undefined where TensorFlow has none for it.
 * @param {string} version such as `3.11`
 * @returns {import('./download.mjs').Wheel | undefined}
 */
export function cpuWheel(version) {
  const [, sha256] = Object.entries(CPU_HASHES).find(([digits]) => digits === version.replace('.', '')) ?? []
  if (sha256 === undefined) return undefined
  return {
    requirement: `tensorflow-cpu==${TENSORFLOW_VERSION}`,
    platforms: PLATFORMS,
    python: version,
    size: 274_000_000,
    sha256,
  }
}

/** The C API's headers and what they include; the wheel has 240 MB more that no addon reads. */
const HEADERS = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
]

/** Licences of the parts in the library; packages of Patchwork carry it on. */
const NOTICES = 'tensorflow/THIRD_PARTY_NOTICES.txt'

const LIBRARIES = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2']

/** The names that the addon's build file links with, and what they stand for. */
const LINK_NAMES = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
}

/**
 * The processor to provision for: what was asked for, else the GPU where NVIDIA's driver answers.
 * @param {Device | undefined} asked
 * @returns {Promise<Device>}
 */
export async function chooseDevice(asked) {
  if (asked) return asked
  // One of these is there whenever a driver is (the second in Windows's Linux); asking nvidia-smi takes a second, so only
  // then.
  const traces = ['/proc/driver/nvidia/version', '/dev/dxg']
  if (process.platform !== 'linux' || !traces.some((trace) => existsSync(trace))) return 'cpu'
  return (await run('nvidia-smi', ['-L'])).code === 0 ? 'gpu' : 'cpu'
}

/** @param {Device} device */
function entryName(device) {
  return `tensorflow-${device}-${TENSORFLOW_VERSION}-linux-x64`
}

/** @param {Device} device */
export function isTensorFlowCached(device) {
  return isCached(entryName(device))
}

/**
 * Provides TensorFlow's C library and headers from the Python package index, unpacked into the cache.
 * @param {Report} report
 * @param {string} python
 * @param {Device} device
 * @returns {Promise<TensorFlow>}
 */
export async function provideTensorFlow(report, python, device) {
  const name = entryName(device)
  /** @type {import('./download.mjs').Wheel[]} */
  const unpacked = []
  report.step(`TensorFlow ${TENSORFLOW_VERSION} (${device === 'gpu' ? 'NVIDIA GPU' : 'CPU'})`)
  if (isCached(name)) report.note('It is in the cache.')
  const entry = await cached(name, async (folder) => {
    const chosen = await chooseWheel(python, device)
    const wheel = await fetchWheel(report, python, chosen)
    await unpackWheel(python, wheel, folder, { keep: [...HEADERS, ...LIBRARIES, NOTICES] })
    const cuda = device === 'gpu' ? await addCuda(report, python, wheel, folder) : []
    const libraries = join(folder, 'tensorflow')
    await stripSymbols(report, libraries)
    for (const [link, file] of Object.entries(LINK_NAMES)) await symlink(file, join(libraries, link))
    unpacked.push(...(device === 'gpu' ? [chosen, ...cuda] : []))
  })
  // Only once all of it is unpacked for good: a set-up that broke off goes on with the wheels it had. The wheel for the
  // CPU stays until `npm test` has made of it the Python that it compares with, else it would be downloaded twice.
  await dropCached(unpacked.map(wheelEntry))
  const libraries = join(entry, 'tensorflow')
  return { version: TENSORFLOW_VERSION, device, libraries, headers: join(libraries, 'include') }
}

/**
 * @param {string} python
 * @param {Device} device
 * @returns {Promise<import('./download.mjs').Wheel>}
 */
async function chooseWheel(python, device) {
  if (device === 'gpu') return GPU_WHEEL
  const wheel = cpuWheel(await pythonVersion(python)) ?? cpuWheel('3.12')
  if (!wheel) throw new Error('There is no wheel of TensorFlow to take')
  return wheel
}

/**
 * Lays NVIDIA's libraries beside TensorFlow as Python's site-packages would, where its run paths
 * (`$ORIGIN/../nvidia/...`) look for them.
 * @param {Report} report
 * @param {string} python
 * @param {string} wheel
 * @param {string} folder
 * @returns {Promise<import('./download.mjs').Wheel[]>} what was added
 */
async function addCuda(report, python, wheel, folder) {
  const requirements = requirementsOfExtra(await readWheelMetadata(python, wheel), 'and-cuda')
  if (requirements.length === 0) {
    throw new SetupError({
      what: 'reading which NVIDIA libraries TensorFlow needs',
      why: `the wheel tensorflow ${TENSORFLOW_VERSION} lists none under its extra "and-cuda"`,
      fix: 'run again with: npm start -- --device cpu',
    })
  }
  const wheels = requirements.map((requirement) => ({ requirement, platforms: NVIDIA_PLATFORMS }))
  for (const wheel of wheels) {
    const part = await fetchWheel(report, python, wheel)
    await unpackWheel(python, part, folder, { keep: ['nvidia/'], leave: ['/include/'] })
  }
  return wheels
}

/**
 * Gives a wheel from the cache, downloaded into it if need be.
 * @param {Report} report
 * @param {string} python
 * @param {import('./download.mjs').Wheel} wheel
 */
export async function fetchWheel(report, python, wheel) {
  const entry = await cached(wheelEntry(wheel), async (folder) => {
    await withTemporaryFolder(async (temporary) => {
      const path = await downloadWheel(report, python, wheel, temporary)
      await rename(path, join(folder, basename(path)))
    })
  })
  const file = (await readdir(entry)).find((name) => name.endsWith('.whl'))
  return join(entry, file ?? '')
}

/**
 * The name of a wheel's cache entry.
 * @param {import('./download.mjs').Wheel} wheel
 */
export function wheelEntry({ requirement, python }) {
  const name = `wheel-${requirement.replaceAll(/[^\w.]+/g, '-')}`
  return python ? `${name}-python-${python}` : name
}

/**
 * Removes symbols that only a debugger reads: a quarter of the library's size.
 * @param {Report} report
 * @param {string} folder
 */
async function stripSymbols(report, folder) {
  const strip = findProgram('strip')
  if (!strip) {
    report.note('`strip` is not installed: the library stays 200 MB larger, with no other harm.')
    return
  }
  const startedAt = Date.now()
  const files = LIBRARIES.map((library) => join(folder, '..', library))
  const outcome = await run(strip, ['--strip-unneeded', ...files])
  if (outcome.code !== 0) report.note(`stripping the library did not work (no harm): ${lastLines(outcome.output, 1)}`)
  else report.done('stripped debugging symbols', startedAt)
}

/**
 * A Python's version, such as `3.11`; empty where it cannot be asked.
 * @param {string} python
 */
export async function pythonVersion(python) {
  const { code, stdout } = await run(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])
  return code === 0 ? stdout.trim() : ''
}

/**
 * A Python with pip, if there is one.
 * @returns {Promise<string | undefined>}
 */
export async function findPython() {
  for (const name of ['python3', 'python']) {
    const path = findProgram(name)
    if (path && (await run(path, ['-m', 'pip', '--version'])).code === 0) return path
  }
  return undefined
}
