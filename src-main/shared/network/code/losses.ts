import type { OutputMark } from '../document'
import type { NetworkOutput } from '../outputs'
import type { CodeLine } from './plan'

const inKeras: Readonly<Record<OutputMark['loss'], string>> = {
  classes: 'sparse_categorical_crossentropy',
  sample: 'mean_squared_error',
}

/** How Keras is told each output's loss and its weight, in the order of the outputs. */
export function kerasLosses(judged: readonly NetworkOutput[]): CodeLine[] {
  if (judged.length === 0) return []
  const losses = judged.map(({ loss }) => `"${inKeras[loss]}"`)
  const lines = [
    '',
    'model.compile(',
    '    optimizer="adam",',
    `    loss=[${losses.join(', ')}],`,
    `    loss_weights=[${judged.map(({ weight }) => weight).join(', ')}],`,
    ')',
  ]
  return lines.map((text) => ({ text }))
}

const inTfjs: Readonly<Record<OutputMark['loss'], string>> = {
  classes: 'categoricalCrossentropy',
  sample: 'meanSquaredError',
}

/**
 * How TensorFlow.js is told the same. It has no weights of losses, so each loss multiplies itself; and of a class it
 * wants one value for each, as the outputs give them.
 */
export function tfjsLosses(judged: readonly NetworkOutput[]): CodeLine[] {
  if (judged.length === 0) return []
  const losses = judged.map(({ loss, weight }) => {
    const metric = `tf.metrics.${inTfjs[loss]}`
    // tfjs adds losses before it takes their mean: those of pictures have more axes than those of classes.
    const more = [...(loss === 'sample' ? ['.mean()'] : []), ...(weight === 1 ? [] : [`.mul(${weight})`])].join('')
    return more === ''
      ? `    ${metric},`
      : `    (wanted: tf.Tensor, given: tf.Tensor) => ${metric}(wanted, given)${more},`
  })
  const lines = ['', 'model.compile({', "  optimizer: 'adam',", '  loss: [', ...losses, '  ],', '})']
  return lines.map((text) => ({ text }))
}
