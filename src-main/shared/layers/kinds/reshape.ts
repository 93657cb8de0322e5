import { defineLayer, noWeights } from '../define'
import { choice, size } from '../params'
import { reshaped } from '../reshape'
import { fails, gives, shapeText, sizeOf, type Shape } from '../shape'

const forms = ['row', 'sequence', 'picture', 'volume'] as const
type Form = (typeof forms)[number]

interface Target {
  readonly form: Form
  readonly row: number[]
  readonly sequence: number[]
  readonly picture: number[]
  readonly volume: number[]
}

const only = (form: Form) => (values: { readonly [name: string]: unknown }) => values['form'] === form
const widest = 1_048_576

function targetOf({ form, ...shapes }: Target): Shape {
  return shapes[form]
}

/** Lays the same values out in another shape, in their order. */
export default defineLayer({
  kind: 'reshape',
  category: 'shape',
  icon: 'proportions',
  params: {
    form: choice({ initial: 'picture', options: forms }),
    row: size({ initial: [784], min: 1, max: widest, axes: ['length'], showWhen: only('row') }),
    sequence: size({
      initial: [784, 1],
      min: 1,
      max: widest,
      axes: ['length', 'channels'],
      showWhen: only('sequence'),
    }),
    picture: size({
      initial: [28, 28, 1],
      min: 1,
      max: widest,
      axes: ['height', 'width', 'channels'],
      showWhen: only('picture'),
    }),
    volume: size({
      initial: [28, 28, 1, 1],
      min: 1,
      max: widest,
      axes: ['depth', 'height', 'width', 'channels'],
      showWhen: only('volume'),
    }),
  },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (values, [input = []]) => {
    const target = targetOf(values)
    const [wanted, found] = [sizeOf(target), sizeOf(input)]
    if (wanted === found) return gives(...target)
    return fails('sizes-not-equal', { input: shapeText(input), found, target: shapeText(target), wanted })
  },
  weights: () => noWeights,
  macs: () => 0,
  summary: (values) => shapeText(targetOf(values)),
  field: () => 'all',
  tfjs: (values) => ({ className: 'Reshape', config: { targetShape: targetOf(values) } }),
  lower: (graph, values, [input]) => {
    if (!input) throw new Error('reshape needs an input')
    return reshaped(graph, input, targetOf(values))
  },
  examples: [
    {
      values: { form: 'picture', row: [784], sequence: [784, 1], picture: [4, 6, 2], volume: [28, 28, 1, 1] },
      inputs: [[48]],
      out: [4, 6, 2],
      weights: 0,
    },
    {
      values: { form: 'sequence', row: [784], sequence: [12, 3], picture: [28, 28, 1], volume: [28, 28, 1, 1] },
      inputs: [[4, 3, 3]],
      out: [12, 3],
      weights: 0,
    },
    {
      values: { form: 'volume', row: [784], sequence: [784, 1], picture: [28, 28, 1], volume: [2, 5, 2, 3] },
      inputs: [[10, 6]],
      out: [2, 5, 2, 3],
      weights: 0,
    },
    {
      values: { form: 'row', row: [60], sequence: [784, 1], picture: [28, 28, 1], volume: [28, 28, 1, 1] },
      inputs: [[3, 4, 5]],
      out: [60],
      weights: 0,
    },
    {
      values: { form: 'picture', row: [784], sequence: [784, 1], picture: [7, 7, 2], volume: [28, 28, 1, 1] },
      inputs: [[100]],
      out: 'sizes-not-equal',
      weights: 0,
    },
  ],
})
