import { z } from 'zod'
import { paddings } from '@shared/layers/arithmetic'
import type { TfjsLayer } from '@shared/layers/define'
import type { Shape } from '@shared/layers/shape'
import { transposedPlaces } from '@shared/layers/transposed'
import { placesOf, type Windows } from '@shared/layers/windows'
import type { PlainForm } from './plain-form'

/** A class over pictures that does for a picture of one row what another one does for a sequence. */
interface RowClass {
  readonly className: string
  /** The strides along the row's height, where any would do, and its length. */
  readonly strides: (stride: number) => readonly [number, number]
  readonly length: (windows: Windows, length: number) => number
}

const forward = (windows: Windows, length: number) => placesOf(windows, [length])?.[0] ?? 0

/** Convolutions that tfjs has for pictures only; over each channel by itself it wants the same stride along both axes. */
const classes: Readonly<Record<string, RowClass>> = {
  DepthwiseConv1D: { className: 'DepthwiseConv2D', strides: (stride) => [stride, stride], length: forward },
  SeparableConv1D: { className: 'SeparableConv2D', strides: (stride) => [stride, stride], length: forward },
  Conv1DTranspose: {
    className: 'Conv2DTranspose',
    strides: (stride) => [1, stride],
    length: (windows, length) => transposedPlaces(windows, [length])[0] ?? 0,
  },
}

const One = z.tuple([z.int()])
const Config = z.looseObject({ kernelSize: One, strides: One, padding: z.enum(paddings) })

/** Whether a layer's plain form works on pictures of one row, so that its kernels have one more axis there. */
export function isRowClass({ className }: TfjsLayer): boolean {
  return Object.hasOwn(classes, className)
}

/** A convolution of sequences in a class for pictures; undefined where it is no such class. It must have no dilation. */
export function plainRow({ className, config }: TfjsLayer, [length = 0, channels = 0]: Shape): PlainForm | undefined {
  const row = classes[className]
  if (!row) return undefined
  const { kernelSize, strides, padding, ...rest } = Config.parse(config)
  const places = row.length({ size: kernelSize, strides, padding }, length)
  const { filters = channels, depthMultiplier = 1 } = z
    .object({ filters: z.int().optional(), depthMultiplier: z.int().optional() })
    .parse(config)
  const own = { ...rest, kernelSize: [1, ...kernelSize], strides: row.strides(strides[0]), padding }
  return {
    before: [{ className: 'Reshape', config: { targetShape: [1, length, channels] } }],
    own: { className: row.className, config: own },
    after: [{ className: 'Reshape', config: { targetShape: [places, filters * depthMultiplier] } }],
  }
}
