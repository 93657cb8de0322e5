import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import { size, type Axis } from './params'
import { fails, gives, shapeText, type Inference, type Shape } from './shape'

export interface EdgeValues {
  readonly before: number[]
  readonly behind: number[]
}

/** What is done at the edges, and along which axes. */
export interface EdgesPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: readonly [Axis, ...Axis[]]
  /** Whether zeros are added around the places, or places are cut off. */
  readonly change: 'pad' | 'crop'
  readonly examples: readonly LayerExample<EdgeValues>[]
}

/** The Keras classes without their number of axes, and what they call the edges. */
const inKeras = {
  pad: { className: 'ZeroPadding', setting: 'padding', texts: ['zerosBefore', 'zerosBehind'] },
  crop: { className: 'Cropping', setting: 'cropping', texts: ['cutBefore', 'cutBehind'] },
} as const

/** Adds places of zeros around the input, or cuts places off it: so many before and behind along each axis. */
export function defineEdges({ kind, icon, axes, change, examples }: EdgesPlan): LayerKind {
  const { className, setting, texts } = inKeras[change]
  const ones = axes.map(() => 1)
  const edge = (name: string) => size({ initial: ones, min: 0, max: 1024, axes, texts: name })
  const name = `${className}${axes.length}D`
  return defineLayer({
    kind,
    category: 'shape',
    icon,
    params: { before: edge(texts[0]), behind: edge(texts[1]) },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    outShape: (values, [input = []]) => changed(change, values, input),
    weights: () => noWeights,
    macs: () => 0,
    summary: ({ before, behind }) => before.map((count, axis) => `${count}|${behind[axis] ?? 0}`).join(' · '),
    family: familyOf(name, axes.length),
    tfjs: ({ before, behind }) => {
      const pairs = before.map((count, axis) => [count, behind[axis] ?? 0])
      return { className: name, config: { [setting]: pairs.length === 1 ? pairs[0] : pairs } }
    },
    lower: (graph, values, [input], [shape = []]) => {
      if (!input) throw new Error(`${kind} needs an input`)
      const out = changed(change, values, shape)
      if (!out.ok) throw new Error(`${kind} does not fit: ${out.problem.code}`)
      return change === 'pad' ? lowerPadding(graph, input, values) : lowerCropping(graph, input, values, out.shape)
    },
    examples,
  })
}

function changed(change: EdgesPlan['change'], { before, behind }: EdgeValues, input: Shape): Inference {
  const sign = change === 'pad' ? 1 : -1
  const places = before.map((count, axis) => (input[axis] ?? 0) + sign * (count + (behind[axis] ?? 0)))
  if (places.every((count) => count >= 1)) return gives(...places, input.at(-1) ?? 0)
  const cut = before.map((count, axis) => count + (behind[axis] ?? 0))
  return fails('nothing-left', { cut: shapeText(cut), input: shapeText(input.slice(0, -1)) })
}

function lowerPadding(graph: GraphBuilder, input: GraphValue, { before, behind }: EdgeValues): GraphValue {
  const pairs = [0, 0, ...before.flatMap((count, axis) => [count, behind[axis] ?? 0]), 0, 0]
  const edges = graph.constant('int32', [pairs.length / 2, 2], pairs)
  return graph.op('Pad', [input, edges], { Tpaddings: { type: 'int32' } })
}

function lowerCropping(graph: GraphBuilder, input: GraphValue, { before }: EdgeValues, out: Shape): GraphValue {
  const begin = [0, ...before, 0]
  const sizes = [-1, ...out]
  const constants = [begin, sizes].map((values) => graph.constant('int32', [values.length], values))
  return graph.op('Slice', [input, ...constants], { Index: { type: 'int32' } })
}
