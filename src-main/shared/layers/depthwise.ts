import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { dilation } from './common'
import { defineLayer, type LayerKind } from './define'
import { familyOf } from './family'
import { int } from './params'
import { reshaped } from './reshape'
import { gives, shapeText, sizeOf, type LayerProblem, type Shape } from './shape'
import { kernelWeight, type Weighting } from './weighting'
import {
  kernelConfig,
  lowerSums,
  sumParams,
  windowParams,
  windowsOf,
  type KernelPlan,
  type SumValues,
  type WindowValues,
} from './windowed'
import {
  asRow,
  asRowKernel,
  dilationSummary,
  fieldThrough,
  isSpread,
  overWindows,
  placesOf,
  stridesProblem,
  tooLarge,
  windowAttributes,
  type Windows,
} from './windows'

export interface DepthwiseValues extends WindowValues, SumValues {
  readonly dilation: number[]
  readonly multiplier: number
}

/** A convolution that keeps the channels apart: each is looked at by kernels of its own, and by no others. */
export function defineDepthwise({
  kind,
  icon,
  axes,
  className,
  widest,
  examples,
}: KernelPlan<DepthwiseValues>): LayerKind {
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    params: {
      ...windowParams(axes, widest),
      dilation: dilation(axes, widest),
      multiplier: int({ initial: 1, min: 1, max: 64, texts: 'multiplier' }),
      ...sumParams,
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    family: familyOf(className, axes.length),
    filters: { weight: 'kernel', order: 'each-input' },
    outShape: (values, [input = []]) => {
      const found = depthwisePlaces(values, input)
      return found.ok ? gives(...found.places, (input.at(-1) ?? 0) * values.multiplier) : found
    },
    weights: ({ kernel, multiplier, bias }, [input]) => ({
      trainable: (input?.at(-1) ?? 0) * multiplier * (sizeOf(kernel) + Number(bias)),
      frozen: 0,
    }),
    macs: (values, [input = []]) => {
      const found = depthwisePlaces(values, input)
      return found.ok ? sizeOf(found.places) * sizeOf(values.kernel) * (input.at(-1) ?? 0) * values.multiplier : 0
    },
    summary: ({ kernel, multiplier, dilation }) =>
      [kernel.join('×'), ...(multiplier > 1 ? [`×${multiplier}`] : []), ...dilationSummary(dilation)].join(' · '),
    activation: 'activation',
    field: (values) => fieldThrough(windowsOf(values)),
    tfjs: (values) => ({ className, config: kernelConfig(values, ['depthwise']) }),
    lower: (graph, values, [input], [shape = []]) => {
      const found = depthwisePlaces(values, shape)
      if (!input || !found.ok) throw new Error('a depthwise convolution needs an input that it fits')
      const channels = shape.at(-1) ?? 1
      const outputs = channels * values.multiplier
      return overWindows(graph, input, shape, [...found.places, outputs], (value) =>
        lowerSums(graph, values, lowerDepthwise(graph, 'kernel', values, value, channels), outputs),
      )
    },
    examples,
  })
}

type Places = { readonly ok: true; readonly places: number[] } | { readonly ok: false; readonly problem: LayerProblem }

/** The places that come out, axis by axis, or why the windows cannot be moved so. */
export function depthwisePlaces(values: WindowValues, input: Shape): Places {
  const windows = windowsOf(values)
  const refused = stridesProblem(windows) ?? unevenStrides(windows)
  if (refused) return { ok: false, problem: refused }
  const places = placesOf(windows, input)
  return places ? { ok: true, places } : { ok: false, problem: tooLarge(windows, input) }
}

/** TensorFlow's operation on each channel by itself takes the same stride along both axes only. */
function unevenStrides({ strides }: Windows): LayerProblem | undefined {
  if (strides.every((stride) => stride === strides[0])) return undefined
  return { code: 'strides-uneven', params: { param: 'strides', strides: shapeText(strides) } }
}

/**
 * Each channel of a picture, or of a sequence as a picture of one row, under `multiplier` kernels of its own: the weight
 * `name`, `[…kernel, channels, multiplier]`. With dilation it is a convolution in as many groups as there are channels,
 * since `DepthwiseConv2dNative` ignores it on a CPU.
 */
export function lowerDepthwise(
  graph: GraphBuilder,
  name: string,
  values: WindowValues & Weighting & { readonly multiplier: number },
  input: GraphValue,
  channels: number,
): GraphValue {
  const { kernel, strides, padding, dilation = [], multiplier } = values
  const sizes = [...kernel, channels, multiplier]
  if (!isSpread(dilation)) {
    const weight = asRowKernel(graph, kernelWeight(graph, name, sizes, values), kernel, [channels, multiplier])
    // Both strides must be the same, and over a row of height 1 the one along the height changes nothing.
    const [stride = 1] = strides
    return graph.op('DepthwiseConv2dNative', [input, weight], windowAttributes({ strides: [stride, stride], padding }))
  }
  // CPUs whose oneDNN has no float16 compute it by kernels that know neither groups nor dilation in the backward pass.
  const value = input.dtype === 'float16' ? graph.cast(input, 'float32') : input
  const [, width = 1] = asRow(kernel)
  const weight = reshaped(graph, kernelWeight(graph, name, sizes, values, value.dtype), [
    width,
    1,
    channels * multiplier,
  ])
  const attributes = windowAttributes({ strides: kernel.map(() => 1), padding, dilation })
  return graph.cast(graph.op('Conv2D', [value, weight], attributes), input.dtype)
}
