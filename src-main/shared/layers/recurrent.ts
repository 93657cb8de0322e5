import { defineLayer, type LayerExample, type LayerKind } from './define'
import { int, toggle } from './params'
import { gives } from './shape'

export interface RecurrentValues {
  readonly units: number
  readonly sequences: boolean
  readonly backwards: boolean
}

/** What sets one recurrent layer apart from another. */
export interface RecurrentPlan {
  readonly kind: string
  readonly icon: string
  /** The Keras class. */
  readonly className: string
  /** How many sums each unit has: one, or one for each of its gates too. */
  readonly sums: number
  /** Settings of the class that are not chosen here. */
  readonly config: Readonly<Record<string, unknown>>
  readonly examples: readonly LayerExample<RecurrentValues>[]
}

/**
 * A group of neurons copied along a sequence that sees, beside the values of its place, what it put out at the place
 * before: the same weights at every place, as in a convolution. It has no compiled form.
 */
export function defineRecurrent({ kind, icon, className, sums, config, examples }: RecurrentPlan): LayerKind {
  /** Weights without biases. */
  const connections = (units: number, channels: number) => sums * (channels + units) * units
  return defineLayer({
    kind,
    category: 'recurrent',
    icon,
    params: {
      units: int({ initial: 32, min: 1, max: 2048, texts: 'recurrentUnits' }),
      sequences: toggle({ initial: false, texts: 'sequences' }),
      backwards: toggle({ initial: false, texts: 'backwards' }),
    },
    inputs: { min: 1, max: 1, ranks: [2] },
    outShape: ({ units, sequences }, [input = []]) => (sequences ? gives(input[0] ?? 0, units) : gives(units)),
    weights: ({ units }, [input = []]) => ({
      trainable: connections(units, input[1] ?? 0) + sums * units,
      frozen: 0,
    }),
    macs: ({ units }, [input = []]) => (input[0] ?? 0) * connections(units, input[1] ?? 0),
    summary: ({ units, sequences }) => `${units}${sequences ? ' · →' : ''}`,
    field: () => 'all',
    fit: ({ sequences }, wanted) => {
      const units = wanted.at(-1)
      return units && wanted.length === (sequences ? 2 : 1) ? { units } : undefined
    },
    tfjs: ({ units, sequences, backwards }) => ({
      className,
      config: { units, activation: 'tanh', returnSequences: sequences, goBackwards: backwards, ...config },
    }),
    examples,
  })
}
