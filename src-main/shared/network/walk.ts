import { pointField, type ReceptiveField } from '../layers/arithmetic'
import { noWeights, type LayerKind, type WeightCounts } from '../layers/define'
import { layerKind } from '../layers/registry'
import { fails, shapeText, sizeOf, type Inference, type Shape } from '../layers/shape'
import type { NetworkDocument, NetworkNode, Wire } from './document'
import { reaches } from './edit'
import { tiesOf, weightsFit } from './tied'

/** What is known of one node once its inputs are: everything is derived, nothing is stored. */
export interface NodeFacts {
  readonly node: NetworkNode
  readonly kind: LayerKind | undefined
  /** The shapes that come in, by input; empty where a source has none. */
  readonly inputs: readonly Shape[]
  readonly result: Inference
  /** Its own weights: none where it uses those of another layer. */
  readonly weights: WeightCounts
  /** The layer whose weights it uses, and where they are counted. */
  readonly tiedTo?: string
  readonly macs: number
  /** Per spatial axis of the network's input; undefined once a layer sees everything, or where nothing is known. */
  readonly field: readonly ReceptiveField[] | undefined
}

/** The wires into each node, by input number. */
export function wiresInto(network: NetworkDocument): ReadonlyMap<string, readonly Wire[]> {
  const into = new Map<string, Wire[]>(network.nodes.map((node) => [node.id, []]))
  for (const wire of network.wires) into.get(wire.to)?.push(wire)
  for (const wires of into.values()) wires.sort((one, other) => one.input - other.input)
  return into
}

/**
 * The nodes so that each stands behind its sources (Kahn 1962; what a node makes ready comes right behind it, so that
 * chains stay together), and the nodes that lie on or behind a cycle and so have no place in the order.
 */
export function topologicalOrder(network: NetworkDocument): { order: NetworkNode[]; cyclic: NetworkNode[] } {
  const byId = new Map(network.nodes.map((node) => [node.id, node]))
  const open = new Map(network.nodes.map((node) => [node.id, 0]))
  const after = new Map<string, string[]>(network.nodes.map((node) => [node.id, []]))
  for (const { from, to } of network.wires) {
    if (!byId.has(from) || !byId.has(to)) continue
    open.set(to, (open.get(to) ?? 0) + 1)
    after.get(from)?.push(to)
  }
  const order: NetworkNode[] = []
  const ready = network.nodes.filter((node) => open.get(node.id) === 0).reverse()
  for (let next = ready.pop(); next; next = ready.pop()) {
    order.push(next)
    for (const target of (after.get(next.id) ?? []).reverse()) {
      const left = (open.get(target) ?? 0) - 1
      open.set(target, left)
      const node = byId.get(target)
      if (left === 0 && node) ready.push(node)
    }
  }
  const placed = new Set(order.map((node) => node.id))
  return { order, cyclic: network.nodes.filter((node) => !placed.has(node.id)) }
}

/**
 * The facts of every node, in topological order as far as there is one: shapes, counts and receptive fields, where
 * they can be known.
 */
export function walk(network: NetworkDocument): ReadonlyMap<string, NodeFacts> {
  const into = wiresInto(network)
  const facts = new Map<string, NodeFacts>()
  const { order, cyclic } = topologicalOrder(network)
  for (const node of order) {
    const sources = (into.get(node.id) ?? []).map((wire) => facts.get(wire.from))
    facts.set(node.id, factsOf(node, sources))
  }
  for (const node of cyclic) {
    const onCycle = network.wires.some((wire) => wire.from === node.id && reaches(network, wire.to, node.id))
    facts.set(node.id, { ...factsOf(node, [undefined]), result: fails(onCycle ? 'cycle' : 'source-unknown') })
  }
  for (const [id, owner] of tiesOf(network).owners) {
    const [own, theirs] = [facts.get(id), facts.get(owner)]
    if (own && theirs && fitTogether(own, theirs)) facts.set(id, tiedFacts(own, owner))
  }
  return facts
}

/** Whether two layers of the same kind and values have the same weights, as far as their inputs are known. */
function fitTogether(one: NodeFacts, other: NodeFacts): boolean {
  if (!one.kind || !one.result.ok || !other.result.ok) return true
  return weightsFit(one.kind, one.node.values, one.inputs, other.inputs)
}

/** The facts of tied layers by those that they would have untied: what is not edited keeps its facts. */
const knownTied = new WeakMap<NodeFacts, NodeFacts>()

function tiedFacts(own: NodeFacts, owner: string): NodeFacts {
  const before = knownTied.get(own)
  if (before?.tiedTo === owner) return before
  const facts = { ...own, weights: noWeights, tiedTo: owner }
  knownTied.set(own, facts)
  return facts
}

/** The facts of a node that is fed as before are the same: after an edit only what lies behind it is walked anew. */
const known = new WeakMap<
  NetworkNode,
  { readonly sources: readonly (NodeFacts | undefined)[]; readonly facts: NodeFacts }
>()

function factsOf(node: NetworkNode, sources: readonly (NodeFacts | undefined)[]): NodeFacts {
  const before = known.get(node)
  const same = before?.sources.length === sources.length && sources.every((one, n) => one === before.sources[n])
  if (before && same) return before.facts
  const facts = freshFacts(node, sources)
  known.set(node, { sources, facts })
  return facts
}

function freshFacts(node: NetworkNode, sources: readonly (NodeFacts | undefined)[]): NodeFacts {
  const kind = layerKind(node.kind)
  const inputs = sources.flatMap((source) => (source?.result.ok ? [source.result.shape] : []))
  const result = infer(node, kind, sources, inputs)
  const usable = kind !== undefined && inputs.length >= kind.inputs.min && inputs.length === sources.length
  return {
    node,
    kind,
    inputs,
    result,
    weights: usable && result.ok ? kind.weights(node.values, inputs) : noWeights,
    macs: usable && result.ok ? kind.macs(node.values, inputs) : 0,
    field: result.ok ? placesOf(result.shape, fieldOf(node, kind, sources)) : undefined,
  }
}

/** The fields of the axes that are left, where a layer made a row of some. */
function placesOf(shape: Shape, field: readonly ReceptiveField[] | undefined): readonly ReceptiveField[] | undefined {
  const axes = shape.length - 1
  return field && axes > 0 && axes < field.length ? field.slice(0, axes) : field
}

function infer(
  node: NetworkNode,
  kind: LayerKind | undefined,
  sources: readonly (NodeFacts | undefined)[],
  inputs: readonly Shape[],
): Inference {
  if (!kind) return fails('unknown-kind', { kind: node.kind })
  if (sources.length === 0 && kind.inputs.min > 0) return fails('no-input')
  if (sources.length < kind.inputs.min) return fails('too-few-inputs', { count: sources.length, min: kind.inputs.min })
  if (sources.length > kind.inputs.max) return fails('too-many-inputs', { count: sources.length, max: kind.inputs.max })
  if (inputs.length < sources.length) return fails('source-unknown')
  const { ranks } = kind.inputs
  const odd = ranks.length > 0 ? inputs.find((shape) => !ranks.includes(shape.length)) : undefined
  if (odd) return fails('wrong-rank', { expected: ranks.join(' / '), found: odd.length, shape: shapeText(odd) })
  return kind.outShape(node.values, inputs)
}

function fieldOf(
  node: NetworkNode,
  kind: LayerKind | undefined,
  sources: readonly (NodeFacts | undefined)[],
): readonly ReceptiveField[] | undefined {
  if (!kind) return undefined
  if (kind.inputs.max === 0) {
    const shape = kind.outShape(node.values, [])
    return shape.ok ? shape.shape.slice(0, -1).map(() => pointField) : undefined
  }
  const fields = sources.map((source) => source?.field)
  const first = fields[0]
  if (!first || fields.includes(undefined)) return undefined
  const widest = first.map((field, axis) =>
    fields.reduce((best, other) => ((other?.[axis]?.size ?? 0) > best.size ? (other?.[axis] ?? best) : best), field),
  )
  if (!kind.field) return widest
  const through = kind.field(node.values)
  return through === 'all' ? undefined : widest.map((field, axis) => through(field, axis))
}

export interface NetworkTotals {
  readonly layers: number
  readonly trainable: number
  readonly frozen: number
  /** Multiply-adds for one sample. */
  readonly macs: number
  /** Values that all layers put out for one sample. */
  readonly activations: number
  /** Values that the largest of them puts out. */
  readonly largest: number
}

/** The sums over a network's nodes. */
export function totals(facts: ReadonlyMap<string, NodeFacts>): NetworkTotals {
  const all = [...facts.values()]
  const sum = (value: (one: NodeFacts) => number) => all.reduce((total, one) => total + value(one), 0)
  return {
    layers: all.length,
    trainable: sum((one) => one.weights.trainable),
    frozen: sum((one) => one.weights.frozen),
    macs: sum((one) => one.macs),
    activations: sum((one) => (one.result.ok ? sizeOf(one.result.shape) : 0)),
    largest: all.reduce((most, { result }) => Math.max(most, result.ok ? sizeOf(result.shape) : 0), 0),
  }
}
