import { kindsWithoutLowering } from '@shared/network/compiled'
import { signature } from '@shared/network/signature'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useEngineStore } from './engine'
import { useNoticesStore } from './notices'
import { useRunsStore } from './runs'
import { useTrainingStore } from './training'

/** A measurement takes so many steps, besides those that warm TensorFlow up. */
const steps = 5

/** How long an epoch will take, and how that is known: from a run of the same network, or from a measurement. */
export interface Forecast {
  readonly seconds: number
  readonly samplesPerSecond: number
  /** The number of the run; null: measured. */
  readonly run: number | null
}

/** What training the network as drawn will take. */
export const useForecastStore = defineStore('forecast', () => {
  const measured = shallowRef<ReadonlyMap<string, number>>(new Map())
  const measuring = shallowRef(false)

  /** What the speed depends on, besides the computer. */
  const key = computed(() => `${useTrainingStore().settings.batchSize} ${signature(useDocumentStore().network)}`)

  /** The samples that an epoch goes through; undefined without data. */
  const samples = computed(() => {
    const { summary } = useDatasetStore()
    if (!summary) return undefined
    const all = summary.counts.train.reduce((sum, count) => sum + count, 0)
    return all * (1 - useTrainingStore().settings.validationShare)
  })

  /** The newest run of the same network with the same batches on this processor that tells its speed. */
  const likeRun = computed(() => {
    const { device } = useEngineStore()
    const { batchSize } = useTrainingStore().settings
    const { network } = useDocumentStore()
    return useRunsStore().runs.find(
      (run) =>
        run.imagesPerSecond > 0 &&
        run.settings.batchSize === batchSize &&
        run.device?.name === device?.name &&
        run.device?.device === device?.device &&
        signature(run.network) === signature(network),
    )
  })

  /** Undefined where nothing is known yet. */
  const forecast = computed<Forecast | undefined>(() => {
    const samplesPerSecond = likeRun.value?.imagesPerSecond ?? measured.value.get(key.value)
    if (samples.value === undefined || !samplesPerSecond) return undefined
    return { seconds: samples.value / samplesPerSecond, samplesPerSecond, run: likeRun.value?.number ?? null }
  })

  /** Why the speed cannot be measured now, as a message key; null: it can. */
  const whyNotMeasure = computed<string | null>(() => {
    if (!useEngineStore().ready) return 'train.cannot.engine'
    if (!useDatasetStore().summary) return 'train.cannot.noData'
    if (useDocumentStore().problems.length > 0) return 'train.cannot.problems'
    return useRunsStore().live ? 'train.cannot.running' : null
  })

  /** Takes a few steps on made-up samples. */
  async function measure(): Promise<void> {
    if (measuring.value || whyNotMeasure.value !== null) return
    const { batchSize, precision } = useTrainingStore().settings
    const { network } = useDocumentStore()
    const [own, compiled] = [key.value, kindsWithoutLowering(network).length === 0]
    measuring.value = true
    const report = await useNoticesStore().attempt(() =>
      api.measureSpeed({
        network,
        batchSize,
        steps,
        path: compiled ? 'compiled' : 'eager',
        precision: precision === 'auto' || !compiled ? 'float32' : precision,
      }),
    )
    measuring.value = false
    if (report) measured.value = new Map([...measured.value, [own, report.samplesPerSecond]])
  }

  return { forecast, measuring, whyNotMeasure, measure }
})
