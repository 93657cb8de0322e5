import { toReport, type ErrorReport } from '@shared/ipc/errors'
import type { FilterView, GuessedSample, TopGuesses } from '@shared/ipc/look'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'

/** What is seen inside the current run: filters, test pictures with guesses, a person's own picture. */
export const useLookStore = defineStore('look', () => {
  const filters = shallowRef<FilterView | null>(null)
  const guesses = shallowRef<TopGuesses | null>(null)
  const own = shallowRef<GuessedSample | null>(null)
  const busy = shallowRef(false)
  const error = shallowRef<ErrorReport | null>(null)

  async function attempt<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      const value = await action()
      error.value = null
      return value
    } catch (thrown) {
      error.value = toReport(thrown)
      return null
    }
  }

  /** Reads a layer's kernel as it is now; `node` null: the first layer that has one. */
  async function readFilters(runId: string, node: string | null): Promise<void> {
    filters.value = (await attempt(() => api.readFilters({ runId, node }))) ?? filters.value
  }

  /** Draws right and wrong test pictures; another seed draws others. */
  async function drawGuesses(runId: string, seed: number, right = 4, wrong = 4): Promise<void> {
    busy.value = true
    guesses.value = (await attempt(() => api.topGuesses({ runId, right, wrong, seed }))) ?? guesses.value
    busy.value = false
  }

  /** Asks the network what a person's own picture shows. */
  async function guessPicture(runId: string, file: File, invert: boolean): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    own.value =
      (await attempt(() => api.guessPicture({ runId, picture: { name: file.name, bytes, invert } }))) ?? own.value
  }

  /** Forgets everything that belonged to another run. */
  function clear(): void {
    filters.value = null
    guesses.value = null
    own.value = null
    error.value = null
  }

  return { filters, guesses, own, busy, error, readFilters, drawGuesses, guessPicture, clear }
})
