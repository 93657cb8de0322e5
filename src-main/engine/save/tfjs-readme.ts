import type { RunRecord } from '@shared/training/run'
import { arithmeticAsCalls, arithmeticInWords, rangeInWords } from './describe-preprocessing'
import { readmeHead } from './folder-files'

/** What stands beside an exported LayersModel for the person who finds it. */
export function tfjsReadme(record: RunRecord, name: string): string {
  const { classes, preprocessing } = record
  const { shape } = preprocessing
  return `${readmeHead(record, name, 'TensorFlow.js LayersModel')}

model.json and group1-shard*.bin   the network: layers and weights
labels.json                        the names of the ${classes.length} classes, in the order of the outputs
preprocessing.json                 how a sample becomes the input

Input:  float32 [samples, ${shape.join(', ')}], values of ${rangeInWords(preprocessing)}, prepared: ${arithmeticInWords(preprocessing).join(', then ') || 'as they are'}
Output: float32 [samples, ${classes.length}], one probability for each class

In a browser:

  import * as tf from '@tensorflow/tfjs'
  const model = await tf.loadLayersModel('model.json')
  const labels = await (await fetch('labels.json')).json()
${javaScriptSample(shape)}
  const probabilities = model.predict(sample${arithmeticAsCalls(preprocessing)}.expandDims())
  const best = probabilities.argMax(1).dataSync()[0]
  console.log(labels[best])

In Node, load it with tf.loadLayersModel('file://…/model.json') of @tensorflow/tfjs-node.
`
}

/** A line of JavaScript that gives one sample: from a picture where it can be one, else zeros of its shape. */
function javaScriptSample(shape: readonly number[]): string {
  const [height, width, channels] = shape
  if (shape.length !== 3 || (channels !== 1 && channels !== 3))
    return `  const sample = tf.zeros([${shape.join(', ')}]) // put your own values here`
  return `  const sample = tf.browser.fromPixels(canvas, ${channels}).resizeBilinear([${height}, ${width}])`
}
