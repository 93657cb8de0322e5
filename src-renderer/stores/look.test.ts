import { AppError } from '@shared/ipc/errors'
import type { FilterView, GuessedSample, TopGuesses } from '@shared/ipc/look'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useLookStore } from './look'
import { deferred, installFakeBridge } from './testing/fake-bridge'

function kernel(node: string, step = 1): FilterView {
  return { node, shape: [1, 1, 1, 1], values: Float32Array.of(step), step }
}

const guessed: GuessedSample = {
  sample: null,
  label: null,
  shape: [1, 1, 1],
  pixels: Uint8Array.of(7),
  top: [{ classIndex: 0, probability: 1 }],
}

function picture(name: string, bytes: readonly number[] = [1, 2, 3]): File {
  return new File([Uint8Array.from(bytes)], name)
}

beforeEach(() => setActivePinia(createPinia()))

describe('one run at a time', () => {
  const drawn: TopGuesses = { step: 3, right: [guessed], wrong: [], looked: 9 }

  it('keeps what belongs to a run while that run is asked again', async () => {
    installFakeBridge({ readFilters: () => kernel('c1'), topGuesses: () => drawn })
    const look = useLookStore()
    await look.readFilters('a', null)
    await look.drawGuesses('a', 1)
    expect(look.filters?.node).toBe('c1')
    expect(look.guesses?.looked).toBe(9)
  })

  it('forgets it when another run is asked', async () => {
    installFakeBridge({ readFilters: () => kernel('c1'), topGuesses: () => drawn })
    const look = useLookStore()
    await look.readFilters('a', null)
    await look.drawGuesses('b', 1)
    expect(look.filters).toBeNull()
    expect(look.guesses?.step).toBe(3)
  })

  it('ignores an answer of the former run that comes late', async () => {
    const late = deferred<FilterView>()
    installFakeBridge({
      readFilters: ({ runId }: { runId: string }) => (runId === 'a' ? late.promise : kernel('b1')),
    })
    const look = useLookStore()
    const former = look.readFilters('a', null)
    await look.readFilters('b', null)
    late.resolve(kernel('a1'))
    await former
    expect(look.filters?.node).toBe('b1')
  })
})

describe('guesses', () => {
  it('asks for four right and four wrong with the seed, and says when it failed without losing the last ones', async () => {
    const bridge = installFakeBridge({ topGuesses: () => ({ step: 1, right: [guessed], wrong: [], looked: 4 }) })
    const look = useLookStore()
    await look.drawGuesses('a', 5)
    expect(bridge.named('topGuesses')).toEqual([{ runId: 'a', right: 4, wrong: 4, seed: 5 }])
    bridge.answers.topGuesses = () => {
      throw new AppError('unexpected', { detail: 'gone' })
    }
    await look.drawGuesses('a', 6)
    expect(look.guessesError?.code).toBe('unexpected')
    expect(look.guesses?.looked).toBe(4)
    expect(look.filtersError).toBeNull()
  })
})

describe('an own picture', () => {
  it('is sent with its name and bytes, and again as a negative without reading the file twice', async () => {
    const bridge = installFakeBridge({ guessFile: () => guessed })
    const look = useLookStore()
    await look.guessFile('a', picture('seven.png'), false)
    await look.guessAgain('a', true)
    expect(bridge.named('guessFile')).toEqual([
      { runId: 'a', file: { name: 'seven.png', bytes: Uint8Array.of(1, 2, 3), invert: false } },
      { runId: 'a', file: { name: 'seven.png', bytes: Uint8Array.of(1, 2, 3), invert: true } },
    ])
    expect(look.ownFile?.invert).toBe(true)
    expect(look.own?.top).toHaveLength(1)
  })

  it('stays when a later one cannot be read, and the error names it', async () => {
    const bridge = installFakeBridge({ guessFile: () => guessed })
    const look = useLookStore()
    await look.guessFile('a', picture('seven.png'), false)
    bridge.answers.guessFile = () => {
      throw new AppError('unexpected', { detail: 'no picture' })
    }
    await look.guessFile('a', picture('notes.txt'), false)
    expect(look.ownFile?.name).toBe('seven.png')
    expect(look.own).not.toBeNull()
    expect(look.ownError?.params).toEqual({ detail: 'no picture' })
  })

  it('is refused before it is read where it is too large', async () => {
    const bridge = installFakeBridge({ guessFile: () => guessed })
    const huge = picture('huge.tiff')
    Object.defineProperty(huge, 'size', { value: 65 * 1024 * 1024 })
    const look = useLookStore()
    await look.guessFile('a', huge, false)
    expect(look.ownError).toMatchObject({ code: 'guess-too-large', params: { name: 'huge.tiff', size: 69 } })
    expect(bridge.named('guessFile')).toEqual([])
  })

  it('is asked about in the next run too, and is gone when dropped', async () => {
    const bridge = installFakeBridge({ guessFile: () => guessed })
    const look = useLookStore()
    await look.guessAgain('a', true)
    expect(bridge.named('guessFile')).toEqual([])
    await look.guessFile('a', picture('seven.png'), true)
    await look.guessAgain('b', true)
    expect(bridge.named('guessFile')).toHaveLength(2)
    expect(look.own).not.toBeNull()
    look.dropFile()
    expect(look.own).toBeNull()
    expect(look.ownFile).toBeNull()
  })
})
