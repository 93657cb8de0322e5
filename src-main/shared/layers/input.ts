import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { choice, int, size, type Axis } from './params'
import { gives, type Shape } from './shape'

/** What sets one input apart from another: the axes of its samples, channels last, and their first sizes. */
export interface InputPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: readonly [Axis, ...Axis[]]
  readonly initial: number[]
  /** The most that a sample may measure along one axis. */
  readonly widest: number
  readonly examples: readonly LayerExample<InputValues>[]
}

interface InputValues {
  /** Of what is handed on: with a part of the channels, the last size says how many. */
  readonly shape: number[]
  readonly part: 'all' | 'some'
  /** The first channel that is handed on, counted from 1. */
  readonly first: number
}

/** The values of an input that hands on all channels. */
export const wholeSample = { part: 'all', first: 1 } as const

/**
 * Where samples come in; it takes up the shape of data that has its axes, and of no other. Of several inputs each takes
 * the same sample, or some of its channels.
 */
export function defineInput({ kind, icon, axes, initial, widest, examples }: InputPlan): LayerKind {
  return defineLayer({
    kind,
    category: 'input',
    icon,
    params: {
      shape: size({ initial, min: 1, max: widest, axes }),
      part: choice({ initial: 'all', options: ['all', 'some'], texts: 'inputPart' }),
      first: int({
        initial: 1,
        min: 1,
        max: widest,
        texts: 'firstChannel',
        showWhen: ({ part }) => part === 'some',
      }),
    },
    inputs: { min: 0, max: 0, ranks: [] },
    outShape: ({ shape }) => gives(...shape),
    weights: () => noWeights,
    macs: () => 0,
    summary: (values) => (values.part === 'some' ? `[${values.first}–${values.first + channelsOf(values) - 1}]` : ''),
    family: { name: 'Input', axes: axes.length - 1 },
    fit: (values, wanted) => (wanted.length === axes.length ? fitted(values, wanted) : undefined),
    takes: (values) => (values.part === 'some' ? { first: values.first - 1, count: channelsOf(values) } : undefined),
    tfjs: () => undefined,
    examples,
  })
}

function channelsOf({ shape }: InputValues): number {
  return shape.at(-1) ?? 0
}

/** A part keeps its channels as far as samples of a shape have them; where they have none of them, all are taken. */
function fitted(values: InputValues, wanted: Shape): Partial<InputValues> {
  const there = (wanted.at(-1) ?? 0) - (values.first - 1)
  if (values.part === 'all') return { shape: [...wanted] }
  if (there < 1) return { shape: [...wanted], ...wholeSample }
  return { shape: [...wanted.slice(0, -1), Math.min(channelsOf(values), there)] }
}
