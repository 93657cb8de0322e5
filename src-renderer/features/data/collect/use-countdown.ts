import { onScopeDispose, readonly, shallowRef } from 'vue'

/** Counts seconds down before something is done; a second one, or the end of the component, gives up the first. */
export function useCountdown() {
  /** Seconds that are left; 0 while nothing is counted. */
  const left = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let giveUp: () => void = () => undefined

  /** True once so many seconds are over; false where it was given up. */
  function count(seconds: number): Promise<boolean> {
    cancel()
    if (seconds <= 0) return Promise.resolve(true)
    return new Promise((resolve) => {
      giveUp = () => resolve(false)
      const tick = (rest: number): void => {
        left.value = rest
        if (rest === 0) resolve(true)
        else timer = setTimeout(() => tick(rest - 1), 1000)
      }
      tick(seconds)
    })
  }

  function cancel(): void {
    clearTimeout(timer)
    left.value = 0
    giveUp()
  }

  onScopeDispose(cancel)
  return { left: readonly(left), count, cancel }
}
