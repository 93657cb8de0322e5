import type { FilterView, GuessedSample, TopGuesses } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/api'
import { makeLatest } from './latest'

/** A larger file is no picture to guess, and would only fill the memory of three processes. */
const largestPicture = 64_000_000

/** A person's own picture, kept so that the network can be asked again: turned to its negative, or in another run. */
export interface OwnPicture {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly invert: boolean
}

/** What is seen inside one run at a time: a layer's filters, test pictures with guesses, a person's own picture. */
export const useLookStore = defineStore('look', () => {
  const filters = makeLatest<FilterView>()
  const guesses = makeLatest<TopGuesses>()
  const own = makeLatest<GuessedSample>()
  const picture = shallowRef<OwnPicture | null>(null)
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

  /** Reads a layer's kernel as it is now; `node` null: the first layer that has one. */
  async function readFilters(runId: string, node: string | null): Promise<void> {
    belongTo(runId)
    await filters.load((signal) => api.readFilters({ runId, node }, { signal }))
  }

  /** Draws right and wrong test pictures; another seed draws others. */
  async function drawGuesses(runId: string, seed: number, right = 4, wrong = 4): Promise<void> {
    belongTo(runId)
    guessesOf.value = runId
    guessesSeed.value = seed
    await guesses.load((signal) => api.topGuesses({ runId, right, wrong, seed }, { signal }))
  }

  /** Asks the network what a person's own picture shows. */
  async function guessPicture(runId: string, file: File, invert: boolean): Promise<void> {
    belongTo(runId)
    let next: OwnPicture | null = null
    const done = await own.load(async (signal) => {
      if (file.size > largestPicture)
        throw new AppError('picture-too-large', { name: file.name, size: megabytes(file) })
      next = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), invert }
      return api.guessPicture({ runId, picture: next }, { signal })
    })
    if (done) picture.value = next
  }

  /** Asks again about the same picture, as it is or as its negative. */
  async function guessAgain(runId: string, invert: boolean): Promise<void> {
    belongTo(runId)
    if (!picture.value) return
    const next = { ...picture.value, invert }
    picture.value = next
    await own.load((signal) => api.guessPicture({ runId, picture: next }, { signal }))
  }

  /** Puts the own picture away. */
  function dropPicture(): void {
    picture.value = null
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
    picture,
    readFilters,
    drawGuesses,
    guessPicture,
    guessAgain,
    dropPicture,
  }
})

function megabytes(file: File): number {
  return Math.ceil(file.size / 1e6)
}
