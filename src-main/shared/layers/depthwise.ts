import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import type { Padding } from './arithmetic'
import { reshaped } from './reshape'
import { shapeText, type LayerProblem, type Shape } from './shape'
import { kernelWeight, type Weighting } from './weighting'
import { isSpread, placesOf, stridesProblem, tooLarge, windowAttributes, type Windows } from './windows'

/** What a layer moves over each channel of a picture by itself. */
export interface DepthwiseWindows {
  readonly kernel: number[]
  readonly strides: number[]
  readonly padding: Padding
  readonly dilation: number[]
}

type Places = { readonly ok: true; readonly places: number[] } | { readonly ok: false; readonly problem: LayerProblem }

function windowsOf({ kernel, strides, padding, dilation }: DepthwiseWindows): Windows {
  return { size: kernel, strides, padding, dilation }
}

/** The height and width that come out, or why the windows cannot be moved so. */
export function depthwisePlaces(values: DepthwiseWindows, input: Shape): Places {
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
 * Each channel under `multiplier` kernels of its own: the weight `name`, `[height, width, channels, multiplier]`. With
 * dilation it is a convolution in as many groups as there are channels, since `DepthwiseConv2dNative` ignores it on a CPU.
 */
export function lowerDepthwise(
  graph: GraphBuilder,
  name: string,
  values: DepthwiseWindows & Weighting & { readonly multiplier: number },
  input: GraphValue,
  channels: number,
): GraphValue {
  const { kernel, padding, dilation, multiplier } = values
  const sizes = [...kernel, channels, multiplier]
  if (!isSpread(dilation))
    return graph.op(
      'DepthwiseConv2dNative',
      [input, kernelWeight(graph, name, sizes, values)],
      windowAttributes(values),
    )
  // CPUs whose oneDNN has no float16 compute it by kernels that know neither groups nor dilation in the backward pass.
  const value = input.dtype === 'float16' ? graph.cast(input, 'float32') : input
  const weight = reshaped(graph, kernelWeight(graph, name, sizes, values, value.dtype), [
    kernel[1] ?? 1,
    1,
    channels * multiplier,
  ])
  return graph.cast(
    graph.op('Conv2D', [value, weight], windowAttributes({ strides: [1, 1], padding, dilation })),
    input.dtype,
  )
}
