// @ts-check
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup/paths.mjs'
import { lastLines, run } from '../setup/run.mjs'
import { bestOf } from './measure.mjs'
import { WARM_UP } from './nets.mjs'
import { LEARNING_RATE, writeProject } from './project.mjs'

/** @typedef {import('./measure.mjs').Contender} Contender */
/** @typedef {import('./nets.mjs').Net} Net */
/** @typedef {'float32' | 'bfloat16'} Precision */
/** @typedef {{ path: 'compiled' | 'eager', precision: Precision }} How */
/** @typedef {{ program: string, parameters: string[], env?: NodeJS.ProcessEnv }} Call */
/** @typedef {{ imagesPerSecond: number }} Speed */

export const cli = join(root, 'out', 'main', 'cli.js')
const peers = join(root, 'scripts', 'bench', 'peers')

/** Quiet, leaving no files here, and otherwise as a person's shell has it: threads are everyone's own choice. */
export const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', PYTHONDONTWRITEBYTECODE: '1' }

/**
 * How fast Patchwork trains a network: a process of its own that takes the steps of a run.
 * @param {Net} net
 * @param {How} how
 * @returns {Promise<Speed>}
 */
export function trainOurs(net, how) {
  return withProject(net, async (folder) => {
    const { stdout } = await runCall(ourCall(net, how, folder))
    const { samplesPerSecond } = JSON.parse(lastLines(stdout, 1))
    return { imagesPerSecond: samplesPerSecond }
  })
}

/**
 * @param {Net} net
 * @param {How} how
 * @param {string} folder the network's project
 * @returns {Call}
 */
export function ourCall({ batch, steps }, { path, precision }, folder) {
  const size = ['--batch-size', String(batch), '--steps', String(steps)]
  const way = ['--path', path, '--precision', precision]
  return { program: process.execPath, parameters: [cli, 'speed', '--project', folder, ...size, ...way, '--json'] }
}

/**
 * How fast a peer trains the same network on samples of the same kind.
 * @param {Call} call see `kerasCall`, `torchCall` and `tfjsCall`
 * @returns {Promise<Speed>}
 */
export async function trainPeer(call) {
  const { stdout } = await runCall(call)
  return JSON.parse(lastLines(stdout, 1))
}

/**
 * @param {string} python
 * @param {Net} net
 * @param {{ mode: 'graph' | 'jit', precision?: Precision }} how
 * @returns {Call}
 */
export function kerasCall(python, net, { mode, precision = 'float32' }) {
  return { program: python, parameters: [join(peers, 'keras_fit.py'), taskFor(net, mode, precision)] }
}

/**
 * @param {string} python
 * @param {Net} net
 * @param {{ mode: 'eager' | 'compile', precision?: Precision }} how
 * @returns {Call}
 */
export function torchCall(python, net, { mode, precision = 'float32' }) {
  return { program: python, parameters: [join(peers, 'torch_fit.py'), taskFor(net, mode, precision)] }
}

/**
 * @param {Net} net
 * @returns {Call}
 */
export function tfjsCall(net) {
  return { program: process.execPath, parameters: [join(peers, 'tfjs-fit.mjs'), taskFor(net, 'eager', 'float32')] }
}

/**
 * Keras in its better mode.
 * @param {string} python
 * @param {Net} net
 * @param {{ name: string, precision: Precision, against: string }} how
 * @returns {Contender}
 */
export function keras(python, net, { name, precision, against }) {
  const ways = /** @type {const} */ (['graph', 'jit']).map((mode) => ({
    way: mode === 'jit' ? 'compiled by XLA' : 'graph',
    run: async () => (await trainPeer(kerasCall(python, net, { mode, precision }))).imagesPerSecond,
  }))
  return bestOf(name, ways, 'higher', { against })
}

/**
 * PyTorch in its better mode.
 * @param {string} python
 * @param {Net} net
 * @param {{ name: string, precision: Precision, against: string }} how
 * @returns {Contender}
 */
export function torch(python, net, { name, precision, against }) {
  const ways = /** @type {const} */ (['eager', 'compile']).map((mode) => ({
    way: mode === 'compile' ? 'torch.compile' : 'eager',
    run: async () => (await trainPeer(torchCall(python, net, { mode, precision }))).imagesPerSecond,
  }))
  return bestOf(name, ways, 'higher', { against })
}

/**
 * @param {Net} net
 * @param {string} mode
 * @param {Precision} compute
 */
function taskFor({ layers, classes, batch, steps }, mode, compute) {
  return JSON.stringify({ layers, classes, batch, steps, warmUp: WARM_UP, learningRate: LEARNING_RATE, mode, compute })
}

/**
 * Gives `action` the network as a project, in a folder that is gone afterwards.
 * @template T
 * @param {Net} net
 * @param {(folder: string) => Promise<T>} action
 */
export async function withProject(net, action) {
  return withFolder(async (folder) => {
    await writeProject(net, folder)
    return action(folder)
  })
}

/**
 * @template T
 * @param {(folder: string) => Promise<T>} action
 */
export async function withFolder(action) {
  const folder = await mkdtemp(join(tmpdir(), 'patchwork-bench-'))
  try {
    return await action(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Runs a program to its end; fails with its last words where it ends with an error.
 * @param {Call} call
 * @param {{ kept?: number }} [options] how many characters of its output are wanted
 */
export async function runCall({ program, parameters, env = {} }, options = {}) {
  const outcome = await run(program, parameters, { env: { ...environment, ...env }, ...options })
  if (outcome.code !== 0) throw new Error(`${parameters[0]} failed: ${lastLines(outcome.output, 5)}`)
  return outcome
}
