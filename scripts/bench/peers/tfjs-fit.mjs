// @ts-check
/** tfjs's own way to train: a layers model and `fit`. Prints its speed after the warm-up. */
import { createRequire } from 'node:module'
import util from 'node:util'

// tfjs-node 4.22 calls two functions that Node 23 dropped.
Object.assign(util, { isNullOrUndefined: (/** @type {unknown} */ value) => value == null, isArray: Array.isArray })
/** @type {typeof import('@tensorflow/tfjs-node-gpu')} */
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu')

/** @type {{ layers: [kind: string, values: any, from: number[]][], classes: number, batch: number, steps: number, warmUp: number, learningRate: number }} */
const { layers, classes, batch, steps, warmUp, learningRate } = JSON.parse(process.argv[2] ?? '')

const activations = /** @type {const} */ (['relu', 'linear', 'softmax'])

/** @type {Record<string, (values: any) => import('@tensorflow/tfjs-layers').layers.Layer>} */
const kinds = {
  input: ({ shape }) => tf.layers.inputLayer({ inputShape: shape }),
  conv2d: ({ filters, kernel, strides, padding, activation, bias }) =>
    tf.layers.conv2d({ filters, kernelSize: kernel, strides, padding, activation: named(activation), useBias: bias }),
  'max-pooling-2d': ({ window, strides, padding }) => tf.layers.maxPooling2d({ poolSize: window, strides, padding }),
  flatten: () => tf.layers.flatten(),
  dense: ({ units, activation, bias }) => tf.layers.dense({ units, activation: named(activation), useBias: bias }),
}

/** @param {string} name */
function named(name) {
  const known = activations.find((one) => one === name)
  if (!known) throw new Error(`The activation ${name} is not among those of tfjs here`)
  return known
}

const model = tf.sequential()
for (const [kind, values] of layers) {
  const make = kinds[kind]
  if (!make) throw new Error(`tfjs's own \`fit\` is not measured with layers of the kind ${kind}`)
  model.add(make(values))
}
model.compile({ optimizer: tf.train.adam(learningRate), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })

const count = (warmUp + steps) * batch
/** @type {number[]} */
const shape = layers[0]?.[1].shape ?? []
const xs = tf.randomUniform([count, ...shape], 0, 1, 'float32', 1)
const ys = tf.oneHot(tf.randomUniform([count], 0, classes, 'int32', 2).toInt(), classes)
let done = 0
let startedAt = 0
let endedAt = 0
await model.fit(xs, ys, {
  batchSize: batch,
  epochs: 1,
  verbose: 0,
  callbacks: {
    onBatchEnd: async () => {
      done += 1
      if (done === warmUp) startedAt = performance.now()
      if (done === warmUp + steps) endedAt = performance.now()
    },
  },
})
const milliseconds = endedAt - startedAt
process.stdout.write(`${JSON.stringify({ imagesPerSecond: (1000 * steps * batch) / milliseconds })}\n`)
