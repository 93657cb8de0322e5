import { describe, expect, it } from 'vitest'
import { freeze } from './freeze'
import { Graph } from './graph'
import { Variables } from './variables'

/** y = x · kernel + kernel, guarded by a check of x, beside a part that y does not need. */
function example() {
  const graph = new Graph()
  const variables = new Variables(graph)
  const x = graph.placeholder('x', 'float32', [-1, 2])
  const kernel = variables.weight('layer/kernel', [2, 2])
  const unused = variables.weight('layer/unused', [3])
  graph.op('Neg', [variables.read(unused)])
  const guard = graph.op('CheckNumerics', [x], { message: { text: 'x' } })
  const product = graph.op('MatMul', [x, variables.read(kernel)])
  const y = graph.op('AddV2', [product, variables.read(kernel)], {}, { name: 'y', after: [guard.node] })
  return { graph, variables, y }
}

const values = Float32Array.of(1, 2, 3, 4)

describe('a frozen graph', () => {
  it('holds what its outputs need, each variable once as a constant', () => {
    const { graph, variables, y } = example()
    const frozen = freeze(graph, variables, new Map([['layer/kernel', values]]), [y])
    expect(frozen.map(({ name, type, inputs, after }) => [name, type, inputs.map(({ node }) => node), after])).toEqual([
      ['x', 'Placeholder', [], []],
      ['CheckNumerics', 'CheckNumerics', ['x'], []],
      ['weights/layer/kernel', 'Const', [], []],
      ['MatMul', 'MatMul', ['x', 'weights/layer/kernel'], []],
      ['y', 'AddV2', ['MatMul', 'weights/layer/kernel'], ['CheckNumerics']],
    ])
    expect(frozen[2]?.attributes).toEqual({
      dtype: { type: 'float32' },
      value: { tensor: { dtype: 'float32', shape: [2, 2], values } },
    })
  })

  it('leaves the graph as it was', () => {
    const { graph, variables, y } = example()
    const before = structuredClone(graph.nodes)
    freeze(graph, variables, new Map([['layer/kernel', values]]), [y])
    expect(graph.nodes).toEqual(before)
  })

  it('is refused where a variable has no value', () => {
    const { graph, variables, y } = example()
    expect(() => freeze(graph, variables, new Map(), [y])).toThrow('layer/kernel has no value')
  })
})
