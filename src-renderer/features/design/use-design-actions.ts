import { computed } from 'vue'
import { align, type Alignment } from '@shared/network/align'
import { addAt, addBehind, addOnWire, joinWire, moveAlong, type Added } from '@shared/network/arrange'
import type { NetworkDocument, OutputMark, Value } from '@shared/network/document'
import {
  connect,
  moveNodes,
  removeNodes,
  removeWires,
  renameNode,
  setPinned,
  setValue,
  type Position,
} from '@shared/network/edit'
import { copyText, paste } from '@shared/network/fragment'
import type { Target } from '@shared/network/module-place'
import { modulesAround, moduleTree } from '@shared/network/module-tree'
import { layersOf } from '@shared/network/modules'
import { cardIdOf } from '@shared/network/surface'
import { changeSharing } from '@shared/network/sharing'
import { setMainOutput, setOutput } from '@shared/network/outputs'
import { tie, untie } from '@shared/network/tied'
import { useDocumentStore } from '@/stores/document'
import type { ShownProblem } from './network-view'
import { useModuleActions, type UseOf } from './use-module-actions'

/** Where something new goes. */
export type DropTarget = Target

/** Everything that can be done to the network, by whatever hand: canvas, outline, inspector or keys. */
export function useDesignActions() {
  const store = useDocumentStore()
  const modules = useModuleActions()
  /** The selected layers, with those of selected modules. */
  const chosenNodes = computed(() => layersOf(store.network, store.selection))
  /** The selected layers and modules. */
  const chosenCards = computed(() => {
    const { nodes, modules: groups = [] } = store.network
    const chosen = new Set(store.selection)
    return [...nodes, ...groups].flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  })
  const chosenWires = computed(() => {
    const chosen = new Set(store.selection)
    return store.network.wires.filter((wire) => chosen.has(wire.id)).map((wire) => wire.id)
  })

  function applyAndSelect(label: string, edit: (network: NetworkDocument) => Added): void {
    let added = ''
    store.apply(label, (network) => {
      const { network: next, id } = edit(network)
      added = id
      return next
    })
    store.select([added])
  }

  function behindSelected(): DropTarget {
    return { kind: 'behind', node: chosenCards.value.at(-1) ?? null }
  }

  /**
   * Adds a layer, or a module of the palette, and selects it. Without a target it goes behind what is selected. `use`: whose
   * weights a further use of a module has.
   */
  function add(kind: string, target: DropTarget = behindSelected(), use?: UseOf): void {
    if (modules.add(kind, target, use)) return
    applyAndSelect('design.history.add', (network) => {
      if (target.kind === 'wire') return addOnWire(network, kind, target.wire)
      if (target.kind === 'place') return addAt(network, kind, target.position)
      return addBehind(network, kind, target.node ?? undefined)
    })
  }

  /** Deletes what is selected, layers and wires; the wires around deleted layers heal. */
  function removeSelected(): void {
    const [nodes, wires] = [chosenNodes.value, chosenWires.value]
    if (nodes.length + wires.length === 0) return
    const next = nextToSelect(store.network, nodes)
    // A wire at a deleted layer goes with it, and is healed with it.
    const free = store.network.wires.filter(
      ({ id, from, to }) => wires.includes(id) && !nodes.includes(from) && !nodes.includes(to),
    )
    const freeIds = free.map(({ id }) => id)
    store.apply('design.history.remove', (network) => removeNodes(removeWires(network, freeIds), nodes))
    store.select(next ? [cardIdOf(store.network, next)] : [])
  }

  function addCopies(label: string, text: string): boolean {
    let added: ReturnType<typeof paste>
    store.apply(label, (network) => {
      added = paste(network, text)
      return added?.network ?? network
    })
    if (added) store.select(outermost(added.network, [...added.modules, ...added.ids]))
    return added !== undefined
  }

  function duplicate(): void {
    const text = copyText(store.network, chosenNodes.value)
    if (text) addCopies('design.history.duplicate', text)
  }

  return {
    chosenNodes,
    chosenCards,
    chosenWires,
    modules,
    add,
    removeSelected,
    duplicate,
    /** The selected layers as text; undefined where none is selected. */
    copied: () => copyText(store.network, chosenNodes.value),
    /** Adds the layers of a clipboard text; false: it holds none. */
    pasteText: (text: string) => addCopies('design.history.paste', text),
    selectAll: () => store.select(store.surface.nodes.map((node) => node.id)),
    clearSelection: () => store.select([]),
    connect: (from: string, to: string, input?: number) =>
      store.apply('design.history.connect', (network) => connect(network, from, to, input)),
    disconnect: (wire: string) => store.apply('design.history.disconnect', (network) => removeWires(network, [wire])),
    join: (wire: string, node: string) =>
      store.apply('design.history.connect', (network) => joinWire(network, wire, node)),
    move: (positions: ReadonlyMap<string, Position>) =>
      store.apply('design.history.move', (network) => moveNodes(network, positions)),
    tidy: (positions: ReadonlyMap<string, Position>) =>
      store.apply('design.history.tidy', (network) => moveNodes(network, positions)),
    align: (alignment: Alignment) =>
      store.apply('canvas.history.align', (network) => align(network, chosenCards.value, alignment)),
    moveAlong: (node: string, direction: -1 | 1) =>
      store.apply('design.history.order', (network) => moveAlong(network, node, direction)),
    rename: (node: string, name: string) =>
      store.apply('design.history.rename', (network) => renameNode(network, node, name)),
    pin: (node: string, pinned: boolean) =>
      store.apply('canvas.history.pin', (network) => setPinned(network, node, pinned)),
    setOutput: (node: string, output: OutputMark | null) =>
      store.apply('outputs.history.set', (network) => setOutput(network, node, output)),
    weighOutput: (node: string, output: OutputMark) =>
      store.apply('outputs.history.weight', (network) => setOutput(network, node, output), `${node} weight`),
    makeMainOutput: (node: string) => store.apply('outputs.history.main', (network) => setMainOutput(network, node)),
    /** Lets a layer use the weights of another one, or (null) weights of its own. */
    shareWeights: (node: string, owner: string | null) =>
      owner === null
        ? store.apply('tying.history.untie', (network) => untie(network, node))
        : store.apply('tying.history.tie', (network) => tie(network, node, owner)),
    /** Gives each place of a layer weights of its own, or all places the same ones. */
    changeSharing(node: string): void {
      const own = store.facts.get(node)?.kind?.untied !== undefined
      store.apply(`sharing.history.${own ? 'own' : 'share'}`, (network) => changeSharing(network, node))
    },
    /** Typing in one field is one step of the history until it is left. */
    setValue: (node: string, param: string, value: Value) =>
      store.apply('design.history.value', (network) => setValue(network, node, param, value), `${node} ${param}`),
    endTyping: () => store.endMerge(),
    mend: ({ fix }: ShownProblem) => fix && store.apply('design.history.mend', fix.apply),
    useTemplate(network: NetworkDocument): void {
      store.apply('design.history.template', () => network)
      store.select([])
    },
  }
}

export type DesignActions = ReturnType<typeof useDesignActions>

/** Of some layers and modules, those that are in none of the others. */
function outermost(network: NetworkDocument, ids: readonly string[]): string[] {
  const chosen = new Set(ids)
  const tree = moduleTree(network)
  return ids.filter((id) => !modulesAround(tree, id).some((module) => chosen.has(module)))
}

/** After a deletion the layer in front is selected, so that the keyboard goes on from there. */
function nextToSelect(network: NetworkDocument, removed: readonly string[]): string | undefined {
  const gone = new Set(removed)
  let at = removed[0]
  while (at !== undefined && gone.has(at)) {
    const id: string = at
    at = network.wires.find((wire) => wire.to === id)?.from
  }
  return at
}
