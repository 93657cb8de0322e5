import type { GraphValue } from '@shared/graph/value'
import type { Graph, GraphNode } from './graph'
import { gradientRules } from './gradients/registry'

/**
 * Adds the reverse-mode gradients of a sum of losses: the gradient of `loss` (whose own gradient is `seed`) by each of
 * `wanted`, in their order. Only the operations on a path from a wanted value to the loss are visited. Throws where
 * such an operation has no gradient rule, and where a wanted value does not reach the loss.
 */
export function gradientsOf(
  graph: Graph,
  loss: GraphValue,
  seed: GraphValue,
  wanted: readonly GraphValue[],
): GraphValue[] {
  const forward = [...graph.nodes]
  const onPath = reachedFrom(forward, wanted)
  /** By operation, then by output: the gradients that flow in from the operations behind. */
  const collected = new Map<string, Map<number, GraphValue[]>>()
  const summed = new Map<string, GraphValue>()

  function collect({ node, output }: GraphValue, gradient: GraphValue): void {
    const outputs = collected.get(node) ?? new Map<number, GraphValue[]>()
    outputs.set(output, [...(outputs.get(output) ?? []), gradient])
    collected.set(node, outputs)
  }

  function sumAt(node: string, output: number): GraphValue | undefined {
    const name = `${node}:${output}`
    const parts = collected.get(node)?.get(output) ?? []
    const [only] = parts
    if (!only) return undefined
    const sum = summed.get(name) ?? (parts.length === 1 ? only : graph.op('AddN', parts, { N: { int: parts.length } }))
    summed.set(name, sum)
    return sum
  }

  collect(loss, seed)
  for (const node of forward.reverse()) {
    if (!onPath.has(node.name)) continue
    const outputs = collected.get(node.name)
    if (!outputs) continue
    if (wanted.some((value) => value.node === node.name)) continue
    const count = Math.max(...outputs.keys()) + 1
    const gradients = Array.from({ length: count }, (_unused, index) => sumAt(node.name, index))
    const rule = gradientRules.get(node.type)
    if (!rule) throw new Error(`${node.type} (${node.name}) has no gradient rule.`)
    const output = (index: number, dtype = outputType(node)): GraphValue => ({ node: node.name, output: index, dtype })
    const byInput = rule({ graph, node, output, gradients })
    for (const [index, input] of node.inputs.entries()) {
      const gradient = byInput[index]
      if (gradient && onPath.has(input.node)) collect(input, gradient)
    }
  }

  return wanted.map((value) => {
    const gradient = sumAt(value.node, value.output)
    if (!gradient) throw new Error(`${value.node} does not reach the loss.`)
    return gradient
  })
}

function outputType(node: GraphNode): GraphValue['dtype'] {
  const attribute = node.attributes['T'] ?? node.attributes['dtype'] ?? node.attributes['DstT']
  return attribute && 'type' in attribute ? attribute.type : (node.inputs[0]?.dtype ?? 'float32')
}

/** The names of the operations that lie behind any of the values. */
function reachedFrom(nodes: readonly GraphNode[], values: readonly GraphValue[]): ReadonlySet<string> {
  const reached = new Set(values.map(({ node }) => node))
  for (const node of nodes) if (node.inputs.some((input) => reached.has(input.node))) reached.add(node.name)
  return reached
}
