import type { GraphValue } from '@shared/graph/value'
import type { Graph, GraphNode } from './graph'
import type { Variables } from './variables'

/**
 * The operations that some values need, in order, with every variable's value written in as a constant
 * (`weights/<name>`): such a graph needs no session that was filled before. Throws where a variable has no value.
 */
export function freeze(
  graph: Graph,
  variables: Variables,
  values: ReadonlyMap<string, Float32Array>,
  wanted: readonly GraphValue[],
): GraphNode[] {
  const names = new Map(variables.all().map(({ name, handle }) => [handle.node, name]))
  const renamed = new Map<string, string>()
  const frozen = neededBy(graph, wanted).flatMap((node): GraphNode[] => {
    if (names.has(node.name)) return []
    const name = node.type === 'ReadVariableOp' ? names.get(node.inputs[0]?.node ?? '') : undefined
    if (name !== undefined) {
      const known = [...renamed.values()].includes(`weights/${name}`)
      renamed.set(node.name, `weights/${name}`)
      return known ? [] : [constant(name, variables, values)]
    }
    const inputs = node.inputs.map((input) => ({ ...input, node: renamed.get(input.node) ?? input.node }))
    return [{ ...node, inputs }]
  })
  return frozen
}

function constant(name: string, variables: Variables, given: ReadonlyMap<string, Float32Array>): GraphNode {
  const values = given.get(name)
  if (!values) throw new Error(`${name} has no value to be written in`)
  const tensor = { dtype: 'float32', shape: variables.known(name).shape, values } as const
  const attributes = { dtype: { type: 'float32' }, value: { tensor } } as const
  return { name: `weights/${name}`, type: 'Const', inputs: [], after: [], attributes }
}

/** The operations in front of some values, in the order in which they were added: each behind its inputs. */
function neededBy(graph: Graph, wanted: readonly GraphValue[]): GraphNode[] {
  const needed = new Set(wanted.map(({ node }) => node))
  const found: GraphNode[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!needed.has(node.name)) continue
    found.push(node)
    for (const input of node.inputs) needed.add(input.node)
    for (const before of node.after) needed.add(before)
  }
  return found.reverse()
}
