import { shapeText, sizeOf, type Shape } from '../layers/shape'
import { setValues } from './edit'
import type { NetworkDocument, Values } from './document'
import { inputNodes, networkEnds, type NetworkOutput } from './outputs'
import { walk, type NodeFacts } from './walk'

/** What the data asks of a network: the shape of one sample and the number of classes. */
export interface DataFit {
  readonly shape: Shape
  readonly classes: number
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

/** What data asks of an output: one value for each class, or the shape of a sample. */
export function wantedOf({ loss }: Pick<NetworkOutput, 'loss'>, { shape, classes }: DataFit): Shape {
  return loss === 'classes' ? [classes] : shape
}

/**
 * The network with its inputs and the last layers of its outputs shaped by the data, where their own settings allow it.
 * Layers that are pinned stay as they are.
 */
export function fitToData(network: NetworkDocument, data: DataFit): NetworkDocument {
  const facts = walk(network)
  const shaped = inputNodes(facts).reduce((next, { node, kind }) => {
    const values = node.pinned ? undefined : kind?.fit?.(node.values, data.shape)
    return values ? setValues(next, node.id, values) : next
  }, network)
  return networkEnds(network, facts).outputs.reduce((next, output) => {
    const fit = fitOutput(network, facts, output.id, wantedOf(output, data))
    return fit && !facts.get(fit.node)?.node.pinned ? setValues(next, fit.node, fit.values) : next
  }, shaped)
}

/** The layers that follow the data unless they are pinned: the inputs, and those that decide the outputs' shapes. */
export function followers(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): ReadonlySet<string> {
  const deciding = networkEnds(network, facts).outputs.flatMap(({ id, loss }) => {
    const result = facts.get(id)?.result
    if (!result?.ok) return []
    const fit = fitOutput(network, facts, id, loss === 'classes' ? [sizeOf(result.shape)] : result.shape)
    return fit ? [fit.node] : []
  })
  return new Set([...inputNodes(facts).map(({ node }) => node.id), ...deciding])
}
