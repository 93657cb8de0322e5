import { onBeforeUnmount, watch } from 'vue'
import { usePreviewsStore } from '@/stores/previews'

/** An edit is followed by others more often than not: the outputs are asked for when the hand rests. */
const patience = 300

/** Keeps the layers' outputs those of the network as drawn, while the canvas is there. */
export function usePreviews(): void {
  const previews = usePreviewsStore()
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => previews.wanted,
    (wanted) => {
      clearTimeout(timer)
      if (wanted === null) previews.clear()
      else timer = setTimeout(() => void previews.load(), patience)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    previews.clear()
  })
}
