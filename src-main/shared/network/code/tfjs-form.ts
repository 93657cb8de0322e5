import type { TfjsLayer } from '../../layers/define'
import { sizeOf, type Shape } from '../../layers/shape'
import { ownClasses } from './classes/registry'

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
}

/** Settings that tfjs's own class refuses or ignores, with the class that takes them. */
function standIn({ className, config }: TfjsLayer): string | undefined {
  if ('groups' in config) return 'GroupedConvolution'
  if (className === 'ELU' && config['alpha'] !== 1) return 'StretchedELU'
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
  const config = withoutImplied(layer.config)
  const other = standIn(layer)
  if (other !== undefined) return { maker: undefined, className: other, config }
  return { maker: ownClass ? undefined : makers.get(className.toLowerCase()), className, config }
}

/** Whether tfjs has a layer's class, or it can be written out. */
export function tfjsHasClass(layer: TfjsLayer): boolean {
  const { maker, className } = piece(layer)
  return maker !== undefined || ownClasses.get(className)?.typescript !== undefined
}

/**
 * A layer in TensorFlow.js, one piece behind another: mostly one. tfjs normalizes no more than pictures, and refuses to
 * flatten a row, which is flat.
 */
export function tfjsForm(layer: TfjsLayer, [shape = []]: readonly Shape[]): readonly TfjsPiece[] {
  if (layer.className === 'Flatten' && shape.length === 1)
    return [piece({ className: 'Activation', config: { activation: 'linear' } })]
  if (/^(Batch|Layer)Normalization$/.test(layer.className) && shape.length > 3) {
    const row = [sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1]
    const as = (targetShape: Shape) => piece({ className: 'Reshape', config: { targetShape } })
    return [as(row), piece(layer), as(shape)]
  }
  return [piece(layer)]
}
