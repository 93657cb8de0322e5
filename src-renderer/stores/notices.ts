import { toReport, type ErrorReport } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Something to tell the person: an error with what to do, or a word that something was done. */
export interface Notice {
  readonly id: number
  readonly kind: 'error' | 'done'
  /** An error's report; its texts are `errors.<code>.{message,hint}`. */
  readonly error?: ErrorReport
  /** A message key with its values. */
  readonly text?: { readonly key: string; readonly params: Readonly<Record<string, string | number>> }
}

export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([])
  let nextId = 1

  function add(notice: Omit<Notice, 'id'>): void {
    notices.value = [...notices.value, { ...notice, id: nextId++ }].slice(-4)
  }

  /** Shows a failure. */
  function fail(thrown: unknown): void {
    add({ kind: 'error', error: toReport(thrown) })
  }

  function done(key: string, params: Readonly<Record<string, string | number>> = {}): void {
    add({ kind: 'done', text: { key, params } })
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  /** Runs an action; a failure becomes a notice and `undefined`. */
  async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (thrown) {
      fail(thrown)
      return undefined
    }
  }

  return { notices, fail, done, dismiss, attempt }
})
