import { defineLayer, noWeights } from '../define'
import { choice, size } from '../params'
import { fails, gives } from '../shape'

const forms = ['sequence', 'picture', 'volume'] as const
type Form = (typeof forms)[number]

interface Order {
  readonly form: Form
  readonly sequence: number[]
  readonly picture: number[]
  readonly volume: number[]
}

const only = (form: Form) => (values: { readonly [name: string]: unknown }) => values['form'] === form

/** Which axis of the input, counted from 1, each axis of the output is. */
function orderOf({ form, ...orders }: Order): readonly number[] {
  return orders[form]
}

/** Puts the axes into another order, the channels among them. */
export default defineLayer({
  kind: 'permute',
  category: 'shape',
  icon: 'rotate-3d',
  params: {
    form: choice({ initial: 'picture', options: forms }),
    sequence: size({ initial: [2, 1], min: 1, max: 2, axes: ['length', 'channels'], showWhen: only('sequence') }),
    picture: size({
      initial: [2, 1, 3],
      min: 1,
      max: 3,
      axes: ['height', 'width', 'channels'],
      showWhen: only('picture'),
    }),
    volume: size({
      initial: [3, 2, 1, 4],
      min: 1,
      max: 4,
      axes: ['depth', 'height', 'width', 'channels'],
      showWhen: only('volume'),
    }),
  },
  inputs: { min: 1, max: 1, ranks: [2, 3, 4] },
  outShape: (values, [input = []]) => {
    const order = orderOf(values)
    if (order.length !== input.length) return fails('axes-not-equal', { axes: order.length, found: input.length })
    if (new Set(order).size < order.length) return fails('axis-twice', { order: order.join(', '), axes: order.length })
    return gives(...order.map((axis) => input[axis - 1] ?? 0))
  },
  weights: () => noWeights,
  macs: () => 0,
  summary: (values) => orderOf(values).join(' '),
  field: () => 'all',
  tfjs: (values) => ({ className: 'Permute', config: { dims: orderOf(values) } }),
  lower: (graph, values, [input]) => {
    if (!input) throw new Error('permute needs an input')
    const order = [0, ...orderOf(values)]
    return graph.op('Transpose', [input, graph.constant('int32', [order.length], order)], { Tperm: { type: 'int32' } })
  },
  examples: [
    {
      values: { form: 'picture', sequence: [2, 1], picture: [3, 1, 2], volume: [3, 2, 1, 4] },
      inputs: [[6, 7, 3]],
      out: [3, 6, 7],
      weights: 0,
    },
    {
      values: { form: 'sequence', sequence: [2, 1], picture: [2, 1, 3], volume: [3, 2, 1, 4] },
      inputs: [[20, 4]],
      out: [4, 20],
      weights: 0,
    },
    {
      values: { form: 'volume', sequence: [2, 1], picture: [2, 1, 3], volume: [2, 3, 4, 1] },
      inputs: [[2, 3, 4, 5]],
      out: [3, 4, 5, 2],
      weights: 0,
    },
    {
      values: { form: 'picture', sequence: [2, 1], picture: [1, 1, 3], volume: [3, 2, 1, 4] },
      inputs: [[6, 7, 3]],
      out: 'axis-twice',
      weights: 0,
    },
    {
      values: { form: 'volume', sequence: [2, 1], picture: [2, 1, 3], volume: [3, 2, 1, 4] },
      inputs: [[6, 7, 3]],
      out: 'axes-not-equal',
      weights: 0,
    },
  ],
})
