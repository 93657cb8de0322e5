import { sizeOf } from '@shared/layers/shape'
import { noAugmentation, type AugmentationPreview } from '@shared/training/augmentation'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { api } from '@/api'
import { useAugmentationStore } from './augmentation'
import { useDatasetStore } from './dataset'
import { useEngineStore } from './engine'
import { makeLatest } from './latest'
import { useTrainingStore } from './training'

/** Some training samples as they are, and as the first epochs of a run would see them. */
export interface Draws {
  readonly shape: readonly number[]
  /** Of sounds, frames a second, where it is known. */
  readonly rate: number | null
  readonly indices: Uint32Array
  readonly labels: Uint32Array
  readonly before: Uint8Array
  /** One for each epoch, from the first; none where nothing is done to samples. */
  readonly epochs: readonly Pick<AugmentationPreview, 'after' | 'mixed'>[]
}

/** So many samples are shown, where they are small, in so many epochs. */
const mostSamples = 6
const epochs = 4
/** What all pictures together take at most, in bytes. */
const room = 8e6
const seedLimit = 2 ** 31

/** A live picture of the augmentation of the next run; computed by the engine, never kept. */
export const useAugmentationPreviewStore = defineStore('augmentation-preview', () => {
  const latest = makeLatest<Draws>()
  /** The seed that was drawn here; null: that of the next run. */
  const ownSeed = shallowRef<number | null>(null)
  /** Samples that stay when others are drawn. */
  const kept = shallowRef<ReadonlySet<number>>(new Set())
  /** How often other samples were drawn. */
  const round = shallowRef(0)
  /** The samples of the last round, which stay while only settings change. */
  let last: { readonly round: number; readonly samples: number[] } | undefined

  const seed = computed(() => ownSeed.value ?? useTrainingStore().settings.seed)
  const active = computed(() => useAugmentationStore().active.length > 0)
  /** How many samples are shown at once. */
  const count = computed(() => {
    const { summary } = useDatasetStore()
    const train = summary?.counts.train.reduce((sum, one) => sum + one, 0) ?? 0
    const affordable = Math.floor(room / (2 * epochs * sizeOf(summary?.shape ?? [1])))
    return Math.max(1, Math.min(mostSamples, affordable, train))
  })
  /** Whatever the pictures follow from; null: there are none to be had. */
  const wanted = computed(() => {
    const { source } = useDatasetStore()
    if (!source || !useDatasetStore().summary || !useEngineStore().ready) return null
    return JSON.stringify([source, useAugmentationStore().augmentation, seed.value, round.value])
  })

  /** Asks for the pictures anew, giving up what was asked before. */
  async function load(): Promise<void> {
    const { source } = useDatasetStore()
    if (wanted.value === null || !source) return
    const { augmentation } = useAugmentationStore()
    const request = { source, part: 'train' as const, augmentation, seed: seed.value }
    const drawn = round.value
    await latest.load(async (signal) => {
      const samples = last?.round === drawn ? last.samples : await chosen(drawn, signal)
      const made: AugmentationPreview[] = []
      for (let epoch = 1; epoch <= (active.value ? epochs : 1); epoch++)
        made.push(await api.previewAugmentation({ ...request, samples, epoch }, { signal }))
      const [first] = made
      if (!first) throw new Error('an epoch at least is asked for')
      const { shape, rate, indices, labels, before } = first
      return { shape, rate, indices, labels, before, epochs: active.value ? made : [] }
    })
  }

  /** The samples of a round: those that are kept, then others that the round draws. */
  async function chosen(drawn: number, signal: AbortSignal): Promise<number[]> {
    const { source } = useDatasetStore()
    if (!source) return []
    const request = { source, part: 'train' as const, augmentation: noAugmentation, epoch: 1 }
    const { indices } = await api.previewAugmentation({ ...request, samples: count.value, seed: drawn }, { signal })
    const stay = [...kept.value].slice(0, count.value)
    const others = [...indices].filter((position) => !kept.value.has(position))
    const samples = [...stay, ...others].slice(0, count.value)
    last = { round: drawn, samples }
    return samples
  }

  /** The same samples by the next seed. */
  function again(): void {
    ownSeed.value = (seed.value + 1) % seedLimit
  }

  /** Other samples by the same seed. */
  function others(): void {
    round.value += 1
  }

  /** Keeps a sample when others are drawn, or lets it go again. */
  function keep(position: number): void {
    const next = new Set(kept.value)
    if (!next.delete(position)) next.add(position)
    kept.value = next
  }

  watch(
    () => useDatasetStore().source,
    () => {
      last = undefined
      kept.value = new Set()
      latest.clear()
    },
    { flush: 'sync' },
  )

  return {
    seed,
    ownSeed,
    kept,
    wanted,
    draws: latest.value,
    busy: latest.busy,
    error: latest.error,
    load,
    again,
    others,
    keep,
  }
})
