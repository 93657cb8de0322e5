import type { Ref } from 'vue'
import { useLayoutStore } from '@/stores/layout'

/** How loud samples are heard, from 0 to 1, as a person left it; one for all viewers. */
export function useSoundVolume(): Ref<number> {
  return useLayoutStore().number('sound.volume', 0.7)
}
