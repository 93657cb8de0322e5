import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import type { Values } from '../network/document'
import type { ReceptiveField } from './arithmetic'
import type { Family } from './family'
import { completeValues, type Params, type ValuesOf } from './params'
import type { Inference, Shape } from './shape'

/** The groups of the palette, in its order. */
export const categories = [
  'input',
  'convolution',
  'pooling',
  'dense',
  'recurrent',
  'activation',
  'normalization',
  'regularization',
  'merge',
  'shape',
] as const
export type Category = (typeof categories)[number]

export interface WeightCounts {
  readonly trainable: number
  readonly frozen: number
}

/** A layer in its eager form, as data: a Keras class and its config (tfjs's camel case), without name and seeds. */
export interface TfjsLayer {
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
  /** Layers without weights that the frameworks need in front of it, in order. */
  readonly before?: readonly TfjsLayer[]
  /** The same behind it. */
  readonly after?: readonly TfjsLayer[]
  /** A class of ours (engine/model/layers): neither Keras nor TensorFlow.js has it, so no LayersModel can hold it. */
  readonly ownClass?: true
  /** Keras has the class and TensorFlow.js computes something else by that name: no LayersModel can hold it. */
  readonly kerasOnly?: true
}

/** Neighbouring channels of a sample: the first one, counted from 0, and how many. */
export interface ChannelRange {
  readonly first: number
  readonly count: number
}

/** A worked example: documentation and, run over every kind, a test against our rule and against tfjs itself. */
export interface LayerExample<V = Values> {
  readonly values: V
  readonly inputs: readonly Shape[]
  /** The shape that comes out, or the code of the problem that is reported. */
  readonly out: Shape | string
  readonly weights: number
}

/** A weight whose first axes, one to three, are places in a window; what its last two are, tells `order`. */
export interface ShownFilters {
  readonly weight: string
  /**
   * `each-input`: inputs, each with filters of its own. `each-place`: a kernel for each place of what comes out,
   * `[places, window · inputs, filters]`, with the window in the setting `kernel`.
   */
  readonly order: 'inputs-filters' | 'filters-inputs' | 'each-input' | 'each-place'
}

interface Definition<P extends Params, V> {
  /** The name in project files and message keys; never changes once released. */
  readonly kind: string
  readonly category: Category
  /** A lucide icon's name in kebab case. */
  readonly icon: string
  readonly params: P
  /** How many wires come in, and the numbers of axes (without the batch) that are understood; empty means any. */
  readonly inputs: { readonly min: number; readonly max: number; readonly ranks: readonly number[] }
  readonly outShape: (values: V, inputs: readonly Shape[]) => Inference
  readonly weights: (values: V, inputs: readonly Shape[]) => WeightCounts
  /** Multiply-adds for one sample. */
  readonly macs: (values: V, inputs: readonly Shape[]) => number
  /** The setting that matters, for the card: `3×3 · 32`. Numbers and field terms only. */
  readonly summary: (values: V) => string
  /** Per axis, how the receptive field grows; a kind without it passes the field through; `'all'` sees everything. */
  readonly field?: (values: V) => ((field: ReceptiveField, axis: number) => ReceptiveField) | 'all'
  /** Values with which the layer would give `wanted`, where its own settings decide its shape; undefined if they cannot. */
  readonly fit?: (values: V, wanted: Shape) => Partial<V> | undefined
  /** The input with which a layer without `fit` would give `wanted`; without it, a layer that keeps its input's shape. */
  readonly inputFor?: (wanted: Shape, input: Shape) => Shape | undefined
  /** Of a kind that takes no input: the channels of a sample that it hands on; undefined: all. */
  readonly takes?: (values: V) => ChannelRange | undefined
  /** The parameter that holds the activation function, so that a last softmax can be found, set or left out. */
  readonly activation?: keyof P & string
  /** What it is one of, where other kinds do the same over other numbers of axes. */
  readonly family?: Family
  /** Set where no gradient goes through the layer to what stands in front of it. */
  readonly endsGradient?: true
  /** The kind that does the same with weights of its own at each place (network/sharing.ts). */
  readonly untied?: string
  /** The weight that can be looked at filter by filter. */
  readonly filters?: ShownFilters
  /**
   * Undefined for the input itself, which the engine makes from the shape. Few classes depend on what comes in (one for
   * each number of axes, say); who only asks for a class's settings may leave the shapes out.
   */
  readonly tfjs: (values: V, inputs: readonly Shape[]) => TfjsLayer | undefined
  /** The compiled form: what comes out of the layer, in TensorFlow operations. Kinds without it train eagerly only. */
  readonly lower?: (
    graph: GraphBuilder,
    values: V,
    inputs: readonly GraphValue[],
    shapes: readonly Shape[],
  ) => GraphValue
  readonly examples: readonly LayerExample<V>[]
}

/** A kind of layer as its readers see it: values are checked and filled before they reach the kind's own code. */
export type LayerKind = Omit<Definition<Params, Values>, 'fit' | 'takes' | 'tfjs'> & {
  /** The values with missing or wrong ones replaced by the initial ones. */
  readonly complete: (values: Values) => Values
  readonly fit?: (values: Values, wanted: Shape) => Values | undefined
  readonly takes?: (values: Values) => ChannelRange | undefined
  readonly tfjs: (values: Values, inputs?: readonly Shape[]) => TfjsLayer | undefined
}

/**
 * Declares a kind of layer: everything about it in one place. Values that a project file lacks or holds wrongly are
 * replaced by the initial ones before they reach the kind's functions (the checker reports them separately).
 */
export function defineLayer<const P extends Params>(definition: Definition<P, ValuesOf<P>>): LayerKind {
  const own = definition as unknown as Omit<LayerKind, 'complete'>
  const complete = (values: Values): Values => completeValues(own.params, values)
  return {
    ...own,
    complete,
    outShape: (values, inputs) => own.outShape(complete(values), inputs),
    weights: (values, inputs) => own.weights(complete(values), inputs),
    macs: (values, inputs) => own.macs(complete(values), inputs),
    summary: (values) => own.summary(complete(values)),
    tfjs: (values, inputs = []) => own.tfjs(complete(values), inputs),
    ...(own.fit ? { fit: (values: Values, wanted: Shape) => own.fit?.(complete(values), wanted) } : {}),
    ...(own.takes ? { takes: (values: Values) => own.takes?.(complete(values)) } : {}),
    ...(own.lower
      ? {
          lower: (graph: GraphBuilder, values: Values, inputs: readonly GraphValue[], shapes: readonly Shape[]) =>
            own.lower?.(graph, complete(values), inputs, shapes) as GraphValue,
        }
      : {}),
    ...(own.field ? { field: (values: Values) => own.field?.(complete(values)) ?? 'all' } : {}),
  }
}

export const noWeights: WeightCounts = { trainable: 0, frozen: 0 }
