import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { shallowRef, type ShallowRef } from 'vue'

/** A value that calls bring: what the latest of them said, and whether one is under way. */
export interface Latest<T> {
  readonly value: ShallowRef<T | null>
  readonly busy: ShallowRef<boolean>
  /** Why the latest call failed; the value before it stays. */
  readonly error: ShallowRef<ErrorReport | null>
  /** Calls `action`, giving up a call that is still under way. False: it failed, or was itself overtaken. */
  load(action: (signal: AbortSignal) => Promise<T>): Promise<boolean>
  /** Forgets everything; a call under way is given up. */
  clear(): void
}

/** Keeps the answer of the latest call: one that was overtaken is given up, and what it brings or throws is ignored. */
export function makeLatest<T>(): Latest<T> {
  const value = shallowRef<T | null>(null)
  const busy = shallowRef(false)
  const error = shallowRef<ErrorReport | null>(null)
  let running: AbortController | null = null

  async function load(action: (signal: AbortSignal) => Promise<T>): Promise<boolean> {
    running?.abort()
    const own = new AbortController()
    running = own
    busy.value = true
    try {
      const brought = await action(own.signal)
      if (running !== own) return false
      value.value = brought
      error.value = null
      return true
    } catch (thrown) {
      if (running === own) error.value = toReport(thrown)
      return false
    } finally {
      if (running === own) {
        running = null
        busy.value = false
      }
    }
  }

  function clear(): void {
    running?.abort()
    running = null
    value.value = null
    busy.value = false
    error.value = null
  }

  return { value, busy, error, load, clear }
}
