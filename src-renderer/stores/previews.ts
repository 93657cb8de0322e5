import type { LayerPreview, NetworkPreview } from '@shared/ipc/preview'
import { canPreview, computablePart } from '@shared/network/computable'
import { signature } from '@shared/network/signature'
import { isLive } from '@shared/training/run'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { api } from '@/api'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useEngineStore } from './engine'
import { makeLatest } from './latest'
import { useLayoutStore } from './layout'
import { useRunsStore } from './runs'
import { useTrainingStore } from './training'

/** What each layer of the network as drawn puts out for one test sample; computed by the engine, never kept. */
export const usePreviewsStore = defineStore('previews', () => {
  const shown = useLayoutStore().flag('design.previews', false)
  /** Position of the sample in the test part. */
  const index = shallowRef(0)
  const latest = makeLatest<NetworkPreview>()

  const count = computed(() => useDatasetStore().summary?.counts.test.reduce((sum, one) => sum + one, 0) ?? 0)

  /** The newest run that has trained weights for exactly this network; undefined: there are only first weights. */
  const run = computed(() => {
    const own = signature(useDocumentStore().network)
    return useRunsStore().runs.find(
      ({ state, epochsDone, stepsDone, network }) =>
        !isLive(state) && stepsDone > 0 && (epochsDone > 0 || state === 'stopped') && signature(network) === own,
    )
  })

  /** Why nothing can be computed now, as a message key; null: it can. */
  const whyNot = computed<string | null>(() => {
    const { summary } = useDatasetStore()
    const { network, facts, sums } = useDocumentStore()
    if (!useEngineStore().ready) return 'canvas.preview.noEngine'
    if (!summary) return 'canvas.preview.noData'
    if (useRunsStore().live) return 'canvas.preview.training'
    if (!canPreview(sums)) return 'canvas.preview.tooLarge'
    return computablePart(network, facts, summary.shape).nodes.length === 0 ? 'canvas.preview.noInput' : null
  })

  /** Whatever the outputs follow from: they are the same as long as this is. */
  const wanted = computed(() => {
    const { source } = useDatasetStore()
    if (!shown.value || whyNot.value !== null || !source) return null
    const weights = run.value ? [run.value.id, run.value.stepsDone] : useTrainingStore().settings.seed
    return JSON.stringify([signature(useDocumentStore().network), source, index.value, weights])
  })

  const layers = computed<ReadonlyMap<string, LayerPreview>>(() => {
    const known = shown.value ? latest.value.value?.layers : undefined
    return new Map(known?.map((layer) => [layer.node, layer]))
  })

  /** Asks for the outputs anew, giving up what was asked before. */
  async function load(): Promise<void> {
    const { source } = useDatasetStore()
    const { network } = useDocumentStore()
    if (wanted.value === null || !source) return
    const request = { network, source, index: index.value, seed: useTrainingStore().settings.seed }
    await latest.load((signal) => api.previewLayers({ ...request, runId: run.value?.id ?? null }, { signal }))
  }

  function show(next: number): void {
    index.value = Math.max(0, Math.min(next, count.value - 1))
  }

  watch(
    () => useDatasetStore().summary,
    () => {
      index.value = 0
      latest.clear()
    },
    { flush: 'sync' },
  )

  return {
    shown,
    index,
    count,
    run,
    whyNot,
    wanted,
    layers,
    latest: latest.value,
    busy: latest.busy,
    error: latest.error,
    load,
    show,
    clear: latest.clear,
  }
})
