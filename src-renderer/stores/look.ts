import type { FilterView, GuessedSample, TopGuesses } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'
import { makeLatest } from './latest'

/** A larger file is hardly one sample, and would only fill the memory of three processes. */
const largestFile = 64_000_000

/** A person's own file, kept so that the network can be asked again: turned to its negative, or in another run. */
export interface OwnFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly invert: boolean
}

/** What is seen inside one run at a time: a layer's filters, test samples with guesses, a person's own file. */
export const useLookStore = defineStore('look', () => {
  const filters = makeLatest<FilterView>()
  const guesses = makeLatest<TopGuesses>()
  const own = makeLatest<GuessedSample>()
  const ownFile = shallowRef<OwnFile | null>(null)
  /** The run whose guesses are kept or under way, and the seed of their drawing. */
  const guessesOf = shallowRef<string | null>(null)
  const guessesSeed = shallowRef(1)
  let owner: string | null = null

  /** Nothing of one run may be shown as another's. */
  function belongTo(runId: string): void {
    if (owner === runId) return
    filters.clear()
    guesses.clear()
    own.clear()
    guessesOf.value = null
    guessesSeed.value = 1
    owner = runId
  }

  /**
   * Reads a layer's kernel as it is now; `node` null: the first layer that has one. `at` tells the place, where each has
   * a kernel of its own.
   */
  async function readFilters(runId: string, node: string | null, at?: readonly number[]): Promise<void> {
    belongTo(runId)
    await filters.load((signal) => api.readFilters({ runId, node, ...(at ? { at: [...at] } : {}) }, { signal }))
  }

  /** Draws right and wrong test samples; another seed draws others. */
  async function drawGuesses(runId: string, seed: number, right = 4, wrong = 4): Promise<void> {
    belongTo(runId)
    guessesOf.value = runId
    guessesSeed.value = seed
    await guesses.load((signal) => api.topGuesses({ runId, right, wrong, seed }, { signal }))
  }

  /** Asks the network what a person's own file is. */
  async function guessFile(runId: string, file: File, invert: boolean): Promise<void> {
    belongTo(runId)
    let next: OwnFile | null = null
    const done = await own.load(async (signal) => {
      if (file.size > largestFile) throw new AppError('guess-too-large', { name: file.name, size: megabytes(file) })
      next = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), invert }
      return api.guessFile({ runId, file: next }, { signal })
    })
    if (done) ownFile.value = next
  }

  /** Asks again about the same file, a picture as it is or as its negative. */
  async function guessAgain(runId: string, invert: boolean): Promise<void> {
    belongTo(runId)
    if (!ownFile.value) return
    const next = { ...ownFile.value, invert }
    ownFile.value = next
    await own.load((signal) => api.guessFile({ runId, file: next }, { signal }))
  }

  /** Puts the own file away. */
  function dropFile(): void {
    ownFile.value = null
    own.clear()
  }

  return {
    filters: filters.value,
    filtersError: filters.error,
    guesses: guesses.value,
    guessesOf,
    guessesSeed,
    guessesBusy: guesses.busy,
    guessesError: guesses.error,
    own: own.value,
    ownBusy: own.busy,
    ownError: own.error,
    ownFile,
    readFilters,
    drawGuesses,
    guessFile,
    guessAgain,
    dropFile,
  }
})

function megabytes(file: File): number {
  return Math.ceil(file.size / 1e6)
}
