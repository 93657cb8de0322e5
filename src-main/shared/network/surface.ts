import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkModule, NetworkNode, Wire } from './document'
import { hiddenBy, moduleTree } from './module-tree'

/** The kind of a closed module's card: no kind of layer has a space in its name. */
export const moduleCard = 'closed module'

/** A wire between cards. At a closed module `input` counts its input ports, and `output` its output ports. */
export type CardWire = Wire & { readonly output?: number }

/**
 * The network as it is drawn: each closed module is one card, under the module's id, and the wires that cross its border
 * end at its ports. Wires keep their ids; those within a closed module are left out.
 */
export interface Surface {
  nodes: NetworkNode[]
  wires: CardWire[]
}

/** An input of a layer in a module that is fed from outside, or should be. */
export interface InputPort {
  readonly node: string
  readonly input: number
  /** The wire that feeds it; undefined while none does. */
  readonly wire: string | undefined
}

export interface Ports {
  readonly inputs: readonly InputPort[]
  /** The layers whose output leaves the module, or leads nowhere. */
  readonly outputs: readonly string[]
}

const noPorts: Ports = { inputs: [], outputs: [] }

const known = new WeakMap<NetworkDocument, Surface>()

/** What is drawn of a network: the network itself where no module is closed. */
export function surfaceOf(network: NetworkDocument): Surface {
  const tree = moduleTree(network)
  if ([...tree.modules.values()].every(({ open }) => open)) return network
  const surface = known.get(network) ?? findSurface(network)
  known.set(network, surface)
  return surface
}

function findSurface(network: NetworkDocument): Surface {
  const seen = cardIds(network)
  const cards = new Map<string, NetworkNode>()
  const modules = moduleTree(network).modules
  for (const node of network.nodes) {
    const id = seen.get(node.id) ?? node.id
    const module = modules.get(id)
    if (module && !cards.has(id)) cards.set(id, cardOf(module))
    else if (!module) cards.set(id, node)
  }
  const wires = network.wires.flatMap(({ id, from, to, input }): CardWire[] => {
    const [source, target] = [seen.get(from) ?? from, seen.get(to) ?? to]
    if (source === target) return []
    const port = target === to ? input : portsOf(network, target).inputs.findIndex((one) => one.wire === id)
    const output = source === from ? {} : { output: portsOf(network, source).outputs.indexOf(from) }
    return [{ id, from: source, to: target, input: Math.max(0, port), ...output }]
  })
  return { nodes: [...cards.values()], wires }
}

function cardOf({ id, name, position }: NetworkModule): NetworkNode {
  return { id, kind: moduleCard, name, values: {}, position }
}

/** The card that stands for each layer that is hidden in a closed module. */
function cardIds(network: NetworkDocument): ReadonlyMap<string, string> {
  const tree = moduleTree(network)
  return new Map(
    [...tree.parents.keys()].flatMap((id) => {
      const card = hiddenBy(tree, id)
      return card === undefined ? [] : [[id, card] as const]
    }),
  )
}

/** The card that is seen of a layer or a module: its own, or that of the closed module that hides it. */
export function cardIdOf(network: NetworkDocument, id: string): string {
  return hiddenBy(moduleTree(network), id) ?? id
}

/** The card of a layer or a closed module as it is drawn; undefined for an unknown one and an open module. */
export function cardById(network: NetworkDocument, id: string): NetworkNode | undefined {
  const card = cardIdOf(network, id)
  return surfaceOf(network).nodes.find((node) => node.id === card)
}

const knownPorts = new WeakMap<NetworkDocument, ReadonlyMap<string, Ports>>()

/** Where wires cross a module's border, in document order. */
export function portsOf(network: NetworkDocument, module: string): Ports {
  const ports = knownPorts.get(network) ?? findPorts(network)
  knownPorts.set(network, ports)
  return ports.get(module) ?? noPorts
}

function findPorts(network: NetworkDocument): ReadonlyMap<string, Ports> {
  const nodes = new Map(network.nodes.map((node) => [node.id, node]))
  const into = new Map<string, Wire[]>()
  const outOf = new Map<string, Wire[]>()
  for (const wire of network.wires) {
    into.set(wire.to, [...(into.get(wire.to) ?? []), wire])
    outOf.set(wire.from, [...(outOf.get(wire.from) ?? []), wire])
  }
  return new Map(
    [...moduleTree(network).members].map(([id, list]): [string, Ports] => {
      const inside = new Set(list)
      const inputs = list.flatMap((node) => inputPorts(nodes.get(node), into.get(node) ?? [], inside))
      const outputs = list.filter((node) => {
        const targets = outOf.get(node) ?? []
        return targets.length === 0 || targets.some(({ to }) => !inside.has(to))
      })
      return [id, { inputs, outputs }]
    }),
  )
}

function inputPorts(
  node: NetworkNode | undefined,
  wires: readonly Wire[],
  inside: ReadonlySet<string>,
): readonly InputPort[] {
  if (!node) return []
  const ports = wires
    .filter(({ from }) => !inside.has(from))
    .map(({ id, input }): InputPort => ({ node: node.id, input, wire: id }))
  const fed = new Set(wires.map(({ input }) => input))
  const needed = layerKind(node.kind)?.inputs.min ?? 0
  for (let input = 0, missing = needed - fed.size; missing > 0; input++) {
    if (fed.has(input)) continue
    missing -= 1
    ports.push({ node: node.id, input, wire: undefined })
  }
  return ports.sort((one, other) => one.input - other.input)
}
