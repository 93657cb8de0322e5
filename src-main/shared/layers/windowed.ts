import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { lowerActivation, type Activation } from './activations'
import type { Padding } from './arithmetic'
import { activation, bias, kernel, padding, strides, type Axes } from './common'
import type { LayerExample } from './define'
import { int } from './params'
import type { Shape } from './shape'
import { weightingConfig, weightingParams, type KernelRole, type Weighting } from './weighting'
import { isSpread, type Windows } from './windows'

/** Where a kernel goes: the settings of every layer that moves one over its input. */
export interface WindowValues {
  readonly kernel: number[]
  readonly strides: number[]
  readonly padding: Padding
  readonly dilation?: number[]
}

/** What becomes of a layer's sums, and of its weights. */
export interface SumValues extends Weighting {
  readonly activation: Activation
  readonly bias: boolean
}

/** What sets one layer that moves a kernel apart from another of its sort: the axes along which it is moved. */
export interface KernelPlan<Values> {
  readonly kind: string
  readonly icon: string
  readonly axes: Axes
  /** The Keras class. */
  readonly className: string
  /** The most that a kernel, a stride or a dilation may measure along an axis. */
  readonly widest: number
  readonly examples: readonly LayerExample<Values>[]
}

export function filters(initial = 32) {
  return int({ initial, min: 1, max: 4096, texts: 'filters' })
}

/** Where a kernel goes along each axis, which measures and moves `widest` at most. */
export function windowParams(axes: Axes, widest: number, stride = 1) {
  return { kernel: kernel(3, axes, widest), strides: strides(stride, axes, widest), padding }
}

export const sumParams = { activation, bias, ...weightingParams }

export function windowsOf({ kernel, strides, padding, dilation = [] }: WindowValues): Windows {
  return { size: kernel, strides, padding, dilation }
}

/** How a layer whose output's channels are its filters takes up a shape with places along these axes. */
export function fitFilters(axes: Axes): (values: unknown, wanted: Shape) => { filters: number } | undefined {
  return (_values, wanted) => {
    const filters = wanted.at(-1)
    return wanted.length === axes.length + 1 && filters ? { filters } : undefined
  }
}

interface ConfigValues extends WindowValues, SumValues {
  readonly filters?: number
  readonly multiplier?: number
  readonly groups?: number
}

/** The settings in the words of Keras and tfjs; a dilation and groups that change nothing are left out. */
export function kernelConfig(values: ConfigValues, roles?: readonly KernelRole[]): Record<string, unknown> {
  const { filters, kernel, strides, padding, dilation, multiplier, groups = 1, activation, bias } = values
  return {
    ...(filters === undefined ? {} : { filters }),
    kernelSize: kernel,
    strides,
    padding,
    ...(multiplier === undefined ? {} : { depthMultiplier: multiplier }),
    activation,
    useBias: bias,
    ...(isSpread(dilation) ? { dilationRate: dilation } : {}),
    ...(groups > 1 ? { groups } : {}),
    ...weightingConfig(values, roles),
  }
}

/** What comes out of a layer whose sums these are, channels last. */
export function lowerSums(
  graph: GraphBuilder,
  { activation, bias }: SumValues,
  sums: GraphValue,
  channels: number,
): GraphValue {
  return lowerActivation(graph, activation, bias ? graph.op('BiasAdd', [sums, graph.weight('bias', [channels])]) : sums)
}
