import type { Edge, EdgeChange, Node, NodeChange, NodePositionChange } from '@vue-flow/core'
import { computed, type ComputedRef } from 'vue'
import type { NetworkDocument } from '@shared/network/document'
import { modulesAround, moduleTree } from '@shared/network/module-tree'
import { cardIdOf, surfaceOf, type Surface } from '@shared/network/surface'
import type { Position } from '@shared/network/edit'
import type { Shape } from '@shared/layers/shape'
import { useComparisonStore } from '@/stores/comparison'
import { useDocumentStore } from '@/stores/document'
import { isModule } from '../module-view'
import type { LayerView } from '../network-view'
import type { NetworkView } from '../use-network-view'
import { frameNodes } from './frames'
import { ghosts } from './ghosts'
import { lanesOf } from './lanes'

/** What a wire's drawing is told: the shape that flows through it, null while it is not known. */
export interface WireData {
  readonly shape: Shape | null
  /** The wire is all that is selected: its shape is shown without the pointer over it. */
  readonly alone: boolean
  /** Where it goes down beside cards that it would else run behind. */
  readonly lane: number | undefined
  /** Only the network that this one is compared with has it. */
  readonly gone?: true
}

export type CanvasNode = Node<LayerView>
export type CanvasEdge = Edge<WireData>

/** The name of an input port among its card's handles. */
export function portId(input: number): string {
  return `in-${input}`
}

/** The name of an output port: a module has several, counted from 0. */
export function outputPortId(output: number | undefined): string {
  return output === undefined ? 'out' : `out-${output}`
}

/** The number of the input, or of a module's output, that a handle's name means; 0 where it names none. */
export function portInput(handle: string | null | undefined): number {
  const number = Number(handle?.replace(/^(in|out)-/, ''))
  return Number.isInteger(number) && number >= 0 ? number : 0
}

/** The cards of the network as drawn as Vue Flow's nodes. `stop` is the card that the Tab key reaches. */
export function toNodes(
  network: NetworkDocument,
  layers: { readonly get: (id: string) => LayerView | undefined },
  selection: ReadonlySet<string>,
  stop: string | undefined,
  spoken: (layer: LayerView) => string,
): CanvasNode[] {
  return network.nodes.flatMap((node) => {
    const layer = layers.get(node.id)
    if (!layer) return []
    const selected = selection.has(node.id)
    return [
      {
        id: node.id,
        type: layer.type,
        position: { ...node.position },
        data: layer,
        selected,
        domAttributes: {
          role: 'button',
          tabindex: node.id === stop ? 0 : -1,
          'aria-label': spoken(layer),
          'aria-pressed': selected,
          'aria-roledescription': undefined,
          'aria-describedby': undefined,
        },
      },
    ]
  })
}

/** The wires of the network as drawn as Vue Flow's edges. */
export function toEdges(
  network: Surface,
  layers: { readonly get: (id: string) => LayerView | undefined },
  selection: ReadonlySet<string>,
  lanes = lanesOf(network),
): CanvasEdge[] {
  return network.wires.map(({ id, from, to, input, output }) => ({
    id,
    type: 'wire',
    source: from,
    target: to,
    sourceHandle: outputPortId(output),
    targetHandle: portId(input),
    selected: selection.has(id),
    // Vue Flow would select the wires at a boxed card's sides too: wires are selected by a click of their own only.
    selectable: false,
    data: {
      shape: shapeFrom(layers, from, output),
      alone: selection.size === 1 && selection.has(id),
      lane: lanes.get(id),
    },
    ariaLabel: `${layers.get(from)?.name ?? from} → ${layers.get(to)?.name ?? to}`,
  }))
}

/** The shape that leaves a card by a port: a module's ports are those of layers in it. */
function shapeFrom(
  layers: { readonly get: (id: string) => LayerView | undefined },
  card: string,
  output: number | undefined,
): Shape | null {
  const view = layers.get(card)
  const layer = view && isModule(view) && output !== undefined ? layers.get(view.outputs[output] ?? '') : view
  return layer?.shape ?? null
}

/** The selection after a batch of changes; the same array where they change nothing. */
export function nextSelection(
  selection: readonly string[],
  changes: readonly (NodeChange | EdgeChange)[],
): readonly string[] {
  const next = new Set(selection)
  for (const change of changes) {
    if (change.type !== 'select') continue
    if (change.selected) next.add(change.id)
    else next.delete(change.id)
  }
  const same = next.size === selection.length && selection.every((id) => next.has(id))
  return same ? selection : [...next]
}

/** The changes that are Vue Flow's own business: measured sizes, and where cards are while they are being dragged. */
export function ownChanges(changes: readonly NodeChange[]): NodeChange[] {
  return changes.filter((change) => change.type === 'dimensions' || change.type === 'position')
}

/** Where cards stand after a drag, on whole units of the canvas. */
export function droppedAt(nodes: readonly { id: string; position: Position }[]): Map<string, Position> {
  return new Map(nodes.map(({ id, position }) => [id, { x: Math.round(position.x), y: Math.round(position.y) }]))
}

/** What of the canvas is selected with some layers, wires and modules: a module with all that is seen in it. */
export function seenOf(network: NetworkDocument, selection: readonly string[]): ReadonlySet<string> {
  const seen = new Set(selection.map((id) => cardIdOf(network, id)))
  const tree = moduleTree(network)
  if ([...seen].every((id) => !tree.modules.get(id)?.open)) return seen
  const inside = surfaceOf(network).nodes.filter(({ id }) => modulesAround(tree, id).some((module) => seen.has(module)))
  return new Set([...seen, ...inside.map(({ id }) => id)])
}

export function isPosition(change: NodeChange): change is NodePositionChange {
  return change.type === 'position'
}

export interface CanvasSync {
  readonly nodes: ComputedRef<CanvasNode[]>
  readonly edges: ComputedRef<CanvasEdge[]>
  /** The card that the Tab key reaches: the one selected last, else the first. */
  readonly stop: ComputedRef<string | undefined>
  /** Takes what Vue Flow wants to change; returns what it may change by itself. */
  readonly onNodesChange: (changes: NodeChange[]) => NodeChange[]
  readonly onEdgesChange: (changes: EdgeChange[]) => void
}

/**
 * Keeps the canvas a picture of the document: nodes and edges are computed from it, changes become its selection.
 * `visible` names the layers that are to be on it; null: all.
 */
export function useCanvasSync(view: NetworkView, visible: () => ReadonlySet<string> | null = () => null): CanvasSync {
  const store = useDocumentStore()
  const compared = useComparisonStore()
  const gone = computed(() =>
    compared.other && compared.comparison
      ? ghosts(store.network, compared.other.network, compared.comparison, view.translate)
      : { nodes: [], edges: [] },
  )
  /** The part of the network that is on the canvas. */
  const shown = computed(() => {
    const ids = visible()
    if (!ids) return store.surface
    const { nodes, wires } = store.surface
    return {
      nodes: nodes.filter(({ id }) => ids.has(id)),
      wires: wires.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    }
  })
  /** What is selected, with all that is seen of selected modules and of layers that are hidden in closed ones. */
  const selection = computed(() => seenOf(store.network, store.selection))
  const cards = computed(() => new Set(store.surface.nodes.map(({ id }) => id)))
  const stop = computed(() => {
    const last = store.selection.map((id) => cardIdOf(store.network, id)).findLast((id) => cards.value.has(id))
    return last ?? store.surface.nodes[0]?.id
  })
  const views = { get: view.card }
  const nodes = computed(() => [
    ...frameNodes(store.network, view.modules.value, selection.value, visible(), view.spoken),
    ...toNodes(shown.value, views, selection.value, stop.value, view.spoken),
    ...gone.value.nodes,
  ])
  return {
    nodes,
    edges: computed(() => {
      const present = new Set(nodes.value.map(({ id }) => id))
      return [
        ...toEdges(shown.value, views, selection.value, lanesOf(store.surface)),
        ...gone.value.edges.filter(({ source, target }) => present.has(source) && present.has(target)),
      ]
    }),
    stop,
    onNodesChange(changes) {
      select(changes)
      return ownChanges(changes)
    },
    onEdgesChange: select,
  }

  function select(changes: readonly (NodeChange | EdgeChange)[]): void {
    const next = nextSelection(store.selection, changes)
    if (next !== store.selection) store.select(next)
  }
}
