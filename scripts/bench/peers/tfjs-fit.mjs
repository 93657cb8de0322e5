// @ts-check
/** tfjs's own way to train: a layers model and `fit`. Prints images per second over all epochs. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import util from 'node:util'

// tfjs-node 4.22 calls two functions that Node 23 dropped.
Object.assign(util, { isNullOrUndefined: (/** @type {unknown} */ value) => value == null, isArray: Array.isArray })
/** @type {typeof import('@tensorflow/tfjs-node-gpu')} */
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu')

const [, , images = '', labels = '', settings = '{}'] = process.argv
const { pictures, batchSize, epochs, learningRate } = JSON.parse(settings)
const pixels = (await readFile(images)).subarray(16)
const classes = (await readFile(labels)).subarray(8)
const xs = tf.tensor4d(
  Float32Array.from(pixels, (value) => value / 255),
  [pictures, 28, 28, 1],
)
const ys = tf.oneHot(tf.tensor1d(Int32Array.from(classes), 'int32'), 10)

const model = tf.sequential({
  layers: [
    tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: 'relu' }),
    tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 128, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ],
})
model.compile({ optimizer: tf.train.adam(learningRate), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
const startedAt = performance.now()
await model.fit(xs, ys, { batchSize, epochs, verbose: 0 })
process.stdout.write(`${(1000 * pictures * epochs) / (performance.now() - startedAt)}\n`)
