import type { TfjsLayer } from '../../layers/define'
import { sizeOf, type Shape } from '../../layers/shape'
import { ownClasses } from './classes/registry'
import { inOrder, type Marked } from './pieces'

/** Makers of layers in TensorFlow.js 4.22 (`tf.layers.conv2d`); a test compares them with the package. */
export const tfjsMakers: readonly string[] = (
  'inputLayer elu reLU leakyReLU prelu softmax thresholdedReLU conv1d conv2d conv2dTranspose conv3d conv3dTranspose ' +
  'separableConv2d cropping2D upSampling2d depthwiseConv2d activation dense dropout spatialDropout1d flatten ' +
  'repeatVector reshape permute embedding add average concatenate maximum minimum multiply dot batchNormalization ' +
  'layerNormalization zeroPadding2d averagePooling1d averagePooling2d averagePooling3d globalAveragePooling1d ' +
  'globalAveragePooling2d globalMaxPooling1d globalMaxPooling2d maxPooling1d maxPooling2d maxPooling3d gru lstm ' +
  'simpleRNN convLstm2d bidirectional timeDistributed gaussianNoise gaussianDropout alphaDropout masking rescaling'
).split(' ')

const makers: ReadonlyMap<string, string> = new Map(tfjsMakers.map((maker) => [maker.toLowerCase(), maker]))

/** A layer as it is made in TypeScript: by a function of `tf.layers`, or by a class that is written out. */
export interface TfjsPiece {
  readonly maker: string | undefined
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** The layer that a wrapper holds, instead of its setting `layer`. */
  readonly within?: TfjsPiece
}

/** Settings that tfjs's own class refuses or ignores, with the class that takes them. */
function standIn({ className, config }: TfjsLayer): string | undefined {
  if ('groups' in config) return 'GroupedConvolution'
  if (className === 'ELU' && config['alpha'] !== 1) return 'StretchedELU'
  if (className === 'UpSampling2D' && config['interpolation'] === 'bilinear') return 'BlendedUpSampling2D'
  if (className === 'Conv3DTranspose') return 'TransposedConvolution3D'
  if (!('dilationRate' in config)) return undefined
  if (className === 'DepthwiseConv2D') return 'DilatedDepthwiseConvolution'
  return className === 'Conv2DTranspose' ? 'DilatedTransposedConvolution' : undefined
}

/** Settings that tfjs does not know, with what it does anyway. */
const implied: Readonly<Record<string, unknown>> = { resetAfter: false }

function withoutImplied(config: TfjsLayer['config']): TfjsLayer['config'] {
  const told = ([key, value]: [string, unknown]) => !Object.hasOwn(implied, key) || implied[key] !== value
  return Object.fromEntries(Object.entries(config).filter(told))
}

function piece(layer: TfjsLayer): TfjsPiece {
  const { className, ownClass } = layer
  const inner = layerWithin(layer)
  const config = withoutImplied(layer.config)
  const other = standIn(layer)
  const maker = other !== undefined || ownClass ? undefined : makers.get(className.toLowerCase())
  return { maker, className: other ?? className, config, ...(inner ? { within: piece(inner) } : {}) }
}

/** The layer that a wrapper holds; undefined for a layer that is no wrapper. */
function layerWithin({ config: { layer } }: TfjsLayer): TfjsLayer | undefined {
  if (typeof layer !== 'object' || layer === null || !('className' in layer)) return undefined
  const { className, config }: { className: unknown; config?: unknown } = layer
  if (typeof className !== 'string' || typeof config !== 'object') return undefined
  return { className, config: { ...config } }
}

/** The names of the classes that a piece needs written out. */
export function classesOf({ maker, className, within }: TfjsPiece): readonly string[] {
  return [...(within ? classesOf(within) : []), ...(maker === undefined ? [className] : [])]
}

/** Whether tfjs has a layer's class, or it can be written out. */
export function tfjsHasClass(layer: TfjsLayer): boolean {
  return classesOf(piece(layer)).every((className) => ownClasses.get(className)?.typescript !== undefined)
}

/**
 * A layer in TensorFlow.js, one piece behind another: mostly one. tfjs normalizes no more than pictures, and flattens no
 * row, which is flat.
 */
export function tfjsForm(layer: TfjsLayer, [shape = []]: readonly Shape[]): readonly Marked<TfjsPiece>[] {
  const { before, itself, after } = formOf(layer, shape)
  return inOrder(before.map(piece), piece(itself), after.map(piece))
}

interface Form {
  readonly before: readonly TfjsLayer[]
  readonly itself: TfjsLayer
  readonly after: readonly TfjsLayer[]
}

function formOf(layer: TfjsLayer, shape: Shape): Form {
  const { className, before = [], after = [] } = layer
  const as = (...targetShape: readonly number[]): TfjsLayer => ({ className: 'Reshape', config: { targetShape } })
  const inner = layerWithin(layer)
  if (className === 'TimeDistributed' && inner) return atEveryStep(formOf(inner, shape.slice(1)))
  if (className === 'Flatten' && shape.length === 1) return { before: [as(...shape, 1)], itself: layer, after }
  if (/^(Batch|Layer)Normalization$/.test(className) && shape.length > 3) {
    const row = as(sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1)
    return { before: [row], itself: layer, after: [as(...shape)] }
  }
  return { before, itself: layer, after }
}

function atEveryStep({ before, itself, after }: Form): Form {
  const wrap = ({ className, config }: TfjsLayer): TfjsLayer => {
    return { className: 'TimeDistributed', config: { layer: { className, config } } }
  }
  return { before: before.map(wrap), itself: wrap(itself), after: after.map(wrap) }
}
