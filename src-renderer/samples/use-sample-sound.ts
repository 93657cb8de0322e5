import { computed, type ComputedRef, type Ref } from 'vue'
import type { Playable } from '@/composables/use-player'
import { useSilence } from '@/composables/use-silence'
import { useSoundVolume } from '@/composables/use-sound-volume'
import { channelsOf } from '@/ui/viewer/waves'

interface SampleSound {
  readonly sound: ComputedRef<Playable | null>
  /** From 0 to 1, as a person left it. */
  readonly volume: Readonly<Ref<number>>
  /** Why it cannot be heard; empty: it can. */
  readonly silent: ComputedRef<string>
}

/** A small sample's bytes as something to be heard; the middle of their range is silence. Null: it is no sound. */
export function useSampleSound(
  shape: () => readonly number[],
  pixels: () => Uint8Array | null,
  rate: () => number | null,
): SampleSound {
  const volume = useSoundVolume()

  const sound = computed<Playable | null>(() => {
    const bytes = pixels()
    if (!bytes) return null
    const values = Float32Array.from(bytes, (byte) => (byte - 127.5) / 127.5)
    return { channels: channelsOf(values, shape()[1] ?? 1), rate: rate() }
  })
  const silent = useSilence(() => sound.value)

  return { sound, volume, silent }
}
