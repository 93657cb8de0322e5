import { layerKind } from '../layers/registry'
import { shapeText, sizeOf, type Shape } from '../layers/shape'
import { setValues } from './edit'
import type { NetworkDocument, Values } from './document'
import { walk, type NodeFacts } from './walk'

/** What the data asks of a network: the shape of one sample and the number of classes. */
export interface DataFit {
  readonly shape: Shape
  readonly classes: number
}

/** The nodes that take no input, in topological order. */
export function inputNodes(facts: ReadonlyMap<string, NodeFacts>): NodeFacts[] {
  return [...facts.values()].filter(({ kind }) => kind?.inputs.max === 0)
}

/** The layer and the values with which a network would put out `wanted`. */
export interface OutputFit {
  readonly node: string
  readonly values: Values
}

/**
 * How an end of the network could put out `wanted`: the nearest layer in front of it that decides the shape, seen
 * through layers whose output follows from their input's. Undefined where no setting decides it.
 */
export function fitOutput(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  end: string,
  wanted: Shape,
): OutputFit | undefined {
  let shape: Shape | undefined = wanted
  for (let id: string | undefined = end; id !== undefined && shape !== undefined; id = onlySource(network, id)) {
    const node: NodeFacts | undefined = facts.get(id)
    if (!node?.kind || node.kind.inputs.max === 0) return undefined
    const values = node.kind.fit?.(node.node.values, shape)
    if (values) return { node: id, values }
    shape = node.kind.fit ? undefined : inputFor(node, shape)
  }
  return undefined
}

/** What would have to come into a layer for `wanted` to come out. */
function inputFor({ kind, inputs, result }: NodeFacts, wanted: Shape): Shape | undefined {
  const [input] = inputs
  if (!input || !result.ok) return undefined
  if (kind?.inputFor) return kind.inputFor(wanted, input)
  return shapeText(input) === shapeText(result.shape) ? wanted : undefined
}

function onlySource(network: NetworkDocument, id: string): string | undefined {
  const wires = network.wires.filter((wire) => wire.to === id)
  return wires.length === 1 ? wires[0]?.from : undefined
}

/** The open ends that the input leads to: the network's own end, and those that lead nowhere. */
export interface OpenEnds {
  /** The end with the most layers in front of it (of several, the last); undefined where the input leads nowhere. */
  readonly main: NodeFacts | undefined
  readonly loose: readonly NodeFacts[]
}

/** Tells the network's own end from loose ones. */
export function openEndsBehindInput(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): OpenEnds {
  const targets = new Map<string, string[]>()
  for (const { from, to } of network.wires) {
    const known = targets.get(from)
    if (known) known.push(to)
    else targets.set(from, [to])
  }
  const depths = new Map(inputNodes(facts).map(({ node }) => [node.id, 0]))
  // The facts stand in topological order, so that a node's own depth is final when its targets are reached.
  for (const id of facts.keys()) {
    const depth = depths.get(id)
    if (depth === undefined) continue
    for (const target of targets.get(id) ?? []) depths.set(target, Math.max(depths.get(target) ?? 0, depth + 1))
  }
  const ends = [...facts.values()].filter(
    ({ node, kind }) => !targets.has(node.id) && depths.has(node.id) && kind?.inputs.max !== 0,
  )
  const depth = (end: NodeFacts) => depths.get(end.node.id) ?? 0
  const main = ends.reduce<NodeFacts | undefined>(
    (best, end) => (best && depth(best) > depth(end) ? best : end),
    undefined,
  )
  return { main, loose: ends.filter((end) => end !== main) }
}

/**
 * The network with its input and its last layer shaped by the data, where their own settings allow it. Layers that are
 * pinned stay as they are.
 */
export function fitToData(network: NetworkDocument, { shape, classes }: DataFit): NetworkDocument {
  const facts = walk(network)
  const shaped = inputNodes(facts).reduce((next, { node }) => {
    const values = node.pinned ? undefined : layerKind(node.kind)?.fit?.(node.values, shape)
    return values ? setValues(next, node.id, values) : next
  }, network)
  const end = openEndsBehindInput(network, facts).main
  const output = end && fitOutput(network, facts, end.node.id, [classes])
  return output && !facts.get(output.node)?.node.pinned ? setValues(shaped, output.node, output.values) : shaped
}

/** The layers that follow the data unless they are pinned: the inputs, and the one that decides the last shape. */
export function followers(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): ReadonlySet<string> {
  const end = openEndsBehindInput(network, facts).main
  const output = end?.result.ok ? fitOutput(network, facts, end.node.id, [sizeOf(end.result.shape)]) : undefined
  return new Set([...inputNodes(facts).map(({ node }) => node.id), ...(output ? [output.node] : [])])
}
