import { z } from 'zod'
import type { TfjsLayer } from '@shared/layers/define'
import { type Shape } from '@shared/layers/shape'
import type { ConfigDict } from '../../tf'
import { changedSize, changeOf, type PlaceChange } from './places'
import type { PlainForm } from './plain-form'

/** A class for pictures that does what another does for sequences or volumes. */
interface Planar {
  readonly className: string
  readonly setting: string
  /** What leaves an axis as it is. */
  readonly neutral: unknown
  readonly change: (config: ConfigDict) => PlaceChange
}

const padding: Planar = { className: 'ZeroPadding2D', setting: 'padding', neutral: [0, 0], change: changeOf.padding }
const cropping: Planar = { className: 'Cropping2D', setting: 'cropping', neutral: [0, 0], change: changeOf.cropping }
const repeating: Planar = { className: 'UpSampling2D', setting: 'size', neutral: 1, change: changeOf.repeating }

/** Classes that tfjs has for pictures only. */
const planar: Readonly<Record<string, Planar>> = {
  ZeroPadding1D: padding,
  ZeroPadding3D: padding,
  Cropping1D: cropping,
  Cropping3D: cropping,
  UpSampling1D: repeating,
  UpSampling3D: repeating,
}

/**
 * A change of places in classes for pictures: a sequence as a picture of one row; a volume first as one picture whose
 * rows hold the widths and channels together, then as pictures of its slices' rows. Undefined where it is no such class.
 */
export function plainPlaces({ className, config }: TfjsLayer, shape: Shape): PlainForm | undefined {
  const form = planar[className]
  if (!form) return undefined
  const plan = form.change(z.record(z.string(), z.any()).parse(config))
  const settings: readonly unknown[] = plan.change === 'repeat' ? plan.times : plan.edges
  const change = (...along: unknown[]): TfjsLayer => ({
    className: form.className,
    config: { [form.setting]: along },
  })
  const out = shape.map((size, axis) => (axis < shape.length - 1 ? changedSize(plan, axis, size) : size))
  const [first = 1, second = 1, third = 1, channels = 1] = shape
  if (shape.length === 2) {
    return {
      before: [reshape(1, first, second)],
      own: change(form.neutral, settings[0]),
      after: [reshape(...out)],
    }
  }
  const [depth = 1, height = 1] = out
  return {
    before: [
      reshape(first, second, third * channels),
      change(settings[0], settings[1]),
      reshape(depth * height, third, channels),
    ],
    own: change(form.neutral, settings[2]),
    after: [reshape(...out)],
  }
}

function reshape(...targetShape: number[]): TfjsLayer {
  return { className: 'Reshape', config: { targetShape } }
}
