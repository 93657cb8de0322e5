// @ts-check
import { sequence } from './sequence.mjs'

/** @typedef {import('./sequence.mjs').Layer} Layer */

/**
 * A network as every contender builds it, and how much of it is measured. Layers name their inputs by place, and spell
 * every value out, since a peer does not know Patchwork's own defaults.
 * @typedef {{
 *   name: string,
 *   title: string,
 *   classes: number,
 *   batch: number,
 *   steps: number,
 *   layers: Layer[],
 * }} Net
 */

const CLASSES = 10

/** Steps that every contender takes before its clock starts. */
export const WARM_UP = 5

/** @type {Net[]} */
export const nets = [
  net('mnist', 'MNIST: conv 32 – conv 64 – pool – dense 128', { batch: 128, steps: 40, layers: mnist() }),
  net('alexnet', 'AlexNet, smaller, on 32×32×3', { batch: 128, steps: 12, layers: alexNet() }),
  net('nin', 'Network in network on 32×32×3', { batch: 128, steps: 6, layers: networkInNetwork() }),
  net('resnet', 'ResNet-20 on 32×32×3', { batch: 128, steps: 12, layers: resNet() }),
  net('audio', 'Sound: conv A – pool – conv B over 8,000 samples', { batch: 128, steps: 20, layers: audio() }),
  net('volume', 'Volumes: two 3-D convolutions on 28×28×28', { batch: 32, steps: 12, layers: volume() }),
]

/**
 * @param {string} name
 * @param {string} title
 * @param {{ batch: number, steps: number, layers: Layer[] }} rest
 * @returns {Net}
 */
function net(name, title, rest) {
  return { name, title: `${title}, batch ${rest.batch}`, classes: CLASSES, ...rest }
}

function mnist() {
  return sequence([28, 28, 1])
    .conv2d(32, 3, { padding: 'valid' })
    .conv2d(64, 3, { padding: 'valid' })
    .maxPool2d(2, 2)
    .flatten()
    .dense(128)
    .dense(CLASSES, 'softmax').layers
}

/** Krizhevsky et al. 2012 in its order of layers, narrowed for small pictures. */
function alexNet() {
  return sequence([32, 32, 3])
    .conv2d(64, 5)
    .normalizeResponses()
    .maxPool2d(3, 2)
    .conv2d(128, 5, { groups: 2 })
    .normalizeResponses()
    .maxPool2d(3, 2)
    .conv2d(192, 3)
    .conv2d(192, 3, { groups: 2 })
    .conv2d(128, 3, { groups: 2 })
    .maxPool2d(3, 2)
    .flatten()
    .dense(512)
    .dropout(0.5)
    .dense(512)
    .dropout(0.5)
    .dense(CLASSES, 'softmax').layers
}

/** Lin et al. 2014, the network for CIFAR-10. */
function networkInNetwork() {
  return sequence([32, 32, 3])
    .conv2d(192, 5)
    .conv2d(160, 1)
    .conv2d(96, 1)
    .maxPool2d(3, 2)
    .dropout(0.5)
    .conv2d(192, 5)
    .conv2d(192, 1)
    .conv2d(192, 1)
    .averagePool2d(3, 2)
    .dropout(0.5)
    .conv2d(192, 3)
    .conv2d(192, 1)
    .conv2d(CLASSES, 1)
    .averageAll2d()
    .activation('softmax').layers
}

/** He et al. 2016, section 4.2, n = 3; where a block halves the picture, its shortcut is a 1×1 convolution. */
function resNet() {
  const made = sequence([32, 32, 3])
  made.conv2d(16, 3, { activation: 'linear', bias: false }).normalizeBatch().activation('relu')
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1
      const into = made.last
      const plain = /** @type {const} */ ({ activation: 'linear', bias: false })
      made
        .conv2d(filters, 3, { ...plain, strides })
        .normalizeBatch()
        .activation('relu')
      const through = made.conv2d(filters, 3, plain).normalizeBatch().last
      const around =
        strides === 1
          ? into
          : made
              .from(into)
              .conv2d(filters, 1, { ...plain, strides })
              .normalizeBatch().last
      made.add(through, around).activation('relu')
    }
  }
  return made.averageAll2d().dense(CLASSES, 'softmax').layers
}

function audio() {
  return sequence([8000, 1])
    .conv1d(32, 17, { strides: 4 })
    .maxPool1d(4)
    .conv1d(64, 9)
    .maxPool1d(4)
    .flatten()
    .dense(64)
    .dense(CLASSES, 'softmax').layers
}

function volume() {
  return sequence([28, 28, 28, 1])
    .conv3d(16, 3)
    .maxPool3d(2)
    .conv3d(32, 3)
    .maxPool3d(2)
    .flatten()
    .dense(64)
    .dense(CLASSES, 'softmax').layers
}

/**
 * The network by whose depth growth is measured: so many convolutions of 32 filters, each after the other.
 * @param {number} depth
 * @param {number} batch
 * @returns {Net}
 */
export function netOfDepth(depth, batch) {
  const made = sequence([28, 28, 1])
  for (let done = 0; done < depth; done++) made.conv2d(32, 3)
  const { layers } = made.maxPool2d(2, 2).flatten().dense(CLASSES, 'softmax')
  return { name: `depth-${depth}`, title: `${depth} convolutions`, classes: CLASSES, batch, steps: 20, layers }
}
