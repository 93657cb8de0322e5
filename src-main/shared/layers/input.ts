import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { size, type Axis } from './params'
import { gives } from './shape'

/** What sets one input apart from another: the axes of its samples, channels last, and their first sizes. */
export interface InputPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: readonly [Axis, ...Axis[]]
  readonly initial: number[]
  /** The most that a sample may measure along one axis. */
  readonly widest: number
  readonly examples: readonly LayerExample<{ readonly shape: number[] }>[]
}

/** Where samples come in; it takes up the shape of data that has its axes, and of no other. */
export function defineInput({ kind, icon, axes, initial, widest, examples }: InputPlan): LayerKind {
  return defineLayer({
    kind,
    category: 'input',
    icon,
    params: { shape: size({ initial, min: 1, max: widest, axes }) },
    inputs: { min: 0, max: 0, ranks: [] },
    outShape: ({ shape }) => gives(...shape),
    weights: () => noWeights,
    macs: () => 0,
    summary: () => '',
    family: { name: 'Input', axes: axes.length - 1 },
    fit: (_values, wanted) => (wanted.length === axes.length ? { shape: [...wanted] } : undefined),
    tfjs: () => undefined,
    examples,
  })
}
