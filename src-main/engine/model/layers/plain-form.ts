import type { TfjsLayer } from '@shared/layers/define'
import { sizeOf, type Shape } from '@shared/layers/shape'
import { stretchedForm } from './plain-dilation'
import { plainPlaces } from './plain-places'
import { plainRow } from './plain-rows'
import { layerWithin } from './wrapped'

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

/** Classes that tfjs has for no more than pictures, where every place is treated alike. */
const perPlace: ReadonlySet<string> = new Set(['BatchNormalization', 'LayerNormalization'])

/** Dropout of whole channels, with the axes along which tfjs's own dropout then draws one number. */
const dropping: Readonly<Record<string, readonly (number | null)[]>> = {
  SpatialDropout1D: [null, 1, null],
  SpatialDropout2D: [null, 1, 1, null],
  SpatialDropout3D: [null, 1, 1, 1, null],
}

/** A layer at every step, whose plain form is that of the layer within. */
const stepwise: ReadonlySet<string> = new Set(['TimeDistributed'])

/** tfjs's class knows α = 1 only. */
const scaled: ReadonlySet<string> = new Set(['ELU'])

/**
 * A layer in plain classes, given the shapes that come in: mostly the layer itself. A convolution in groups becomes one
 * of all channels, whose kernel is zero between the groups, and where tfjs knows no dilation, the kernel is as large as
 * what it reaches over, and zero in between (plain-weights.ts).
 */
export function plainForm(layer: TfjsLayer, [shape = []]: readonly Shape[]): PlainForm {
  const { className, config, before = [], after = [] } = layer
  const inner = stepwise.has(className) ? layerWithin(layer) : undefined
  if (inner) return atEveryStep(plainForm(inner, [shape.slice(1)]))
  const places = plainPlaces(layer, shape)
  if (places) return places
  const asRow: TfjsLayer = {
    className: 'Reshape',
    config: { targetShape: [sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1] },
  }
  const row = inARow[className]
  if (row !== undefined) return { before: [asRow], own: { className: row, config } }
  if (perPlace.has(className) && shape.length > 3) {
    const asVolume = { className: 'Reshape', config: { targetShape: shape } }
    return { before: [asRow], own: { className, config }, after: [asVolume] }
  }
  const noiseShape = dropping[className]
  if (noiseShape) return { own: { className: 'Dropout', config: { ...config, noiseShape } } }
  if (scaled.has(className)) {
    // What lies below zero is stretched behind it.
    const own = { className: 'Activation', config: { activation: 'elu' } }
    return { own, after: [{ className: 'LeakyReLU', config }] }
  }
  const stretched = stretchedForm(layer)
  const overRow = plainRow(stretched ?? layer, shape)
  if (overRow) return overRow
  if (stretched) return { own: stretched }
  const { groups, ...rest } = config
  return { before, own: { className, config: groups === undefined ? config : rest }, after }
}

/** What stands for a layer, at every step. */
function atEveryStep({ before = [], own, after = [] }: PlainForm): PlainForm {
  const wrap = ({ className, config }: TfjsLayer): TfjsLayer => ({
    className: 'TimeDistributed',
    config: { layer: { className, config } },
  })
  return { before: before.map(wrap), own: wrap(own), after: after.map(wrap) }
}
