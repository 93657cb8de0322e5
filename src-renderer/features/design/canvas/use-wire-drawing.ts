import type { Connection, OnConnectStartParams } from '@vue-flow/core'
import { shallowRef, type ShallowRef } from 'vue'
import { canConnect } from '@shared/network/edit'
import { useDocumentStore } from '@/stores/document'
import type { DesignActions, DropTarget } from '../use-design-actions'
import { layerAt } from './module-ports'
import { fittingLayers, providePorts, type Drawing } from './ports'

/** Drawing a wire from port to port; ports that fit light up meanwhile. */
export function useWireDrawing(actions: DesignActions, drop: Readonly<ShallowRef<DropTarget | null>>) {
  const store = useDocumentStore()
  const drawing = shallowRef<Drawing | null>(null)
  providePorts({
    drawing,
    drop,
    allowed(connection) {
      const { from, to } = endsOf(connection)
      return canConnect(store.network, from, to.node)
    },
  })

  /** The layers that a wire between two cards' ports would join. */
  function endsOf({ source, sourceHandle, target, targetHandle }: Connection) {
    return {
      from: layerAt(store.network, source, sourceHandle, 'source').node,
      to: layerAt(store.network, target, targetHandle, 'target'),
    }
  }

  return {
    drawing,
    begin({ nodeId, handleId, handleType }: OnConnectStartParams): void {
      if (!nodeId || !handleType) return
      const { node } = layerAt(store.network, nodeId, handleId, handleType)
      const fits = fittingLayers(store.network, store.facts, node, handleType)
      drawing.value = { node, end: handleType, fits }
    },
    end(): void {
      drawing.value = null
    },
    connect(connection: Connection): void {
      const { from, to } = endsOf(connection)
      actions.connect(from, to.node, to.input)
    },
  }
}
