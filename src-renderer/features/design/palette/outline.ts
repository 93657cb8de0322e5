import type { NetworkDocument } from '@shared/network/document'
import { possibleEnds } from '@shared/network/edit'
import { wiresInto } from '@shared/network/walk'
import { moduleTree, modulesAround, type Level, type ModuleTree } from '@shared/network/module-tree'
import type { ModuleView } from '../module-view'
import type { LayerView } from '../network-view'

/** One line of the outline: a layer or a module, in the order of the flow. */
export interface OutlineRow {
  readonly layer: LayerView
  /** How deep it stands in modules, from 1. */
  readonly level: number
  /** Whether a module shows what is in it; undefined for a layer. */
  readonly open: boolean | undefined
  /** Where its input comes from, where that is not the line above; names, empty for nothing to say. */
  readonly from: readonly string[]
  /** Nothing comes in though something should. */
  readonly unfed: boolean
}

/**
 * The layers from top to bottom, each with a word on its sources where the order does not tell them. A module is a line
 * above those of its layers, which are left out while it is closed.
 */
export function outlineRows(
  network: NetworkDocument,
  layers: ReadonlyMap<string, LayerView>,
  modules: ReadonlyMap<string, ModuleView>,
): OutlineRow[] {
  const into = wiresInto(network)
  const tree = moduleTree(network)
  const rows: OutlineRow[] = []
  let above: string | undefined
  for (const id of inBranches([...layers.keys()], tree, modules)) {
    const around = modulesAround(tree, id)
    const module = modules.get(id)
    const layer = module ?? layers.get(id)
    if (!layer) continue
    // What is in a module comes right behind it, so that the line above its first layer is not that layer's source.
    const sources = module ? [] : (into.get(id) ?? []).map((wire) => wire.from)
    const plain = sources.length === 0 || (sources.length === 1 && sources[0] === above)
    if (!module) above = id
    else if (!module.open) above = module.outputs.at(-1)
    if (around.some((one) => modules.get(one)?.open === false)) continue
    rows.push({
      layer,
      level: around.length + 1,
      open: module?.open,
      from: plain ? [] : sources.map((source) => layers.get(source)?.name ?? source),
      unfed: !module && sources.length === 0 && layer.type !== 'source',
    })
  }
  return rows
}

/** Layers in order, those of a module together behind it: where its first one stands. */
function inBranches(
  order: readonly string[],
  tree: ModuleTree,
  modules: ReadonlyMap<string, ModuleView>,
): readonly string[] {
  const children = new Map<Level, string[]>()
  const placed = new Set<string>()
  for (const id of order)
    for (const one of [id, ...modulesAround(tree, id).filter((module) => modules.has(module))]) {
      if (placed.has(one)) break
      placed.add(one)
      const level = tree.parents.get(one)
      const known = children.get(level)
      if (known) known.push(one)
      else children.set(level, [one])
    }
  const branch = (level: Level): string[] =>
    (children.get(level) ?? []).flatMap((id) => (modules.has(id) ? [id, ...branch(id)] : [id]))
  return branch(undefined)
}

/** The layers to which a wire from `id` may be drawn and is not drawn yet. */
export function possibleTargets(
  network: NetworkDocument,
  layers: ReadonlyMap<string, LayerView>,
  id: string,
): LayerView[] {
  const drawn = new Set(network.wires.filter((wire) => wire.from === id).map((wire) => wire.to))
  const fits = possibleEnds(network, id, 'source')
  return [...layers.values()].filter((layer) => !drawn.has(layer.id) && fits.has(layer.id))
}
