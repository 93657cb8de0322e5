// @ts-check
import { keras, tfjsCall, torch, trainOurs, trainPeer } from '../contenders.mjs'
import { nets } from '../nets.mjs'

/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../nets.mjs').Net} Net */
/** @typedef {import('../contenders.mjs').How} How */

const OURS = 'Patchwork'
const MIXED = 'Patchwork, bfloat16'

/**
 * How fast each network trains: Patchwork's ways and its peers'. Peers in float32 are held to Patchwork in float32, those
 * in bfloat16 to it in bfloat16.
 * @param {string | undefined} python with Keras and PyTorch
 * @returns {Row[]}
 */
export function trainingRows(python) {
  return nets.map((net) => ({
    name: net.name,
    title: net.title,
    unit: 'images/s',
    better: 'higher',
    contenders: [
      ours(net, OURS, { path: 'compiled', precision: 'float32' }),
      ours(net, MIXED, { path: 'compiled', precision: 'bfloat16' }),
      ours(net, 'Patchwork, operation by operation', { path: 'eager', precision: 'float32' }),
      ...(net.name === 'mnist' ? [tfjs(net)] : []),
      ...(python ? pythonPeers(python, net) : []),
    ],
  }))
}

/**
 * @param {Net} net
 * @param {string} name
 * @param {How} how
 * @returns {Contender}
 */
function ours(net, name, how) {
  return { name, run: async () => [{ name, value: (await trainOurs(net, how)).imagesPerSecond }] }
}

/**
 * @param {Net} net
 * @returns {Contender}
 */
function tfjs(net) {
  const name = 'tfjs-node `fit`'
  return { name, run: async () => [{ name, value: (await trainPeer(tfjsCall(net))).imagesPerSecond }] }
}

/**
 * @param {string} python
 * @param {Net} net
 * @returns {Contender[]}
 */
function pythonPeers(python, net) {
  return [
    keras(python, net, { name: 'Keras (TensorFlow)', precision: 'float32', against: OURS }),
    torch(python, net, { name: 'PyTorch', precision: 'float32', against: OURS }),
    keras(python, net, { name: 'Keras, mixed_bfloat16', precision: 'bfloat16', against: MIXED }),
    torch(python, net, { name: 'PyTorch, bfloat16 autocast', precision: 'bfloat16', against: MIXED }),
  ]
}
