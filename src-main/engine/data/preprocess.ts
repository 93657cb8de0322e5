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

/**
 * The preprocessing in words and numbers for those who use an exported network without Patchwork. A model that divides
 * `inside` takes values as they are: there is nothing to divide them by.
 */
export function describePreprocessing(
  { shape, divisor }: Preprocessing,
  divides: 'outside' | 'inside' = 'outside',
): Readonly<Record<string, unknown>> {
  const [height, width, channels] = shape
  return {
    input: { height, width, channels, layout: 'height, width, channels', values: channels === 1 ? 'grey' : 'RGB' },
    steps: [
      'turn the picture as its EXIF orientation says',
      'lay it on white where it is transparent',
      'scale it to fit into height and width, keeping its proportions',
      'fill up at the sides with the median colour of its border',
      channels === 1 ? 'grey = 0.299 red + 0.587 green + 0.114 blue' : 'red, green, blue',
      divides === 'outside'
        ? `divide the values (0 to 255) by ${divisor}`
        : `leave the values as they are (0 to 255): the model divides them by ${divisor} itself`,
    ],
    divisor: divides === 'outside' ? divisor : 1,
  }
}
