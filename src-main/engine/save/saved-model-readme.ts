import type { Preprocessing } from '@shared/data/preprocessing'
import type { RunRecord } from '@shared/training/run'
import { describeOutputs } from './describe-ends'
import { arithmeticInWords, rangeInWords } from './describe-preprocessing'
import { pythonSound } from './describe-sound'
import { readmeHead } from './folder-files'

/** What stands beside an exported SavedModel for the person who finds it. */
export function savedModelReadme(record: RunRecord, name: string): string {
  const { classes, preprocessing } = record
  const sizes = preprocessing.shape.join(', ')
  return `${readmeHead(record, name, 'TensorFlow SavedModel')}

saved_model.pb       the network as one TensorFlow graph
variables/           its weights
labels.json          the names of the ${classes.length} classes, in the order of the outputs
preprocessing.json   how a sample becomes the input

Signature "serving_default"
  inputs          float32 [samples, ${sizes}], values as they are: ${rangeInWords(preprocessing)}
  probabilities   float32 [samples, ${classes.length}], one probability for each class
${otherOutputs(record)}
The model prepares the values itself: ${arithmeticInWords(preprocessing).join(', then ') || 'it takes them as they are'}.
(A TensorFlow.js LayersModel of the same run does not: it holds the network's layers alone.)

In Python, with TensorFlow:

  import json, tensorflow as tf
  model = tf.saved_model.load('.').signatures['serving_default']
  labels = json.load(open('labels.json'))
${pythonSample(preprocessing)}
  probabilities = model(inputs=tf.constant(sample[None], tf.float32))['probabilities'][0].numpy()
  print(labels[probabilities.argmax()])

In Keras 3, as a layer: keras.layers.TFSMLayer('.', call_endpoint='serving_default')
In Node: await tf.node.loadSavedModel('.') of @tensorflow/tfjs-node
`
}

/** A line for each output besides the main one. */
function otherOutputs({ network }: RunRecord): string {
  return describeOutputs(network, 'graph')
    .slice(1)
    .map(({ name, gives, shape }) => `  ${name.padEnd(15)} float32 [samples, ${shape.join(', ')}], ${gives}\n`)
    .join('')
}

/** Lines of Python that give one sample: from a picture or a sound where it can be one, else zeros of its shape. */
function pythonSample({ shape, floats, resize = 'fit', sound }: Preprocessing): string {
  const [height, width, channels] = shape
  if (sound && shape.at(-1) === 1) return pythonSound(sound)
  const mode = shape.length === 3 && !floats ? { 1: 'L', 3: 'RGB' }[channels ?? 0] : undefined
  if (!mode) return `  import numpy\n  sample = numpy.zeros([${shape.join(', ')}])  # put your own values here`
  const resized = {
    fit: `ImageOps.pad(picture, (${width}, ${height}), Image.BILINEAR)  # the sides black, not as the border`,
    fill: `ImageOps.fit(picture, (${width}, ${height}), Image.BILINEAR)`,
    stretch: `picture.resize((${width}, ${height}), Image.BILINEAR)`,
  }[resize]
  return [
    '  from PIL import Image, ImageOps',
    '  import numpy',
    `  picture = ImageOps.exif_transpose(Image.open('picture.png')).convert('${mode}')`,
    `  picture = ${resized}`,
    `  sample = numpy.asarray(picture).reshape(${shape.join(', ')})`,
  ].join('\n')
}
