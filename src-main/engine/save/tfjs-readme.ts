import type { Preprocessing } from '@shared/data/preprocessing'
import type { RunRecord } from '@shared/training/run'
import { describeEnds } from './describe-ends'
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
${severalEnds(record)}
In a browser:

  import * as tf from '@tensorflow/tfjs'
  const model = await tf.loadLayersModel('model.json')
  const labels = await (await fetch('labels.json')).json()
${javaScriptSample(preprocessing)}
${predicting(record)}
  const best = probabilities.argMax(1).dataSync()[0]
  console.log(labels[best])

In Node, load it with tf.loadLayersModel('file://…/model.json') of @tensorflow/tfjs-node.
`
}

/** A line of JavaScript that gives one sample: from a picture where it can be one, else zeros of its shape. */
function javaScriptSample({ shape, floats, sound }: Preprocessing): string {
  const [height, width, channels] = shape
  if (floats || sound || shape.length !== 3 || (channels !== 1 && channels !== 3))
    return `  const sample = tf.zeros([${shape.join(', ')}]) // put your own values here`
  return `  const sample = tf.browser.fromPixels(canvas, ${channels}).resizeBilinear([${height}, ${width}])`
}

/** What each input takes and each output gives, where there are several, or an input takes a part of the channels. */
function severalEnds({ network }: RunRecord): string {
  const { inputs, outputs } = describeEnds(network, 'layers')
  const sizes = (shape: readonly number[]) => `float32 [samples, ${shape.join(', ')}]`
  const taken = inputs?.map(({ name, shape, channels }) => {
    const which = channels ? `channels ${channels.first} to ${channels.last}` : 'all channels'
    return `  ${name}   ${sizes(shape)}, ${which} of the sample`
  })
  const given = outputs?.map(({ name, shape, gives }) => `  ${name}   ${sizes(shape)}, ${gives}`)
  return [
    ...(taken ? ['', 'The sample comes in by these inputs, in this order:', ...taken] : []),
    ...(given ? ['', 'These outputs come back as a list, in this order:', ...given] : []),
    ...(taken || given ? [''] : []),
  ].join('\n')
}

/** Lines of JavaScript that ask the model for probabilities. */
function predicting({ network, preprocessing }: RunRecord): string {
  const { inputs, outputs } = describeEnds(network, 'layers')
  const prepared = `sample${arithmeticAsCalls(preprocessing)}.expandDims()`
  const answer = outputs ? '[probabilities]' : 'probabilities'
  if (!inputs) return `  const ${answer} = model.predict(${prepared})`
  const fed = inputs.map(({ channels, shape }) => {
    const starts = shape.map((_size, axis) => (axis === shape.length - 1 ? (channels?.first ?? 1) - 1 : 0))
    return `prepared.slice([0, ${starts.join(', ')}], [1, ${shape.join(', ')}])`
  })
  return [`  const prepared = ${prepared}`, `  const ${answer} = model.predict([${fed.join(', ')}])`].join('\n')
}
