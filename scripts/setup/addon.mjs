// @ts-check
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackTar } from './archive.mjs'
import { cached, isCached, withTemporaryFolder } from './cache.mjs'
import { downloadNpmPackage } from './download.mjs'
import { SetupError } from './errors.mjs'
import { nodeModules, target } from './paths.mjs'
import { errorLine, findProgram, lastLines, run } from './run.mjs'
import { TENSORFLOW_VERSION } from './tensorflow.mjs'

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('./tensorflow.mjs').TensorFlow} TensorFlow */

export const addonPackage = join(nodeModules, '@tensorflow', 'tfjs-node-gpu')

/** The Node-API version in the name of the folder where the package looks for its addon. */
const NAPI = 8
const BINDING = join('lib', `napi-v${NAPI}`, 'tfjs_binding.node')

/**
 * Node-API's C headers. The addon includes no others, so it is built from these wherever it is built: no headers of
 * the running Node need be found or downloaded.
 */
const HEADERS = {
  name: 'node-api-headers',
  version: '1.9.0',
  sha512: '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  size: 16_974,
}

/** What node-gyp wants to find beside headers; Node's own has switches for building Node itself. */
const COMMON_GYPI = `{
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': { 'Release': {}, 'Debug': {} },
    'cflags': ['-fPIC', '-O2', '-w'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-fno-rtti'],
  },
}
`

async function entryName() {
  const { version } = JSON.parse(await readFile(join(addonPackage, 'package.json'), 'utf8'))
  return `tfjs-addon-${version}-tensorflow-${TENSORFLOW_VERSION}-napi${NAPI}-${target}`
}

export async function isAddonCached() {
  return isCached(await entryName())
}

/**
 * Builds the addon of tfjs-node-gpu from its own sources against a TensorFlow library, or takes the earlier build from
 * the cache, and puts it into the package together with links to library and headers.
 * @param {Report} report
 * @param {TensorFlow} tensorflow
 * @returns {Promise<string>} the addon's path
 */
export async function provideAddon(report, tensorflow) {
  const name = await entryName()
  report.step('TensorFlow.js addon')
  if (isCached(name)) report.note('It is in the cache.')
  const entry = await cached(name, (folder) => buildAddon(report, tensorflow, folder))
  return placeAddon(join(entry, 'tfjs_binding.node'), tensorflow)
}

/**
 * @param {Report} report
 * @param {TensorFlow} tensorflow
 * @param {string} folder
 */
async function buildAddon(report, tensorflow, folder) {
  await withTemporaryFolder(async (temporary) => {
    const headers = await fetchHeaders(report, temporary)
    const startedAt = Date.now()
    const sources = join(temporary, 'sources')
    await mkdir(sources)
    for (const part of ['binding', 'binding.gyp', 'package.json']) {
      await cp(join(addonPackage, part), join(sources, part), { recursive: true })
    }
    await linkLibrary(sources, tensorflow)
    const outcome = findProgram('make')
      ? await compileWithGyp(sources, headers)
      : await compileDirectly(sources, join(headers, 'include', 'node'))
    if (outcome.code !== 0 || !existsSync(join(sources, BINDING))) {
      throw new SetupError({
        what: 'building the TensorFlow.js addon',
        why: lastLines(outcome.output, 12),
        fix: 'install a C++17 compiler and make (Debian: sudo apt-get install -y g++ make) and run the command again',
      })
    }
    await rename(join(sources, BINDING), join(folder, 'tfjs_binding.node'))
    report.done('built', startedAt)
  })
}

/**
 * @param {Report} report
 * @param {string} temporary
 * @returns {Promise<string>} a folder laid out as Node's own headers are
 */
async function fetchHeaders(report, temporary) {
  const folder = join(temporary, 'headers')
  const place = join(folder, 'include', 'node')
  const download = join(temporary, 'download')
  await mkdir(place, { recursive: true })
  await mkdir(download)
  const archive = await downloadNpmPackage(report, HEADERS, download)
  await unpackTar(archive, download)
  await cp(join(download, 'package', 'include'), place, { recursive: true })
  await writeFile(join(place, 'common.gypi'), COMMON_GYPI)
  return folder
}

/**
 * @param {string} sources
 * @param {string} headers
 */
function compileWithGyp(sources, headers) {
  const script = join(nodeModules, '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp')
  const env = { ...process.env, npm_config_node_gyp: join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js') }
  return run(process.execPath, [script, 'install', '--build-from-source', `--nodedir=${headers}`], {
    cwd: sources,
    env,
  })
}

/**
 * The same build without `make`, for machines that have a compiler only.
 * @param {string} sources
 * @param {string} headers
 */
async function compileDirectly(sources, headers) {
  await mkdir(join(sources, BINDING, '..'), { recursive: true })
  return run(
    process.env.CXX ?? findCompiler() ?? 'g++',
    [
      ...['-shared', '-fPIC', '-O2', '-w', '-std=gnu++17', '-fno-exceptions', '-fno-rtti'],
      ...[`-DNAPI_VERSION=${NAPI}`, `-I${headers}`, '-I..', '-Ideps/include', '-o', BINDING],
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-Ldeps/lib', '-ltensorflow', '-ltensorflow_framework'],
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
    ],
    { cwd: sources },
  )
}

/** A C++ compiler on the search path, if there is one. */
export function findCompiler() {
  return process.env.CXX ?? findProgram('g++') ?? findProgram('c++') ?? findProgram('clang++')
}

/**
 * @param {string} binding
 * @param {TensorFlow} tensorflow
 */
async function placeAddon(binding, tensorflow) {
  await linkLibrary(addonPackage, tensorflow)
  const place = join(addonPackage, BINDING)
  await mkdir(join(place, '..'), { recursive: true })
  await cp(binding, place)
  return place
}

/**
 * `deps/lib` is a link to the library's folder as a whole: the loader follows it before it goes up to `../nvidia`.
 * @param {string} folder
 * @param {TensorFlow} tensorflow
 */
async function linkLibrary(folder, tensorflow) {
  const deps = join(folder, 'deps')
  await rm(deps, { recursive: true, force: true })
  await mkdir(deps)
  await symlink(tensorflow.libraries, join(deps, 'lib'))
  await symlink(tensorflow.headers, join(deps, 'include'))
}

/**
 * The package's own way, where ours does not apply: it downloads a prebuilt library and addon.
 * @param {Report} report
 * @param {import('./tensorflow.mjs').Device} device
 * @param {string} reason why our way does not apply
 * @returns {Promise<string>} the addon's path
 */
export async function installPrebuilt(report, device, reason) {
  report.step('TensorFlow (prebuilt by its makers)')
  report.note(`It cannot be built here: ${reason}.`)
  const bin = join(nodeModules, '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const env = { ...process.env, PATH: `${bin}${separator}${process.env.PATH ?? ''}` }
  const outcome = await run(process.execPath, ['scripts/install.js', device, 'download'], { cwd: addonPackage, env })
  const place = await findBinding()
  if (place !== undefined) return place
  throw new SetupError({
    what: 'installing the TensorFlow library',
    why: `${reason}, and the package's own installer failed: ${errorLine(outcome.output)}`,
    fix:
      process.platform === 'linux'
        ? 'sudo apt-get install -y python3-pip g++ make   (then run the command again)'
        : 'allow this machine to reach storage.googleapis.com and run the command again',
  })
}

/** @returns {Promise<string | undefined>} */
async function findBinding() {
  const folders = await readdir(join(addonPackage, 'lib')).catch(() => [])
  return folders.map((name) => join(addonPackage, 'lib', name, 'tfjs_binding.node')).find((path) => existsSync(path))
}

/** Multiplies two matrices; the two functions are gone in Node 23. */
const PROBE = `
const util = require('node:util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const tf = require('@tensorflow/tfjs-node-gpu')
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync()
if (product.join() !== '19,22,43,50') throw new Error('matMul gave ' + product.join())
`

/**
 * Proves the addon by a small computation, in a process of its own: a library that does not suit the processor ends it.
 * @param {import('./tensorflow.mjs').Device} device
 */
export async function proveAddon(device) {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' }
  const outcome = await run(process.execPath, ['-e', PROBE], { cwd: join(nodeModules, '..'), env })
  if (outcome.code === 0) return
  const crashed = outcome.code >= 128
  throw new SetupError({
    what: `computing with TensorFlow (${device})`,
    why: crashed
      ? 'the library ended the process: this processor probably lacks the AVX instructions it is built with'
      : lastLines(outcome.output, 6),
    fix: device === 'gpu' ? 'npm start -- --device cpu' : 'npm ci   (then run the command again)',
  })
}
