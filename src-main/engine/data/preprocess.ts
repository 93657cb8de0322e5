import { arithmeticOf, type ArithmeticStep, type Preprocessing, type SampleValues } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'

/** How samples of a shape (sequence, picture or volume, channels last) are prepared: values 0 to 255 become 0 to 1. */
export function preprocessingFor(shape: readonly number[]): Preprocessing {
  if (shape.length < 2 || shape.length > 4) throw new AppError('shape-unsupported', { found: shape.join(' × ') })
  return { shape: [...shape], divisor: 255 }
}

/** The network's input for samples that lie one after another, each of the preprocessing's shape. */
export function toInputs(values: SampleValues, preprocessing: Preprocessing): Float32Array {
  const { shape } = preprocessing
  if (values.length % sizeOf(shape) !== 0)
    throw new RangeError(`${values.length} values are no samples of ${shape.join(' × ')}`)
  return applyArithmetic(values, arithmeticOf(preprocessing))
}

/** Values after the steps, in float32; channels last. */
export function applyArithmetic(values: SampleValues, steps: readonly ArithmeticStep[]): Float32Array<ArrayBuffer> {
  const inputs = new Float32Array(values)
  for (const { operation, by } of steps) {
    // TensorFlow has these numbers as float32 too, and an array of float32 rounds each result as TensorFlow does.
    const operands = Float32Array.from(by)
    const divides = operation === 'divide'
    for (let at = 0, channel = 0; at < inputs.length; at++) {
      const value = inputs[at] ?? 0
      const operand = operands[channel] ?? 0
      inputs[at] = divides ? value / operand : value - operand
      channel = channel + 1 === operands.length ? 0 : channel + 1
    }
  }
  return inputs
}
