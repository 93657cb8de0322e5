// @ts-check
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli, environment, kerasCall, ourCall, withProject } from '../contenders.mjs'
import { writeLargeDataset } from '../large-dataset.mjs'
import { nets } from '../nets.mjs'
import { peakMemory } from '../processes.mjs'

/** @typedef {import('../contenders.mjs').Call} Call */
/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../nets.mjs').Net} Net */

const MEBIBYTE = 2 ** 20

/**
 * The most memory that the processes hold: with TensorFlow loaded and nothing to do, training, and training on more
 * pictures than anyone keeps in memory.
 * @param {string | undefined} python with Keras
 * @returns {Row}
 */
export function memoryRow(python) {
  const measured = nets.filter(({ name }) => name === 'mnist' || name === 'resnet')
  const idle = { program: process.execPath, parameters: [cli, 'device', '--json'] }
  const [first] = nets
  const pairs = measured.map((net) => [ours(net), ...(python ? [keras(python, net)] : [])])
  return {
    name: 'memory',
    title: 'Memory of all processes together, at its highest',
    unit: 'MiB',
    better: 'lower',
    contenders: [
      memory('Patchwork, at rest', 'Patchwork, at rest', () => peak(idle)),
      ...(python && first ? [kerasAtRest(python, first)] : []),
      ...pairs.flat(),
      ...[2_000, 100_000].map((count) => memory(onPictures(count), onPictures(2_000), () => ofPictures(count))),
    ],
  }
}

/** @param {string} python @param {Net} net */
function kerasAtRest(python, net) {
  const call = kerasCall(python, { ...net, steps: 0 }, { mode: 'graph' })
  return memory('Keras, at rest', 'Patchwork, at rest', () => peak(call))
}

/** @param {Net} net */
function ours(net) {
  const name = oursTraining(net)
  const how = /** @type {const} */ ({ path: 'compiled', precision: 'float32' })
  return memory(name, name, () => withProject(net, (folder) => peak(ourCall(net, how, folder))))
}

/** @param {number} count */
function onPictures(count) {
  return `Patchwork, training LeNet on ${count.toLocaleString('en')} pictures of 64×64×3`
}

/** @param {number} count */
async function ofPictures(count) {
  const folder = await mkdtemp(join(tmpdir(), 'patchwork-bench-'))
  try {
    const data = join(folder, 'data')
    await writeLargeDataset(data, count)
    const what = ['--data', data, '--template', 'lenet', '--epochs', '1', '--precision', 'float32']
    const parameters = [cli, 'train', ...what, '--out', join(folder, 'run'), '--json']
    return await peak({ program: process.execPath, parameters })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param {string} python @param {Net} net */
function keras(python, net) {
  return memory(`Keras, training ${net.name}`, oursTraining(net), () => peak(kerasCall(python, net, { mode: 'graph' })))
}

/** @param {Net} net */
function oursTraining({ name }) {
  return `Patchwork, training ${name}`
}

/** @param {Call} call */
function peak({ program, parameters, env = {} }) {
  return peakMemory(program, parameters, { ...environment, ...env })
}

/**
 * @param {string} name
 * @param {string} against
 * @param {() => Promise<number>} bytes
 * @returns {Contender}
 */
function memory(name, against, bytes) {
  return { name, run: async () => [{ name, value: (await bytes()) / MEBIBYTE, against }] }
}
