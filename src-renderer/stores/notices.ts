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
  readonly text?: { readonly key: string; readonly params: Params }
  /** What can be done about it. */
  readonly action?: NoticeAction
}

export interface NoticeAction {
  /** A message key. */
  readonly label: string
  readonly run: () => void
}

/** What fills a message; `n` also chooses between its plural forms. */
type Params = Readonly<Record<string, string | number>>

export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([])
  let nextId = 1

  function add(notice: Omit<Notice, 'id'>): number {
    const id = nextId++
    notices.value = [...notices.value, { ...notice, id }].slice(-4)
    return id
  }

  /** Shows a failure. */
  function fail(thrown: unknown): void {
    add({ kind: 'error', error: toReport(thrown) })
  }

  /** Says that something was done; returns what it can be taken away by. */
  function done(key: string, params: Params = {}, action?: NoticeAction): number {
    return add({ kind: 'done', text: { key, params }, ...(action ? { action } : {}) })
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
