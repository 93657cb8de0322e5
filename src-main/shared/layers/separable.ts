import { dilation } from './common'
import { defineLayer, type LayerKind } from './define'
import { depthwisePlaces, lowerDepthwise } from './depthwise'
import { familyOf } from './family'
import { gives, sizeOf } from './shape'
import { kernelWeight } from './weighting'
import {
  filters,
  fitFilters,
  kernelConfig,
  lowerSums,
  sumParams,
  windowParams,
  windowsOf,
  type KernelPlan,
  type SumValues,
  type WindowValues,
} from './windowed'
import { asRowKernel, dilationSummary, fieldThrough, overWindows, windowAttributes } from './windows'

export interface SeparableValues extends WindowValues, SumValues {
  readonly filters: number
  readonly dilation: number[]
}

/**
 * A convolution in two steps: a kernel for each channel by itself, then filters that mix the channels place by place
 * (Sifre 2014; Chollet, "Xception", 2017). Far fewer weights and multiplications than one that does both at once.
 */
export function defineSeparable({
  kind,
  icon,
  axes,
  className,
  widest,
  examples,
}: KernelPlan<SeparableValues>): LayerKind {
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    params: {
      filters: filters(),
      ...windowParams(axes, widest),
      dilation: dilation(axes, widest),
      ...sumParams,
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    family: familyOf(className, axes.length),
    filters: { weight: 'depthwise_kernel', order: 'each-input' },
    outShape: (values, [input = []]) => {
      const found = depthwisePlaces(values, input)
      return found.ok ? gives(...found.places, values.filters) : found
    },
    weights: ({ filters, kernel, bias }, [input]) => {
      const channels = input?.at(-1) ?? 0
      return { trainable: channels * (sizeOf(kernel) + filters) + (bias ? filters : 0), frozen: 0 }
    },
    macs: (values, [input = []]) => {
      const found = depthwisePlaces(values, input)
      return found.ok ? sizeOf(found.places) * (input.at(-1) ?? 0) * (sizeOf(values.kernel) + values.filters) : 0
    },
    summary: ({ kernel, filters, dilation }) => [kernel.join('×'), filters, ...dilationSummary(dilation)].join(' · '),
    activation: 'activation',
    field: (values) => fieldThrough(windowsOf(values)),
    fit: fitFilters(axes),
    tfjs: (values) => ({ className, config: kernelConfig(values, ['depthwise', 'pointwise']) }),
    lower: (graph, values, [input], [shape = []]) => {
      const found = depthwisePlaces(values, shape)
      if (!input || !found.ok) throw new Error('a separable convolution needs an input that it fits')
      const channels = shape.at(-1) ?? 1
      const { filters } = values
      return overWindows(graph, input, shape, [...found.places, filters], (value) => {
        const apart = lowerDepthwise(graph, 'depthwise_kernel', { ...values, multiplier: 1 }, value, channels)
        const points = axes.map(() => 1)
        const own = kernelWeight(graph, 'pointwise_kernel', [...points, channels, filters], values)
        const mixer = asRowKernel(graph, own, points, [channels, filters])
        const mixed = graph.op('Conv2D', [apart, mixer], windowAttributes({ strides: points, padding: 'valid' }))
        return lowerSums(graph, values, mixed, filters)
      })
    },
    examples,
  })
}
