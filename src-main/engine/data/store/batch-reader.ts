import { availableParallelism } from 'node:os'
import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { EpochAugmentation } from '../augment/plan'
import { asBatch, readBatch, rowsAt, withShares, type Batch, type BatchSource } from '../batches'
import type { DatasetPart } from '../dataset'
import augmentingCode from './augmenting-thread?thread'
import readingCode from './batch-thread?thread'
import { ReadingThread } from './reading-thread'

/** So many batches are read ahead of the one in use, and one more for each thread that reads. */
const ahead = 2

/**
 * To gather fewer bytes than this from memory takes about as long as to ask another thread for them, which moreover may
 * not be given a core at once: they are gathered on the spot.
 */
const worthThread = 2 ** 20

/** One core is the training's own thread's; more threads than this would not find work. */
const mostAugmenting = 8

/** A batch that was asked for. */
interface InFlight {
  readonly positions: Uint32Array
  readonly slot: number
  readonly filled: Promise<Float32Array | undefined>
}

/**
 * Reads batches on threads of its own, ahead of those who use them, so that a step finds its samples waiting: in the
 * order of the given pieces, and with the same values as `directBatches`. One thread reads; where samples are augmented
 * there are as many as the processor has cores to spare. What is little, in memory and not augmented is gathered on the
 * spot. Whoever makes a reader closes it, before the data set is closed.
 */
export class BatchReader implements BatchSource {
  #reading: readonly ReadingThread[] = []
  #augmenting: readonly ReadingThread[] = []
  #closed: Error | undefined
  #streams = 0
  /** Memory of streams that have ended, for the next one. */
  #spare: SharedArrayBuffer[] = []

  /**
   * `least`: batches of fewer bytes are gathered on the spot where samples are in memory. `augmenters`: how many threads
   * augment.
   */
  constructor(
    private readonly least = worthThread,
    private readonly augmenters = Math.max(1, Math.min(availableParallelism() - 1, mostAugmenting)),
  ) {}

  async *read(
    part: DatasetPart,
    pieces: Iterable<Uint32Array>,
    preprocessing: Preprocessing,
    augmentation?: EpochAugmentation,
  ): AsyncGenerator<Batch, void, undefined> {
    const rest = pieces[Symbol.iterator]()
    const first = rest.next()
    if (first.done) return
    // The first piece is the largest.
    const bytes = first.value.length * part.source.rowBytes
    if (part.source.kind === 'memory' && bytes < this.least && !augmentation) {
      for (let next: IteratorResult<Uint32Array> = first; !next.done; next = rest.next()) {
        yield readBatch(part, next.value, preprocessing)
      }
      return
    }
    const threads = this.#threads(augmentation !== undefined)
    // One for the batch in use and one for each that waits.
    const slots = this.#takeSlots(bytes, ahead + threads.length + 1)
    const stream = this.#streams++
    const inFlight: InFlight[] = []
    let asked = 0
    const ask = (positions: Uint32Array, slot: number) => {
      const thread = threads[asked++ % threads.length]
      if (!thread) return
      const filled = thread.gather(stream, slot, rowsAt(part, positions))
      // It is awaited when its turn comes, or when the stream ends.
      filled.catch(() => undefined)
      inFlight.push({ positions, slot, filled })
    }
    const askNext = (slot: number) => {
      const next = rest.next()
      if (!next.done) ask(next.value, slot)
    }
    for (const thread of threads) {
      thread.tell({ kind: 'open', stream, source: part.source, slots, ...(augmentation ? { augmentation } : {}) })
    }
    try {
      ask(first.value, 0)
      for (let slot = 1; slot < slots.length; slot++) askNext(slot)
      for (let batch = inFlight.shift(); batch; batch = inFlight.shift()) {
        const shares = await batch.filled
        const buffer = slots[batch.slot]
        if (buffer) yield withShares(asBatch(part, batch.positions, preprocessing, buffer), shares)
        askNext(batch.slot)
      }
    } finally {
      // The threads may still be writing into the slots.
      await Promise.allSettled(inFlight.map(({ filled }) => filled))
      for (const thread of threads) thread.tell({ kind: 'close', stream })
      this.#spare = slots
    }
  }

  /** Ends the threads; what was asked of them and is still waited for fails. */
  async close(): Promise<void> {
    const why = new AppError('cancelled', { name: 'read' })
    this.#closed ??= why
    await Promise.all([...this.#reading, ...this.#augmenting].map((thread) => thread.end(why)))
  }

  /** The threads that read, or those that augment too; they are made when they are first needed. */
  #threads(augment: boolean): readonly ReadingThread[] {
    if (this.#closed) throw this.#closed
    const made = augment ? this.#augmenting : this.#reading
    if (made.length > 0) return made
    if (!augment) return (this.#reading = [new ReadingThread(readingCode)])
    return (this.#augmenting = Array.from({ length: this.augmenters }, () => new ReadingThread(augmentingCode)))
  }

  #takeSlots(bytes: number, count: number): SharedArrayBuffer[] {
    const spare = this.#spare.filter((slot) => slot.byteLength >= bytes)
    this.#spare = []
    return Array.from({ length: count }, () => spare.pop() ?? new SharedArrayBuffer(bytes))
  }
}
