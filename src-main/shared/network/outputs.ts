import { produce } from 'immer'
import type { Shape } from '../layers/shape'
import type { NetworkDocument, OutputMark } from './document'
import { walk, type NodeFacts } from './walk'

/** The nodes that take no input, in topological order. */
export function inputNodes(facts: ReadonlyMap<string, NodeFacts>): NodeFacts[] {
  return [...facts.values()].filter(({ kind }) => kind?.inputs.max === 0)
}

/**
 * The shape that a whole sample must have for every input to find its channels; undefined where no input has a shape.
 * Where inputs do not agree on the other axes, the first one decides.
 */
export function sampleShape(facts: ReadonlyMap<string, NodeFacts>): Shape | undefined {
  const inputs = inputNodes(facts).flatMap(({ node, kind, result }) => {
    if (!result.ok) return []
    const count = result.shape.at(-1) ?? 0
    return [{ shape: result.shape, channels: (kind?.takes?.(node.values)?.first ?? 0) + count }]
  })
  const [first] = inputs
  return first && [...first.shape.slice(0, -1), Math.max(...inputs.map(({ channels }) => channels))]
}

/** What an input hands on of samples of a shape; undefined where they do not have the channels that it takes. */
export function takenShape({ node, kind }: Pick<NodeFacts, 'node' | 'kind'>, sample: Shape): Shape | undefined {
  const taken = kind?.takes?.(node.values)
  if (!taken) return sample
  return taken.first + taken.count <= (sample.at(-1) ?? 0) ? [...sample.slice(0, -1), taken.count] : undefined
}

/** One end of a network that training judges. */
export interface NetworkOutput {
  readonly id: string
  /** `classes`: cross-entropy between its probabilities and the class; `sample`: mean squared error against the sample. */
  readonly loss: OutputMark['loss']
  /** The share of its loss in the sum that training makes smaller. */
  readonly weight: number
}

/** The open ends that inputs lead to. */
export interface NetworkEnds {
  /** The end whose guesses are the network's; undefined where no end tells classes. */
  readonly main: NodeFacts | undefined
  /** Ends that are outputs, the main one first, the others in topological order. */
  readonly outputs: readonly NetworkOutput[]
  /** Ends that lead nowhere and were not made outputs. */
  readonly loose: readonly NodeFacts[]
}

/**
 * Tells a network's outputs from loose ends. The main output is the one that the person named; else the end with the most
 * layers in front of it (of several, the last) of those that nobody made outputs besides, and if there is none, of the
 * outputs that tell classes.
 */
export function networkEnds(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>): NetworkEnds {
  const { ends, depths } = openEnds(network, facts)
  const telling = ends.filter(({ node }) => node.output?.loss !== 'sample')
  const named = telling.filter(({ node }) => node.output?.main)
  const unmarked = telling.filter(({ node }) => !node.output)
  const candidates = [named, unmarked, telling].find(({ length }) => length > 0) ?? []
  const depth = ({ node }: NodeFacts) => depths.get(node.id) ?? 0
  const main = candidates.reduce<NodeFacts | undefined>(
    (best, end) => (best && depth(best) > depth(end) ? best : end),
    undefined,
  )
  const others = ends.filter((end) => end !== main)
  return {
    main,
    outputs: [
      ...(main ? [{ id: main.node.id, loss: 'classes' as const, weight: main.node.output?.weight ?? 1 }] : []),
      ...others.flatMap(({ node: { id, output } }) =>
        output ? [{ id, loss: output.loss, weight: output.weight }] : [],
      ),
    ],
    loose: others.filter(({ node }) => !node.output),
  }
}

/** A network's outputs, the main one first. */
export function outputsOf(network: NetworkDocument): readonly NetworkOutput[] {
  return networkEnds(network, walk(network)).outputs
}

/** The nodes behind inputs that nothing comes behind, with how many layers are in front of each node. */
function openEnds(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
): { ends: NodeFacts[]; depths: ReadonlyMap<string, number> } {
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
  return { ends, depths }
}

/** Makes an end an output, changes what is asked of it, or (null) makes it none. */
export function setOutput(network: NetworkDocument, id: string, output: OutputMark | null): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node && output) node.output = output
    else delete node?.output
  })
}

/** Makes an end the main output; the one that was main before stays an output. */
export function setMainOutput(network: NetworkDocument, id: string): NetworkDocument {
  const former = networkEnds(network, walk(network)).main?.node.id
  return produce(network, (draft) => {
    for (const node of draft.nodes) {
      const weight = node.output?.weight ?? 1
      if (node.id === id) node.output = { loss: 'classes', weight, main: true }
      else if (node.id === former) node.output = { loss: 'classes', weight }
      else if (node.output?.main) delete node.output.main
    }
  })
}
