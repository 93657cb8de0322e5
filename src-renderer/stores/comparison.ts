import { compareNetworks, type LayerChange } from '@shared/network/compare'
import type { NetworkDocument } from '@shared/network/document'
import type { RunRecord } from '@shared/training/run'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import { useDocumentStore } from './document'
import { useNoticesStore } from './notices'
import { useProjectStore } from './project'

/** The network that the one on the canvas is compared with: as it was in a run, or that of another project. */
export interface Compared {
  readonly network: NetworkDocument
  /** The run's number, or null. */
  readonly run: number | null
  /** The other project's name, or the empty text. */
  readonly project: string
}

/** The comparison that is laid over the canvas, if any; it follows every edit and ends with the project. */
export const useComparisonStore = defineStore('comparison', () => {
  const chosen = shallowRef<(Compared & { readonly path: string }) | null>(null)

  const other = computed<Compared | null>(() => {
    const { value } = chosen
    return value && value.path === useProjectStore().path ? value : null
  })
  const comparison = computed(() =>
    other.value ? compareNetworks(other.value.network, useDocumentStore().network) : null,
  )
  /** What became of the layers on the canvas, by id; those that are the same are left out. */
  const changes = computed<ReadonlyMap<string, LayerChange>>(() => {
    const all = comparison.value?.changes ?? []
    return new Map(all.flatMap((change) => (change.after ? [[change.after.node.id, change] as const] : [])))
  })

  function choose(compared: Compared): void {
    chosen.value = { ...compared, path: useProjectStore().path }
  }

  function withRun({ network, number }: RunRecord): void {
    choose({ network, run: number, project: '' })
  }

  /** Compares with another project; asks for its folder where `path` is null. */
  async function withProject(path: string | null): Promise<void> {
    const read = await useNoticesStore().attempt(() => api.readProject({ path }))
    if (read) choose({ network: read.project.network, run: null, project: read.project.name })
  }

  function close(): void {
    chosen.value = null
  }

  return { other, comparison, changes, withRun, withProject, close }
})
