import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'

/** How samples of a shape (sequence, picture or volume, channels last) are prepared: values 0 to 255 become 0 to 1. */
export function preprocessingFor(shape: readonly number[]): Preprocessing {
  if (shape.length < 2 || shape.length > 4) throw new AppError('shape-unsupported', { found: shape.join(' × ') })
  return { shape: [...shape], divisor: 255 }
}

/** The network's input for samples that lie one after another, each of the preprocessing's shape. */
export function toInputs(pixels: Uint8Array, { shape, divisor }: Preprocessing): Float32Array {
  if (pixels.length % sizeOf(shape) !== 0)
    throw new RangeError(`${pixels.length} values are no samples of ${shape.join(' × ')}`)
  const inputs = new Float32Array(pixels.length)
  for (let at = 0; at < pixels.length; at++) inputs[at] = (pixels[at] ?? 0) / divisor
  return inputs
}
