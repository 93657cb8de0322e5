import { produce } from 'immer'
import { initialValues } from '../layers/params'
import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkModule, NetworkNode, Value, Values, Wire } from './document'
import { nodeById } from './document'
import { formOf, freeModuleName, usesOf } from './module-names'
import { circleTest, closesCircle, commonLevel, dropEmptyModules, isSound, moduleTree } from './module-tree'
import { tiedAmong, tiedGroup, untie } from './tied'

export interface Position {
  readonly x: number
  readonly y: number
}

function usedIds({ nodes, wires, modules = [] }: NetworkDocument): Set<string> {
  return new Set([...nodes, ...wires, ...modules].map((item) => item.id))
}

/** The first id of the form `prefix-n` that the network does not use. */
export function freeId(network: NetworkDocument, prefix: string): string {
  const used = usedIds(network)
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

/**
 * Adds nodes with the wires and modules among them under free ids (paste, duplicate); wires that may not be drawn are
 * left out. Copies have weights of their own, but those whose originals are tied to each other are tied to each other as
 * well. Returns the new network and the new ids, in the order of the nodes and of the modules.
 */
export function addCopies(
  network: NetworkDocument,
  nodes: readonly NetworkNode[],
  wires: readonly Wire[],
  offset: Position,
  modules: readonly NetworkModule[] = [],
): { network: NetworkDocument; ids: string[]; modules: string[] } {
  if (nodes.length === 0) return { network, ids: [], modules: [] }
  const free = freeIds(network)
  const newIds = nodes.map((node) => free(node.kind))
  const ids = new Map(nodes.map((node, n) => [node.id, newIds[n] ?? '']))
  const owners = tiedAmong(nodes)
  const piece = wholeModules({ nodes: [...nodes], wires: [...wires], modules: [...modules] })
  const newModules = new Map(piece.modules?.map(({ id }) => [id, free('module')]))
  // A network has one main output.
  const named = network.nodes.some(({ output }) => output?.main)
  const moved = ({ x, y }: Position): Position => ({ x: x + offset.x, y: y + offset.y })
  const copies = piece.nodes.map(({ weightsOf: _theirs, module, ...node }, n): NetworkNode => {
    const owner = ids.get(owners.get(node.id) ?? '')
    const inside = newModules.get(module ?? '')
    return {
      ...node,
      id: newIds[n] ?? '',
      position: moved(node.position),
      ...(named && node.output ? { output: { loss: node.output.loss, weight: node.output.weight } } : {}),
      ...(owner ? { weightsOf: owner } : {}),
      ...(inside ? { module: inside } : {}),
    }
  })
  const joined = allowedWires(piece).flatMap(({ from, to, input }): Wire[] => {
    const [newFrom, newTo] = [ids.get(from), ids.get(to)]
    return newFrom && newTo ? [{ id: free('wire'), from: newFrom, to: newTo, input }] : []
  })
  const added = {
    ...network,
    nodes: [...network.nodes, ...copies],
    wires: [...network.wires, ...joined],
  }
  const copied = (piece.modules ?? []).map(({ parent, ...module }): NetworkModule => {
    const around = newModules.get(parent ?? '')
    const id = newModules.get(module.id) ?? ''
    return { ...module, id, position: moved(module.position), ...(around ? { parent: around } : {}) }
  })
  return { network: withModules(network, added, copied), ids: newIds, modules: copied.map(({ id }) => id) }
}

/** A piece of a network without modules that would not be sound in it, or that none of its layers is in. */
function wholeModules(piece: NetworkDocument): NetworkDocument {
  const used = produce(piece, dropEmptyModules)
  if (isSound(used)) return used
  return { nodes: used.nodes.map(({ module: _none, ...node }) => node), wires: used.wires }
}

/** Adds modules; one that has the name of another that is made of something else gets a name of its own. */
function withModules(
  before: NetworkDocument,
  after: NetworkDocument,
  modules: readonly NetworkModule[],
): NetworkDocument {
  if (modules.length === 0) return after
  const all = { ...after, modules: [...(after.modules ?? []), ...modules] }
  const names = new Map<string, string>()
  for (const { id, name } of modules) {
    const [same] = usesOf(before, before.modules?.find((module) => module.name === name)?.id ?? '')
    if (same === undefined || names.has(name) || formOf(before, same) === formOf(all, id)) continue
    const taken = [...names.values()].map((given) => ({ id: given, name: given, position: { x: 0, y: 0 } }))
    names.set(name, freeModuleName({ ...all, modules: [...all.modules, ...taken] }))
  }
  const own = new Set(modules.map(({ id }) => id))
  const named = all.modules.map((module) => {
    const name = own.has(module.id) ? names.get(module.name) : undefined
    return name === undefined ? module : { ...module, name }
  })
  return { ...all, modules: named }
}

/** Gives free ids one after another, as `freeId` would if each was used at once. */
function freeIds(network: NetworkDocument): (prefix: string) => string {
  const used = usedIds(network)
  const next = new Map<string, number>()
  return (prefix) => {
    let n = next.get(prefix) ?? 1
    while (used.has(`${prefix}-${n}`)) n += 1
    next.set(prefix, n + 1)
    return `${prefix}-${n}`
  }
}

/** The wires of a piece of a network that `connect` would draw: of two into one input the later, and no circle. */
function allowedWires(piece: NetworkDocument): readonly Wire[] {
  const known = new Map(piece.nodes.map((node) => [node.id, node]))
  const byInput = new Map<string, Wire>()
  for (const wire of piece.wires) {
    const target = known.get(wire.to)
    if (!target || !known.has(wire.from) || wire.input >= inputsOf(target)) continue
    byInput.delete(`${wire.to} ${wire.input}`)
    byInput.set(`${wire.to} ${wire.input}`, wire)
  }
  const wires = [...byInput.values()]
  if (!hasCircle({ nodes: piece.nodes, wires })) return wires
  // Rare, and only in a text that was not copied here: one wire after another.
  return wires.reduce<NetworkDocument>((drawn, { from, to, input }) => connect(drawn, from, to, input), {
    nodes: piece.nodes,
    wires: [],
  }).wires
}

/** Whether the wires form a circle: whether some nodes are left when those without an open source are taken away. */
function hasCircle({ nodes, wires }: NetworkDocument): boolean {
  const open = new Map(nodes.map((node) => [node.id, 0]))
  const after = new Map<string, string[]>()
  for (const { from, to } of wires) {
    open.set(to, (open.get(to) ?? 0) + 1)
    const known = after.get(from)
    if (known) known.push(to)
    else after.set(from, [to])
  }
  const ready = [...open].flatMap(([id, count]) => (count === 0 ? [id] : []))
  for (const id of ready) {
    for (const target of after.get(id) ?? []) {
      const left = (open.get(target) ?? 0) - 1
      open.set(target, left)
      if (left === 0) ready.push(target)
    }
  }
  return ready.length < nodes.length
}

/**
 * Removes nodes with their wires. Where a removed node had a source, that source (of several, the one at the first
 * input) is connected to the nodes behind it, so that the wire heals.
 */
export function removeNodes(network: NetworkDocument, ids: readonly string[]): NetworkDocument {
  return ids.reduce(removeNode, network)
}

function removeNode(network: NetworkDocument, id: string): NetworkDocument {
  if (!nodeById(network, id)) return network
  const [source] = network.wires.filter((wire) => wire.to === id).sort((one, other) => one.input - other.input)
  const targets = network.wires.filter((wire) => wire.from === id)
  const rest = produce(untie(network, id), (draft) => {
    draft.nodes = draft.nodes.filter((node) => node.id !== id)
    draft.wires = draft.wires.filter((wire) => wire.from !== id && wire.to !== id)
    dropEmptyModules(draft)
  })
  if (!source) return rest
  return targets.reduce((next, { to, input }) => connect(next, source.from, to, input), rest)
}

export function removeWires(network: NetworkDocument, ids: readonly string[]): NetworkDocument {
  return produce(network, (draft) => {
    if (draft.wires.some((wire) => ids.includes(wire.id)))
      draft.wires = draft.wires.filter((wire) => !ids.includes(wire.id))
  })
}

/** Every node that can be reached from `from` along the wires, `from` itself first. */
export function reachable(network: NetworkDocument, from: string): ReadonlySet<string> {
  const targets = new Map<string, string[]>()
  for (const wire of network.wires) {
    const known = targets.get(wire.from)
    if (known) known.push(wire.to)
    else targets.set(wire.from, [wire.to])
  }
  const seen = new Set([from])
  // A set is walked in the order of insertion and shows what is added meanwhile: it is its own queue.
  for (const id of seen) for (const target of targets.get(id) ?? []) seen.add(target)
  return seen
}

/** Whether `to` can be reached from `from` along the wires. */
export function reaches(network: NetworkDocument, from: string, to: string): boolean {
  return reachable(network, from).has(to)
}

/** How many wires a node may take; a kind of a newer version may take any number. */
export function inputsOf(node: NetworkNode): number {
  return layerKind(node.kind)?.inputs.max ?? 64
}

/** Whether a wire may be drawn: both ends exist, the target takes inputs, and no cycle of layers or modules would close. */
export function canConnect(network: NetworkDocument, from: string, to: string): boolean {
  const target = nodeById(network, to)
  if (!target || !nodeById(network, from) || inputsOf(target) === 0) return false
  return moduleTree(network).modules.size > 0 ? !closesCircle(network, from, to) : !reaches(network, to, from)
}

/**
 * Every node to which a wire may be drawn from `id` (its `source` end), or from which one may come to it (its `target`
 * end), as `canConnect` says: both walk the network once, not once for each node.
 */
export function possibleEnds(network: NetworkDocument, id: string, end: 'source' | 'target'): ReadonlySet<string> {
  const own = nodeById(network, id)
  if (!own || (end === 'target' && inputsOf(own) === 0)) return new Set()
  const closes = circleTest(network, id, end)
  return new Set(
    network.nodes.filter((node) => (end === 'target' || inputsOf(node) > 0) && !closes(node.id)).map((node) => node.id),
  )
}

/** The input that a new wire to a node would feed: the first free one, or the first where none is free. */
export function freeInput(network: NetworkDocument, to: string): number {
  const taken = new Set(network.wires.filter((wire) => wire.to === to).map((wire) => wire.input))
  const target = nodeById(network, to)
  const most = target ? inputsOf(target) : 0
  for (let input = 0; input < most; input++) if (!taken.has(input)) return input
  return 0
}

/**
 * Draws a wire; one that already feeds the same input is replaced. Without `input` the first free one is taken. A wire
 * that may not be drawn changes nothing.
 */
export function connect(
  network: NetworkDocument,
  from: string,
  to: string,
  input = freeInput(network, to),
): NetworkDocument {
  const target = nodeById(network, to)
  if (!target || input >= inputsOf(target) || !canConnect(network, from, to)) return network
  if (network.wires.some((wire) => wire.from === from && wire.to === to && wire.input === input)) return network
  const id = freeId(network, 'wire')
  return produce(network, (draft) => {
    draft.wires = draft.wires.filter((wire) => !(wire.to === to && wire.input === input))
    draft.wires.push({ id, from, to, input })
  })
}

/**
 * Puts a node into a wire: source to node, node to target, in the module that both are in. A node that takes no input is
 * only added.
 */
export function insertOnWire(network: NetworkDocument, wireId: string, node: NetworkNode): NetworkDocument {
  const wire = network.wires.find((one) => one.id === wireId)
  if (!wire || inputsOf(node) === 0) return addNode(network, node)
  const module = commonLevel(moduleTree(network), [wire.from, wire.to])
  const added = addNode(network, module === undefined ? node : { ...node, module })
  const cut = removeWires(added, [wireId])
  return connect(connect(cut, wire.from, node.id), node.id, wire.to, wire.input)
}

/** Moves layers, and closed modules with all that is in them, to other places. */
export function moveNodes(network: NetworkDocument, positions: ReadonlyMap<string, Position>): NetworkDocument {
  const along = movedAlong(network, positions)
  return produce(network, (draft) => {
    for (const item of [...draft.nodes, ...(draft.modules ?? [])]) {
      const { x, y } = item.position
      const by = along.get(item.id)
      const position = by ? { x: x + by.x, y: y + by.y } : positions.get(item.id)
      if (position && (position.x !== x || position.y !== y)) item.position = { x: position.x, y: position.y }
    }
  })
}

/** How far what is in closed modules moves with them. */
function movedAlong(network: NetworkDocument, positions: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  const { modules, parents } = moduleTree(network)
  const along = new Map<string, Position>()
  for (const { id, open, position: from } of modules.values()) {
    const to = open ? undefined : positions.get(id)
    if (to) along.set(id, { x: to.x - from.x, y: to.y - from.y })
  }
  const moved = (id: string): Position | undefined => {
    const parent = parents.get(id)
    return (parent === undefined ? undefined : moved(parent)) ?? along.get(id)
  }
  if (along.size === 0) return along
  return new Map(
    [...parents.keys(), ...along.keys()].flatMap((id) => {
      const by = moved(id)
      return by ? [[id, by] as const] : []
    }),
  )
}

export function setValue(network: NetworkDocument, id: string, param: string, value: Value): NetworkDocument {
  return setValues(network, id, { [param]: value })
}

/**
 * Sets some of a node's values, and those of all layers that use the same weights; what is already so does not make a
 * new document.
 */
export function setValues(network: NetworkDocument, id: string, values: Values): NetworkDocument {
  const group = new Set(tiedGroup(network, id))
  return produce(network, (draft) => {
    for (const [n, { id: own }] of network.nodes.entries()) {
      const node = group.has(own) ? draft.nodes[n] : undefined
      if (!node) continue
      for (const [param, value] of Object.entries(values))
        if (JSON.stringify(node.values[param]) !== JSON.stringify(value)) node.values[param] = value
    }
  })
}

/**
 * Makes a layer one of another kind, with that kind's first values but for those given and weights of its own; place,
 * name and wires stay.
 */
export function replaceKind(network: NetworkDocument, id: string, kind: string, values: Values = {}): NetworkDocument {
  return produce(untie(network, id), (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (!node) return
    node.kind = kind
    node.values = { ...newNode(network, kind, node.position, values).values }
  })
}

/** Makes a layer stay as it is when other data is opened, or follow the data again. */
export function setPinned(network: NetworkDocument, id: string, pinned: boolean): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node && pinned) node.pinned = true
    else delete node?.pinned
  })
}

export function renameNode(network: NetworkDocument, id: string, name: string): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node) node.name = name.trim().slice(0, 80)
  })
}
