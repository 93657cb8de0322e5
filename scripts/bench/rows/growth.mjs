// @ts-check
import { kerasCall, trainOurs, trainPeer } from '../contenders.mjs'
import { netOfDepth } from '../nets.mjs'

/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../nets.mjs').Net} Net */

const BATCHES = [8, 32, 128, 512]
const DEPTHS = [1, 4, 16, 64]

/**
 * How the time of a step grows with the batch, and with the number of layers.
 * @param {string | undefined} python with Keras
 * @returns {Row[]}
 */
export function growthRows(python) {
  return [
    growth(
      'growth-batch',
      'A step against the batch, 4 convolutions',
      BATCHES.map((batch) => ({ point: `batch ${batch}`, net: netOfDepth(4, batch) })),
      python,
    ),
    growth(
      'growth-depth',
      'A step against the depth, batch 32',
      DEPTHS.map((depth) => ({ point: `${depth} deep`, net: netOfDepth(depth, 32) })),
      python,
    ),
  ]
}

/**
 * Each point of ours is compared with the first one, each of Keras's with ours.
 * @param {string} name
 * @param {string} title
 * @param {readonly { point: string, net: Net }[]} points
 * @param {string | undefined} python
 * @returns {Row}
 */
function growth(name, title, points, python) {
  const how = /** @type {const} */ ({ path: 'compiled', precision: 'float32' })
  const contenders = points.flatMap(({ point, net }) => [
    timed(`Patchwork, ${point}`, undefined, async () => perStep(net, await trainOurs(net, how))),
    ...(python
      ? [
          timed(`Keras, ${point}`, `Patchwork, ${point}`, async () =>
            perStep(net, await trainPeer(kerasCall(python, net, { mode: 'graph' }))),
          ),
        ]
      : []),
  ])
  return { name, title, unit: 'ms', better: 'lower', contenders }
}

/**
 * Milliseconds, all between two steps included.
 * @param {Net} net
 * @param {{ imagesPerSecond: number }} speed
 */
function perStep({ batch }, { imagesPerSecond }) {
  return (1000 * batch) / imagesPerSecond
}

/**
 * @param {string} name
 * @param {string | undefined} against
 * @param {() => Promise<number>} milliseconds
 * @returns {Contender}
 */
function timed(name, against, milliseconds) {
  return { name, run: async () => [{ name, value: await milliseconds(), ...(against ? { against } : {}) }] }
}
