import type { RunRecord } from '@shared/training/run'
import { readmeHead } from './folder-files'

/** What stands beside an exported LayersModel for the person who finds it. */
export function tfjsReadme(record: RunRecord, name: string): string {
  const { classes, preprocessing } = record
  const [height = 1, width = 1, channels = 1] = preprocessing.shape
  return `${readmeHead(record, name, 'TensorFlow.js LayersModel')}

model.json and group1-shard*.bin   the network: layers and weights
labels.json                        the names of the ${classes.length} classes, in the order of the outputs
preprocessing.json                 how a picture becomes the input

Input:  float32 [pictures, ${height}, ${width}, ${channels}], pixel values divided by ${preprocessing.divisor}
Output: float32 [pictures, ${classes.length}], one probability for each class

In a browser:

  import * as tf from '@tensorflow/tfjs'
  const model = await tf.loadLayersModel('model.json')
  const labels = await (await fetch('labels.json')).json()
  const picture = tf.browser.fromPixels(canvas, ${channels}).resizeBilinear([${height}, ${width}])
  const probabilities = model.predict(picture.div(${preprocessing.divisor}).expandDims())
  const best = probabilities.argMax(1).dataSync()[0]
  console.log(labels[best])

In Node, load it with tf.loadLayersModel('file://…/model.json') of @tensorflow/tfjs-node.
`
}
