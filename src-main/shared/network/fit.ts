import { layerKind } from '../layers/registry'
import { shapeText, type Shape } from '../layers/shape'
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
 * through layers that hand their input's shape on. Undefined where no setting decides it.
 */
export function fitOutput(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  end: string,
  wanted: Shape,
): OutputFit | undefined {
  for (let id: string | undefined = end; id !== undefined;) {
    const node: NodeFacts | undefined = facts.get(id)
    if (!node?.kind || node.kind.inputs.max === 0) return undefined
    const values = node.kind.fit?.(node.node.values, wanted)
    if (values) return { node: id, values }
    const [input] = node.inputs
    const handsOn = node.result.ok && input !== undefined && shapeText(input) === shapeText(node.result.shape)
    id = handsOn && !node.kind.fit ? onlySource(network, id) : undefined
  }
  return undefined
}

function onlySource(network: NetworkDocument, id: string): string | undefined {
  const wires = network.wires.filter((wire) => wire.to === id)
  return wires.length === 1 ? wires[0]?.from : undefined
}

/**
 * The network's own end: the last open end, in topological order, that the input leads to; undefined where nothing
 * comes behind the input.
 */
export function mainEnd(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NodeFacts | undefined {
  return openEndsBehindInput(network, facts).at(-1)
}

/** All open ends that the input leads to, in topological order. */
export function openEndsBehindInput(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NodeFacts[] {
  const sources = new Set(network.wires.map((wire) => wire.from))
  const targets = new Map<string, string[]>()
  for (const wire of network.wires) targets.set(wire.from, [...(targets.get(wire.from) ?? []), wire.to])
  const fed = new Set(inputNodes(facts).map(({ node }) => node.id))
  for (const id of fed) for (const target of targets.get(id) ?? []) fed.add(target)
  return [...facts.values()].filter(
    ({ node, kind }) => !sources.has(node.id) && fed.has(node.id) && kind?.inputs.max !== 0,
  )
}

/** The network with its input and its last layer shaped by the data, where their own settings allow it. */
export function fitToData(network: NetworkDocument, { shape, classes }: DataFit): NetworkDocument {
  const facts = walk(network)
  const shaped = inputNodes(facts).reduce((next, { node }) => {
    const values = layerKind(node.kind)?.fit?.(node.values, shape)
    return values ? setValues(next, node.id, values) : next
  }, network)
  const end = mainEnd(network, facts)
  const output = end && fitOutput(network, facts, end.node.id, [classes])
  return output ? setValues(shaped, output.node, output.values) : shaped
}
