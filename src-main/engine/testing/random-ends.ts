import fc from 'fast-check'
import { branches, type BranchStep } from '@shared/network/chain'
import type { SmallNetwork } from './branched'

const weight = fc.constantFrom(0, 0.3, 1, 2.5)
const classHead = weight.map((own): BranchStep[] => [
  ['flatten'],
  ['dense', { units: 3, activation: 'softmax' }, { output: { loss: 'classes', weight: own } }],
])
const sampleHead = (channels: number) =>
  weight.map((own): BranchStep[] => [
    [
      'conv2d',
      { filters: channels, kernel: [1, 1], activation: 'sigmoid' },
      { output: { loss: 'sample', weight: own } },
    ],
  ])

/** The first step of a branch fed by a marked layer. */
function from(mark: string, steps: readonly BranchStep[]): BranchStep[] {
  const [first, ...others] = steps
  if (!first) return []
  const [kind, values = {}, wires = {}] = first
  return [[kind, values, { ...wires, from: [mark] }], ...others]
}

/**
 * Random valid networks of three classes for 5 × 5 pictures: one to three inputs, each with all channels or some, whose
 * towers are joined, and up to three outputs besides the main one, at any depth.
 */
export const randomEnds: fc.Arbitrary<SmallNetwork> = fc.integer({ min: 1, max: 3 }).chain((channels) => {
  const input = fc
    .record({ first: fc.integer({ min: 1, max: channels }), some: fc.boolean(), filters: fc.constantFrom(1, 2) })
    .map(({ first, some, filters }) => ({
      values: some
        ? { shape: [5, 5, channels - first + 1], part: 'some', first }
        : { shape: [5, 5, channels], part: 'all', first: 1 },
      filters,
    }))
  const heads = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.oneof(classHead, sampleHead(channels))), {
    maxLength: 3,
  })
  return fc
    .tuple(fc.array(input, { minLength: 1, maxLength: 3 }), heads, fc.boolean())
    .map(([inputs, others, deep]): SmallNetwork => {
      const towers = inputs.flatMap(({ values, filters }, n): BranchStep[] => [
        ['input', values, { from: [] }],
        ['conv2d', { filters, padding: 'same', activation: 'tanh' }, { mark: `tower-${n}` }],
      ])
      const all = inputs.map((_input, n) => `tower-${n}`)
      const joined: BranchStep[] = inputs.length > 1 ? [['concatenate', {}, { from: all, mark: 'trunk' }]] : []
      const trunk = inputs.length > 1 ? 'trunk' : 'tower-0'
      const depth: BranchStep[] = deep ? [['conv2d', { filters: 2, padding: 'same', activation: 'tanh' }]] : []
      const main: BranchStep[] = [
        ...depth,
        ['flatten'],
        ['dense', { units: 4, activation: 'tanh' }],
        ['dense', { units: 3, activation: 'softmax' }],
      ]
      const marks = [...all, trunk]
      const besides = others.flatMap(([at, steps]) => from(marks[at % marks.length] ?? trunk, steps))
      // Every input must lead somewhere, so that towers of several inputs are always joined.
      return { network: branches(...towers, ...joined, ...main, ...besides), shape: [5, 5, channels] }
    })
})
