import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useEngineStore } from './engine'
import { useExportsStore } from './exports'
import { useLayoutStore } from './layout'
import { useRunsStore } from './runs'

/** The five workspaces in the order of the work. */
export const workspaces = ['data', 'design', 'train', 'look', 'export'] as const
export type Workspace = (typeof workspaces)[number]

/** How far a workspace's part of the work is. */
export type WorkspaceMark = 'empty' | 'ready' | 'running' | 'done' | 'problem'

export const useWorkspaceStore = defineStore('workspace', () => {
  const current = useLayoutStore().word('workspace', workspaces, 'data')

  const marks = computed<Readonly<Record<Workspace, WorkspaceMark>>>(() => {
    const dataset = useDatasetStore()
    const document = useDocumentStore()
    const { current: run, live, trained } = useRunsStore()
    const failed = run?.state === 'failed' || run?.state === 'interrupted' || useEngineStore().state.state === 'crashed'
    return {
      data: dataset.error ? 'problem' : dataset.loading ? 'running' : dataset.summary ? 'done' : 'empty',
      design: document.network.nodes.length === 0 ? 'empty' : document.problems.length > 0 ? 'problem' : 'done',
      train: live ? 'running' : failed ? 'problem' : run ? 'done' : whyNotStart.value === null ? 'ready' : 'empty',
      look: trained ? 'ready' : 'empty',
      export: useExportsStore().reports.length > 0 ? 'done' : trained ? 'ready' : 'empty',
    }
  })

  /** Why a run cannot start now, as a message key; null: it can. */
  const whyNotStart = computed<string | null>(() => {
    if (!useEngineStore().ready) return 'train.cannot.engine'
    if (!useDatasetStore().summary) return 'train.cannot.noData'
    if (useDocumentStore().problems.length > 0) return 'train.cannot.problems'
    return useRunsStore().live ? 'train.cannot.running' : null
  })

  function go(workspace: Workspace): void {
    current.value = workspace
  }

  return { current, marks, whyNotStart, go }
})
