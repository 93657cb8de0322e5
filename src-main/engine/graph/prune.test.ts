import { describe, expect, it } from 'vitest'
import { Graph } from './graph'
import { neededBy } from './prune'

/** y = x · x + x, behind a check of x, beside a part that y does not need. */
function example(): Graph {
  const graph = new Graph()
  const x = graph.placeholder('x', 'float32', [-1, 2])
  graph.op('Neg', [x])
  const guard = graph.op('CheckNumerics', [x], { message: { text: 'x' } }, { name: 'guard' })
  const product = graph.op('Mul', [x, x], {}, { name: 'product' })
  graph.op('AddV2', [product, x], {}, { name: 'y', after: [guard.node] })
  graph.op('Identity', [{ ...product, node: 'y' }], {}, { name: 'behind' })
  return graph
}

describe('the operations that are needed', () => {
  it.each([
    ['inputs and what must have run before', ['y'], ['x', 'guard', 'product', 'y']],
    ['an input alone', ['x'], ['x']],
    ['several', ['guard', 'product'], ['x', 'guard', 'product']],
    ['none', [], []],
  ])('are %s', (_what, wanted, names) => {
    expect(neededBy(example(), wanted).map(({ name }) => name)).toEqual(names)
  })
})
