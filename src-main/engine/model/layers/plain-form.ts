import type { TfjsLayer } from '@shared/layers/define'
import { sizeOf, type Shape } from '@shared/layers/shape'
import { stretchedForm } from './plain-dilation'

/** What stands for a layer in an export of classes that every TensorFlow.js knows. */
export interface PlainForm {
  /** Layers without weights in front of it, one behind another. */
  readonly before?: readonly TfjsLayer[]
  /** The layer that has the weights. */
  readonly own: TfjsLayer
  /** Layers without weights behind it. */
  readonly after?: readonly TfjsLayer[]
}

/** Classes that tfjs lacks for volumes, with those that do the same for the volume's places in a row. */
const inARow: Readonly<Record<string, string>> = {
  GlobalAveragePooling3D: 'GlobalAveragePooling1D',
  GlobalMaxPooling3D: 'GlobalMaxPooling1D',
}

const normalization = 'BatchNormalization'

/**
 * A layer in plain classes, given the shapes that come in: mostly the layer itself. A convolution in groups becomes one
 * of all channels, whose kernel is zero between the groups, and where tfjs knows no dilation, the kernel is as large as
 * what it reaches over, and zero in between (plain-weights.ts).
 */
export function plainForm(layer: TfjsLayer, [shape = []]: readonly Shape[]): PlainForm {
  const { className, config } = layer
  const asRow: TfjsLayer = {
    className: 'Reshape',
    config: { targetShape: [sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1] },
  }
  const row = inARow[className]
  if (row !== undefined) return { before: [asRow], own: { className: row, config } }
  // tfjs normalizes no more than pictures.
  if (className === normalization && shape.length > 3) {
    const asVolume = { className: 'Reshape', config: { targetShape: shape } }
    return { before: [asRow], own: { className, config }, after: [asVolume] }
  }
  const stretched = stretchedForm(layer)
  if (stretched) return { own: stretched }
  const { groups, ...rest } = config
  return { own: { className, config: groups === undefined ? config : rest } }
}
