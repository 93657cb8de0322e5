import type { NetworkDocument } from '@shared/network/document'
import { framesOf } from '@shared/network/frames'
import type { ModuleView } from '../module-view'
import type { CanvasNode } from './use-canvas-sync'

/** How far Vue Flow lifts what is selected. */
const lifted = 1000

/** The id on the canvas of an open module's frame: another than that of its card. No id of a document has a space. */
export function frameId(module: string): string {
  return `frame ${module}`
}

/** The layer or the module that something on the canvas stands for. */
export function ownId(id: string): string {
  return id.replace(/^frame /, '')
}

/**
 * The frames of the open modules as Vue Flow's nodes, behind all cards. `visible` names the cards on the canvas (null:
 * all): a frame is there as soon as one of its cards is.
 */
export function frameNodes(
  network: NetworkDocument,
  modules: ReadonlyMap<string, ModuleView>,
  selection: ReadonlySet<string>,
  visible: ReadonlySet<string> | null,
  spoken: (module: ModuleView) => string,
): CanvasNode[] {
  return [...framesOf(network)].flatMap(([id, { x, y, width, height }], n) => {
    const module = modules.get(id)
    if (!module || (visible && !module.members.some((node) => visible.has(node)))) return []
    const selected = selection.has(id)
    return [
      {
        id: frameId(id),
        type: 'frame',
        position: { x, y },
        data: module,
        selected,
        connectable: false,
        // A box drawn around cards selects these; the frame is selected by its title.
        selectable: false,
        dragHandle: '.frame__title',
        // Those around others come first, and so lie behind them, also while they are selected: Vue Flow lifts these.
        zIndex: n - 2000 - (selected ? lifted : 0),
        style: { width: `${width}px`, height: `${height}px` },
        ariaLabel: spoken(module),
        domAttributes: { role: 'group', tabindex: -1 },
      },
    ]
  })
}
