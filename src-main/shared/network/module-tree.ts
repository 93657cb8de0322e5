import type { Draft } from 'immer'
import type { NetworkDocument, NetworkModule, NetworkNode } from './document'

// Modules are groups of layers of the flat network, in a tree; a level is a module or, undefined, the network itself.
// Contract: in each level, the wires between its children (layers and modules) close no circle. Then no state of open
// and closed modules shows one, and none is in the flat network. Files may hold anything: what names no module that
// there is, or itself, stands in no module.

/** A module's id, or undefined for the network as a whole. */
export type Level = string | undefined

export interface ModuleTree {
  readonly modules: ReadonlyMap<string, NetworkModule>
  /** The innermost module that a layer or a module stands in; those that stand in none are left out. */
  readonly parents: ReadonlyMap<string, string>
  /** The layers in a module, however deep, in document order. */
  readonly members: ReadonlyMap<string, readonly string[]>
}

const noModules: ModuleTree = { modules: new Map(), parents: new Map(), members: new Map() }

const known = new WeakMap<NetworkDocument, ModuleTree>()

/** Which module is in which, and which layers are in each; found once for each state of the network. */
export function moduleTree(network: NetworkDocument): ModuleTree {
  if (!network.modules || network.modules.length === 0) return noModules
  const tree = known.get(network) ?? findTree(network, network.modules)
  known.set(network, tree)
  return tree
}

function findTree({ nodes }: NetworkDocument, list: readonly NetworkModule[]): ModuleTree {
  const modules = new Map(list.map((module) => [module.id, module]))
  const parents = new Map<string, string>()
  for (const { id, parent } of list)
    if (parent !== undefined && modules.has(parent) && !runsInCircle(id, modules)) parents.set(id, parent)
  const members = new Map<string, string[]>(list.map(({ id }) => [id, []]))
  for (const { id, module } of nodes) {
    if (module === undefined || !modules.has(module)) continue
    parents.set(id, module)
    for (let at: Level = module; at !== undefined; at = parents.get(at)) members.get(at)?.push(id)
  }
  return { modules, parents, members }
}

function runsInCircle(id: string, modules: ReadonlyMap<string, NetworkModule>): boolean {
  const passed = new Set<string>()
  for (let at: Level = id; at !== undefined; at = modules.get(at)?.parent) {
    if (passed.has(at)) return true
    passed.add(at)
  }
  return false
}

/** The innermost module that a layer or a module is in; undefined for one that is in none. */
export function moduleOf(network: NetworkDocument, id: string): NetworkModule | undefined {
  const { parents, modules } = moduleTree(network)
  return modules.get(parents.get(id) ?? '')
}

/** The modules around a layer or a module, the innermost first. */
export function modulesAround({ parents }: ModuleTree, id: string): string[] {
  const around: string[] = []
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) around.push(at)
  return around
}

/** The innermost level that holds all of some layers and modules. */
export function commonLevel(tree: ModuleTree, ids: readonly string[]): Level {
  const [first, ...others] = ids
  if (first === undefined) return undefined
  return others.reduce<readonly string[]>(
    (kept, id) => {
      const around = new Set(modulesAround(tree, id))
      return kept.filter((level) => around.has(level))
    },
    modulesAround(tree, first),
  )[0]
}

/** The child of a level that a layer or a module is, or is in; undefined where it is not in that level. */
export function childOf({ parents }: ModuleTree, level: Level, id: string): string | undefined {
  let at = id
  for (;;) {
    const parent = parents.get(at)
    if (parent === level) return at
    if (parent === undefined) return undefined
    at = parent
  }
}

/** The closed modules around a layer or a module: what hides it; the outermost, which is seen instead, last. */
export function hiddenBy(tree: ModuleTree, id: string): string | undefined {
  return modulesAround(tree, id).findLast((module) => !tree.modules.get(module)?.open)
}

type Joints = ReadonlyMap<string, readonly string[]>

const knownJoints = new WeakMap<NetworkDocument, ReadonlyMap<Level, Joints>>()

/** For each level, what each of its children is wired to among the others. */
function jointsOf(network: NetworkDocument): ReadonlyMap<Level, Joints> {
  const before = knownJoints.get(network)
  if (before) return before
  const tree = moduleTree(network)
  const levels = new Map<Level, Map<string, string[]>>()
  for (const { from, to } of network.wires) {
    const level = commonLevel(tree, [from, to])
    const [source, target] = [childOf(tree, level, from), childOf(tree, level, to)]
    if (source === undefined || target === undefined) continue
    const joints = levels.get(level) ?? new Map<string, string[]>()
    levels.set(level, joints)
    const targets = joints.get(source)
    if (targets) targets.push(target)
    else joints.set(source, [target])
  }
  knownJoints.set(network, levels)
  return levels
}

function reversed(joints: Joints): Joints {
  const back = new Map<string, string[]>()
  for (const [source, targets] of joints)
    for (const target of targets) {
      const sources = back.get(target)
      if (sources) sources.push(source)
      else back.set(target, [source])
    }
  return back
}

function reached(joints: Joints | undefined, start: Iterable<string>): Set<string> {
  const seen = new Set(start)
  // A set is walked in the order of insertion and shows what is added meanwhile: it is its own queue.
  for (const id of seen) for (const target of joints?.get(id) ?? []) seen.add(target)
  return seen
}

/** Whether a wire from one layer to another would close a circle, between layers or between modules. */
export function closesCircle(network: NetworkDocument, from: string, to: string): boolean {
  if (from === to) return true
  const tree = moduleTree(network)
  const level = commonLevel(tree, [from, to])
  const [source, target] = [childOf(tree, level, from), childOf(tree, level, to)]
  if (source === undefined || target === undefined) return true
  return reached(jointsOf(network).get(level), [target]).has(source)
}

/**
 * Tells for any other layer whether a wire between it and `id` (its `source` end, or its `target` end) would close a
 * circle: each level around the layer is walked once, not once for each other layer.
 */
export function circleTest(network: NetworkDocument, id: string, end: 'source' | 'target'): (other: string) => boolean {
  const tree = moduleTree(network)
  const joints = jointsOf(network)
  const closing = new Map<Level, ReadonlySet<string>>()
  for (const level of [...modulesAround(tree, id), undefined]) {
    const own = childOf(tree, level, id)
    const ways = joints.get(level)
    if (own !== undefined) closing.set(level, reached(ways && end === 'source' ? reversed(ways) : ways, [own]))
  }
  return (other) => {
    const level = commonLevel(tree, [id, other])
    const child = childOf(tree, level, other)
    return child === undefined || (closing.get(level)?.has(child) ?? true)
  }
}

/**
 * A child of a level that lies on a way out of some of its children and back into them; undefined where there is none,
 * so that these can be one.
 */
export function between(network: NetworkDocument, level: Level, children: ReadonlySet<string>): string | undefined {
  const joints = jointsOf(network).get(level)
  if (!joints) return undefined
  const outside = (ways: Joints) => [...children].flatMap((id) => ways.get(id) ?? []).filter((id) => !children.has(id))
  const behind = reached(joints, outside(joints))
  const back = reversed(joints)
  const before = reached(back, outside(back))
  return [...behind].find((id) => before.has(id) && !children.has(id))
}

/** Whether no level's children are wired in a circle. */
export function isSound(network: NetworkDocument): boolean {
  return [...jointsOf(network).values()].every((joints) => {
    const open = new Map<string, number>()
    for (const targets of joints.values()) for (const id of targets) open.set(id, (open.get(id) ?? 0) + 1)
    const ready = [...joints.keys()].filter((id) => !open.has(id))
    for (const id of ready)
      for (const target of joints.get(id) ?? []) {
        const left = (open.get(target) ?? 0) - 1
        open.set(target, left)
        if (left === 0) ready.push(target)
      }
    return [...open.values()].every((left) => left === 0)
  })
}

/** Puts a layer into a level: the upkeep of other edits. */
export function putInto(node: Draft<NetworkNode>, level: Level): void {
  if (level === undefined) delete node.module
  else node.module = level
}

/** Takes away the modules that no layer is in any more: the upkeep of other edits. */
export function dropEmptyModules(draft: Draft<NetworkDocument>): void {
  if (!draft.modules) return
  const parents = new Map(draft.modules.map(({ id, parent }) => [id, parent]))
  const used = new Set<string>()
  for (const node of draft.nodes)
    for (let at = node.module; at !== undefined && !used.has(at); at = parents.get(at)) used.add(at)
  if (draft.modules.every(({ id }) => used.has(id))) return
  draft.modules = draft.modules.filter(({ id }) => used.has(id))
  if (draft.modules.length === 0) delete draft.modules
}
