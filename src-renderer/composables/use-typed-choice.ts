import { computed, shallowRef, useId, watch, type ComputedRef } from 'vue'

/** One of a list is chosen while a person types in the field above it. */
export interface TypedChoice<T> {
  /** The place in the list of the one that Enter takes; -1 where the list is empty. */
  readonly at: ComputedRef<number>
  readonly current: ComputedRef<T | undefined>
  /** The id of the element that shows the list's n-th one. */
  readonly optionId: (n: number) => string
  /** Takes the arrow keys; false: the key is none of them. */
  readonly press: (event: KeyboardEvent) => boolean
  /** The pointer is over the list's n-th one. */
  readonly point: (event: MouseEvent, n: number) => void
}

/**
 * Keeps which one of a list is meant: the best after each letter, until arrow keys or the pointer say otherwise. It
 * follows from what was typed and nothing else, so Enter takes what is shown however fast it comes: a list that grows
 * shorter under a resting pointer, or a focus that is away for a moment, changes nothing.
 */
export function useTypedChoice<T>(list: () => readonly T[], typed: () => string): TypedChoice<T> {
  const id = useId()
  const wanted = shallowRef(0)
  const at = computed(() => Math.min(wanted.value, list().length - 1))
  const optionId = (n: number): string => `${id}-${n}`

  watch(typed, () => (wanted.value = 0), { flush: 'sync' })
  watch([at, typed], () => document.getElementById(optionId(at.value))?.scrollIntoView({ block: 'nearest' }), {
    flush: 'post',
  })

  function press(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const count = list().length
    if (step === undefined || event.isComposing) return false
    event.preventDefault()
    if (count > 0) wanted.value = (at.value + step + count) % count
    return true
  }

  function point({ movementX, movementY }: MouseEvent, n: number): void {
    // The browser tells of the pointer too when the list moves under it; only the pointer's own moves mean something.
    if (movementX !== 0 || movementY !== 0) wanted.value = n
  }

  return { at, current: computed(() => list()[at.value]), optionId, press, point }
}
