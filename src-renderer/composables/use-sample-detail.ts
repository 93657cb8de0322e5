import type { SampleAddress, SampleDetail, SampleSpectra } from '@shared/data/sample-detail'
import { computed, onScopeDispose, watch } from 'vue'
import { makeLatest } from '@/stores/latest'
import { useLayoutStore } from '@/stores/layout'
import { useSampleDetailStore } from '@/stores/sample-detail'
import { magnitudeScale } from '@/ui/colour-scales'
import { useSoundVolume } from './use-sound-volume'

/**
 * One sample in full for a viewer, read anew when its address changes; its spectrogram only while that is looked at. How
 * loud and in which view sounds are met is remembered for all viewers.
 */
export function useSampleDetail(address: () => SampleAddress | null) {
  const store = useSampleDetailStore()
  const layout = useLayoutStore()
  const volume = useSoundVolume()
  const soundView = layout.word('sound.view', ['wave', 'spectrum'], 'wave')
  const detail = makeLatest<SampleDetail>()
  const spectrum = makeLatest<SampleSpectra>()

  const key = computed(() => {
    const place = address()
    return place && JSON.stringify(place)
  })
  watch(
    key,
    () => {
      const place = address()
      // What is on screen stays until the next one is there.
      if (place) void detail.load((signal) => store.read(place, signal))
      else detail.clear()
      spectrum.clear()
    },
    { immediate: true },
  )
  watch(
    [() => detail.value.value, soundView],
    ([sample, view]) => {
      const place = address()
      if (!place || view !== 'spectrum' || sample?.shape.length !== 2 || sample.row !== place.row) return
      void spectrum.load((signal) => store.spectra(place, signal))
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    detail.clear()
    spectrum.clear()
  })

  /** A spectrogram for each channel as the kit draws it; null while it is not there. */
  const spectra = computed(() => {
    const found = spectrum.value.value
    if (!found || found.row !== detail.value.value?.row) return null
    const { height, width, channels, low, high } = found
    return channels.map((data) => ({
      height,
      width,
      data: Float32Array.from(data),
      scale: magnitudeScale,
      range: [low, high] as const,
    }))
  })

  return { detail: detail.value, busy: detail.busy, error: detail.error, spectra, volume, soundView }
}

export type LoadedSample = ReturnType<typeof useSampleDetail>
