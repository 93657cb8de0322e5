import type { EpochMetrics, MetricBatch, RunHistory, RunProgress } from '@shared/training/metrics'
import { isLive, type RunRecord } from '@shared/training/run'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, on } from '@/api'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useNoticesStore } from './notices'
import { GrowingHistory } from './run-history'
import { useTrainingStore } from './training'

const emptyHistory: RunHistory = { loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }

/** The project's runs: the list, the one that is shown, its curves, and the controls of the one that trains. */
export const useRunsStore = defineStore('runs', () => {
  const runs = shallowRef<readonly RunRecord[]>([])
  const currentId = shallowRef<string | null>(null)
  /** Where the live run stands; null before its first news. */
  const progress = shallowRef<RunProgress | null>(null)
  /** The last epoch that ended in the live run. */
  const lastEpoch = shallowRef<EpochMetrics | null>(null)
  /** The curves of the current run; replaced with every batch, so that one watcher sees all news. */
  const history = shallowRef<RunHistory>(emptyHistory)
  const starting = shallowRef(false)
  const histories = new Map<string, GrowingHistory>()
  /** The number of the last batch heard of each run, to notice a lost one. */
  const heard = new Map<string, number>()

  const current = computed(() => runs.value.find((run) => run.id === currentId.value))
  const live = computed(() => runs.value.find((run) => isLive(run.state)))
  /** The current run if its weights can be looked at. */
  const trained = computed(() =>
    current.value && current.value.stepsDone + steps(current.value) > 0 ? current.value : undefined,
  )

  function steps(run: RunRecord): number {
    return run.id === live.value?.id ? (progress.value?.step ?? 0) : 0
  }

  /** Takes over news of a run. An answer that was overtaken by an event must not bring an older state back. */
  function update(run: RunRecord): void {
    const known = runs.value.find(({ id }) => id === run.id)
    if (known && isOlder(run, known)) return
    runs.value = known ? runs.value.map((one) => (one.id === run.id ? run : one)) : [run, ...runs.value]
    if (!isLive(run.state) && run.id === currentId.value) void readHistory(run.id)
  }

  function curves(id: string): GrowingHistory {
    const known = histories.get(id)
    if (known) return known
    const created = new GrowingHistory()
    histories.set(id, created)
    return created
  }

  /** Completes a run's curves with what is recorded on disk. */
  async function readHistory(id: string): Promise<void> {
    const recorded = await useNoticesStore().attempt(() => api.readHistory({ runId: id }))
    if (!recorded || !runs.value.some((run) => run.id === id)) return
    const grown = curves(id)
    grown.merge(recorded)
    if (currentId.value === id) history.value = grown.view()
  }

  function hear(batch: MetricBatch): void {
    const { runId, sequence } = batch
    const last = heard.get(runId) ?? -1
    heard.set(runId, Math.max(last, sequence))
    const grown = curves(runId)
    grown.append(batch)
    progress.value = batch.progress
    lastEpoch.value = batch.epochs.at(-1) ?? lastEpoch.value
    if (runId === currentId.value) history.value = grown.view()
    if (sequence > last + 1 && last >= 0) void readHistory(runId)
  }

  /** Reads the list of the open project; shows the live run, else the newest. */
  async function refresh(): Promise<void> {
    const listed = (await useNoticesStore().attempt(() => api.listRuns({}))) ?? []
    histories.clear()
    heard.clear()
    progress.value = null
    lastEpoch.value = null
    runs.value = listed
    await show(live.value?.id ?? runs.value[0]?.id ?? null)
  }

  /** Shows a run's curves, weights and guesses everywhere. */
  async function show(id: string | null): Promise<void> {
    currentId.value = id
    history.value = (id && histories.get(id)?.view()) || emptyHistory
    if (id) await readHistory(id)
  }

  function load(): () => void {
    const stops = [on('metrics', hear), on('runChanged', update)]
    return () => stops.forEach((stop) => stop())
  }

  /** Starts a run of the network as drawn, on the open data, with the training settings. */
  async function start(): Promise<void> {
    const dataset = useDatasetStore().source
    if (!dataset || starting.value || live.value) return
    starting.value = true
    progress.value = null
    lastEpoch.value = null
    const request = { network: useDocumentStore().network, dataset, settings: useTrainingStore().settings }
    const run = await useNoticesStore().attempt(() => api.startRun(request))
    if (run) {
      update(run)
      currentId.value = run.id
      history.value = histories.get(run.id)?.view() ?? emptyHistory
    }
    starting.value = false
  }

  async function control(action: 'pauseRun' | 'resumeRun' | 'stopRun'): Promise<void> {
    const run = live.value
    if (!run) return
    const changed = await useNoticesStore().attempt(() => api[action]({ runId: run.id }))
    if (changed) update(changed)
  }

  async function remove(id: string): Promise<void> {
    const gone = await useNoticesStore().attempt(() => api.deleteRun({ runId: id }))
    if (!gone) return
    histories.delete(id)
    heard.delete(id)
    runs.value = runs.value.filter((run) => run.id !== id)
    if (currentId.value === id) await show(runs.value[0]?.id ?? null)
  }

  return {
    runs,
    current,
    currentId,
    live,
    trained,
    progress,
    lastEpoch,
    history,
    starting,
    load,
    refresh,
    show,
    start,
    pause: () => control('pauseRun'),
    resume: () => control('resumeRun'),
    stop: () => control('stopRun'),
    remove,
  }
})

/** Whether `news` was true before `known`: an ended run never lives again, one under way is never prepared again. */
function isOlder(news: RunRecord, known: RunRecord): boolean {
  if (!isLive(known.state)) return isLive(news.state)
  return news.state === 'preparing' && known.state !== 'preparing'
}
