import type { Connection, OnConnectStartParams } from '@vue-flow/core'
import { shallowRef, type ShallowRef } from 'vue'
import { canConnect } from '@shared/network/edit'
import { useDocumentStore } from '@/stores/document'
import type { DesignActions, DropTarget } from '../use-design-actions'
import { fittingLayers, providePorts, type Drawing } from './ports'
import { portInput } from './use-canvas-sync'

/** Drawing a wire from port to port; ports that fit light up meanwhile. */
export function useWireDrawing(actions: DesignActions, drop: Readonly<ShallowRef<DropTarget | null>>) {
  const store = useDocumentStore()
  const drawing = shallowRef<Drawing | null>(null)
  providePorts({ drawing, drop, allowed: ({ source, target }) => canConnect(store.network, source, target) })

  return {
    drawing,
    begin({ nodeId, handleType }: OnConnectStartParams): void {
      if (!nodeId || !handleType) return
      const fits = fittingLayers(store.network, store.facts, nodeId, handleType)
      drawing.value = { node: nodeId, end: handleType, fits }
    },
    end(): void {
      drawing.value = null
    },
    connect({ source, target, targetHandle }: Connection): void {
      actions.connect(source, target, portInput(targetHandle))
    },
  }
}
