import { addBehind } from './arrange'
import { emptyNetwork, nodeById, type NetworkDocument, type OutputMark, type Values } from './document'
import { addNode, connect, newNode } from './edit'
import { makeModule } from './modules'
import { below, cardHeight, freePlace } from './place'

/** A layer's kind with the values that differ from its first ones. */
export type ChainStep = readonly [kind: string, values?: Values]

/** Layers one behind another, in the order given. */
export function chain(...steps: readonly ChainStep[]): NetworkDocument {
  return steps.reduce((next, [kind, values]) => addBehind(next, kind, undefined, values ?? {}).network, emptyNetwork)
}

/**
 * A layer of a network with branches: it is fed by the layers with these marks, else by the one before it. `name` is
 * what its card is called, where the kind's own title says too little; all steps with one `module` are that one, closed,
 * made by the `recipe`, if any.
 */
export type BranchStep = readonly [
  kind: string,
  values?: Values,
  wires?: {
    readonly mark?: string
    readonly from?: readonly string[]
    readonly name?: string
    /** Makes it an output, besides the last layer. */
    readonly output?: OutputMark
    readonly module?: string
    readonly recipe?: string
  },
]

/** Layers in the order given, with branches that fork and join at marked layers. */
export function branches(...steps: readonly BranchStep[]): NetworkDocument {
  const marks = new Map<string, string>()
  let network = emptyNetwork
  const modules = new Map<string, { ids: string[]; recipe: string | undefined }>()
  let last: string | undefined
  for (const [kind, values = {}, { mark, from, name = '', output, module, recipe } = {}] of steps) {
    const sources = from ? from.map((name) => marked(marks, name)) : last === undefined ? [] : [last]
    const node = newNode(network, kind, { x: 0, y: 0 }, values)
    const position = freePlace(network, placeBehind(network, sources), cardHeight(node))
    network = addNode(network, { ...node, name, position, ...(output ? { output } : {}) })
    for (const [input, source] of sources.entries()) network = connect(network, source, node.id, input)
    if (mark !== undefined) marks.set(mark, node.id)
    if (module !== undefined) modules.set(module, { ids: [...(modules.get(module)?.ids ?? []), node.id], recipe })
    last = node.id
  }
  return [...modules].reduce(
    (next, [name, { ids, recipe }]) => makeModule(next, ids, { name, ...(recipe ? { recipe } : {}) }).network,
    network,
  )
}

function marked(marks: ReadonlyMap<string, string>, name: string): string {
  const id = marks.get(name)
  if (id === undefined) throw new Error(`no layer is marked ${name}`)
  return id
}

/** Below the lowest source, in the column of the first. */
function placeBehind(network: NetworkDocument, sources: readonly string[]): { x: number; y: number } {
  const places = sources.flatMap((id) => nodeById(network, id) ?? []).map(below)
  return { x: places[0]?.x ?? 0, y: Math.max(0, ...places.map(({ y }) => y)) }
}
