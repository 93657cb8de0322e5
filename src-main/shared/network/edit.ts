import { produce } from 'immer'
import { initialValues } from '../layers/params'
import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkNode, Value, Values, Wire } from './document'

export interface Position {
  readonly x: number
  readonly y: number
}

/** The first id of the form `prefix-n` that the network does not use. */
export function freeId(network: NetworkDocument, prefix: string): string {
  const used = new Set([...network.nodes, ...network.wires].map((item) => item.id))
  for (let n = 1; ; n++) if (!used.has(`${prefix}-${n}`)) return `${prefix}-${n}`
}

/** A new node of a kind with its first values; the network is not changed. */
export function newNode(network: NetworkDocument, kind: string, position: Position, values: Values = {}): NetworkNode {
  const params = layerKind(kind)?.params ?? {}
  return { id: freeId(network, kind), kind, name: '', values: { ...initialValues(params), ...values }, position }
}

export function addNode(network: NetworkDocument, node: NetworkNode): NetworkDocument {
  return produce(network, (draft) => void draft.nodes.push(node))
}

/** Adds nodes with the wires among them under free ids (paste, duplicate). Returns the new network and the new ids. */
export function addCopies(
  network: NetworkDocument,
  nodes: readonly NetworkNode[],
  wires: readonly Wire[],
  offset: Position,
): { network: NetworkDocument; ids: string[] } {
  const ids = new Map<string, string>()
  let next = network
  for (const node of nodes) {
    const id = freeId(next, node.kind)
    ids.set(node.id, id)
    const position = { x: node.position.x + offset.x, y: node.position.y + offset.y }
    next = addNode(next, { ...node, id, position })
  }
  for (const { from, to, input } of wires) {
    const [newFrom, newTo] = [ids.get(from), ids.get(to)]
    if (newFrom && newTo) next = connect(next, newFrom, newTo, input)
  }
  return { network: next, ids: [...ids.values()] }
}

/**
 * Removes nodes with their wires. Where a removed node had one source and stood in a chain, its source is connected to
 * the nodes behind it, so that the wire heals.
 */
export function removeNodes(network: NetworkDocument, ids: readonly string[]): NetworkDocument {
  let next = network
  for (const id of ids) {
    const sources = next.wires.filter((wire) => wire.to === id)
    const targets = next.wires.filter((wire) => wire.from === id)
    const source = sources.length === 1 ? sources[0] : undefined
    next = produce(next, (draft) => {
      draft.nodes = draft.nodes.filter((node) => node.id !== id)
      draft.wires = draft.wires.filter((wire) => wire.from !== id && wire.to !== id)
    })
    if (source) for (const target of targets) next = connect(next, source.from, target.to, target.input)
  }
  return next
}

export function removeWires(network: NetworkDocument, ids: readonly string[]): NetworkDocument {
  return produce(network, (draft) => {
    draft.wires = draft.wires.filter((wire) => !ids.includes(wire.id))
  })
}

/** Whether `to` can be reached from `from` along the wires. */
export function reaches(network: NetworkDocument, from: string, to: string): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    for (const wire of network.wires) if (wire.from === id) open.push(wire.to)
  }
  return false
}

/** Whether a wire may be drawn: both ends exist, the target takes inputs, and no cycle would close. */
export function canConnect(network: NetworkDocument, from: string, to: string): boolean {
  const target = network.nodes.find((node) => node.id === to)
  if (!target || !network.nodes.some((node) => node.id === from)) return false
  return (layerKind(target.kind)?.inputs.max ?? 1) > 0 && !reaches(network, to, from)
}

/** Draws a wire; one that already feeds the same input is replaced. A wire that may not be drawn changes nothing. */
export function connect(network: NetworkDocument, from: string, to: string, input = 0): NetworkDocument {
  if (!canConnect(network, from, to)) return network
  const id = freeId(network, 'wire')
  return produce(network, (draft) => {
    draft.wires = draft.wires.filter((wire) => !(wire.to === to && wire.input === input))
    draft.wires.push({ id, from, to, input })
  })
}

/** Puts a node into a wire: source to node, node to target. */
export function insertOnWire(network: NetworkDocument, wireId: string, node: NetworkNode): NetworkDocument {
  const wire = network.wires.find((one) => one.id === wireId)
  const added = addNode(network, node)
  if (!wire) return added
  const cut = removeWires(added, [wireId])
  return connect(connect(cut, wire.from, node.id), node.id, wire.to, wire.input)
}

export function moveNodes(network: NetworkDocument, positions: ReadonlyMap<string, Position>): NetworkDocument {
  return produce(network, (draft) => {
    for (const node of draft.nodes) {
      const position = positions.get(node.id)
      if (position) node.position = { x: position.x, y: position.y }
    }
  })
}

export function setValue(network: NetworkDocument, id: string, param: string, value: Value): NetworkDocument {
  return setValues(network, id, { [param]: value })
}

export function setValues(network: NetworkDocument, id: string, values: Values): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node) Object.assign(node.values, values)
  })
}

export function renameNode(network: NetworkDocument, id: string, name: string): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node) node.name = name.trim().slice(0, 80)
  })
}
