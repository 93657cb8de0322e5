import { z } from 'zod'
import { sizeOf, type Shape } from '@shared/layers/shape'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { SymbolicShape } from './windowed-shape'

/** Before and behind, along each axis that has places. */
type Edges = readonly (readonly [number, number])[]

/** What is done to the places of a sample, along each of its axes. */
export type PlaceChange =
  | { readonly change: 'pad' | 'crop'; readonly edges: Edges }
  | { readonly change: 'repeat'; readonly times: readonly number[] }

const pair = z.tuple([z.int(), z.int()])
const Pairs = z.union([pair.transform((one) => [one]), z.array(pair)])
const Factors = z.union([z.int().transform((one) => [one]), z.array(z.int())])

/** The change that a Keras config asks for. */
export const changeOf = {
  padding: ({ padding }: ConfigDict): PlaceChange => ({ change: 'pad', edges: Pairs.parse(padding) }),
  cropping: ({ cropping }: ConfigDict): PlaceChange => ({ change: 'crop', edges: Pairs.parse(cropping) }),
  repeating: ({ size }: ConfigDict): PlaceChange => ({ change: 'repeat', times: Factors.parse(size) }),
}

/** How many places there are along an axis afterwards. */
export function changedSize(plan: PlaceChange, axis: number, size: number): number {
  if (plan.change === 'repeat') return size * (plan.times[axis] ?? 1)
  const [before = 0, behind = 0] = plan.edges[axis] ?? []
  return plan.change === 'pad' ? size + before + behind : size - before - behind
}

/** Padding, cropping and repeating of places along any number of axes; tfjs's classes know pictures only. */
export class ChangedPlaces extends tf.layers.Layer {
  static readonly className = 'ChangedPlaces'
  private readonly plan: PlaceChange

  constructor({ name, plan }: { readonly name: string; readonly plan: PlaceChange }) {
    super({ name })
    this.plan = plan
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Places are changed in one input')
    const { plan } = this
    return tf.tidy(() => {
      if (plan.change === 'repeat') return repeated(input, plan.times)
      const edges = [[0, 0], ...plan.edges, [0, 0]].map(([before = 0, behind = 0]): [number, number] => [
        before,
        behind,
      ])
      if (plan.change === 'pad') return tf.pad(input, edges)
      const sizes = input.shape.map((size, axis) => size - sum(edges[axis] ?? []))
      return tf.slice(
        input,
        edges.map(([before]) => before),
        sizes,
      )
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const [samples = null, ...sizes] = z.array(z.int().nullable()).parse(inputShape)
    const places = sizes.slice(0, -1).map((size, axis) => changedSize(this.plan, axis, size ?? 0))
    return [samples, ...places, sizes.at(-1) ?? null]
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), plan: JSON.stringify(this.plan) }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

/** Each place so many times, axis by axis from the last one. */
function repeated(input: Tensor, times: readonly number[]): Tensor {
  return times.reduceRight((value, count, at) => {
    const axis = at + 1
    const before: Shape = value.shape.slice(0, axis)
    const [size = 1, ...behind] = value.shape.slice(axis)
    const rows = value.as3D(sizeOf(before) * size, 1, sizeOf(behind))
    return tf.tile(rows, [1, count, 1]).reshape([...before, size * count, ...behind])
  }, input)
}
