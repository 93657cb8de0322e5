import { defineAsyncComponent, type Component } from 'vue'
import type { Workspace } from '@/stores/workspace'

interface WorkspaceEntry {
  readonly icon: string
  /** Loaded when it is first shown. */
  readonly view: Component
}

/** What stands in the frame's middle for each step of the work. Words: `app.workspaces.<name>`. */
export const workspaceEntries: Readonly<Record<Workspace, WorkspaceEntry>> = {
  data: { icon: 'images', view: lazy(() => import('@/features/data/DataWorkspace.vue')) },
  design: { icon: 'waypoints', view: lazy(() => import('@/features/design/DesignWorkspace.vue')) },
  train: { icon: 'chart-spline', view: lazy(() => import('@/features/train/TrainWorkspace.vue')) },
  look: { icon: 'scan-eye', view: lazy(() => import('@/features/look/LookWorkspace.vue')) },
  export: { icon: 'package-open', view: lazy(() => import('@/features/export/ExportWorkspace.vue')) },
}

function lazy(loader: () => Promise<{ default: Component }>): Component {
  return defineAsyncComponent({ loader, delay: 0 })
}
