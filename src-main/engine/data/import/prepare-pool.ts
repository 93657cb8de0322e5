import { AppError } from '@shared/ipc/errors'
import { Refusal } from '../decode/contract'
import type { SampleValues } from '@shared/data/preprocessing'
import type { FileTask, PackedItem, PrepareRequest } from './prepare-messages'
import { bytesFor, valuesIn } from './prepare-pack'
import { keptThreads, ThreadEnded, type PrepareThread } from './prepare-thread-host'

/** Milliseconds that a file may take. */
const usualPatience = 300_000
/** Milliseconds from one look at the threads to the next. */
const lookEvery = 1000

/** What became of some files, one for one. */
export interface Piece {
  readonly items: readonly PackedItem[]
  /** Their samples, one behind the other. */
  readonly values: SampleValues
  /** The samples' prints, packed one behind the other. */
  readonly prints: Uint8Array
  /** Lets the memory that its samples lie in be used anew: for whoever has done with them. */
  release(): void
}

/**
 * Threads that make samples of files. One that dies, or is at one file for too long, is replaced by another; the file that
 * it was at is refused, and the others are tried again. Whoever makes a pool closes it.
 */
export class PreparePool {
  readonly #threads: PrepareThread[]
  readonly #timer: NodeJS.Timeout
  /** Memory that nobody uses. It is used again and again, since to clear up after each piece takes long. */
  readonly #free: SharedArrayBuffer[] = []
  #closed = false

  /** `patience`: milliseconds that a file may take. */
  constructor(
    private readonly making: Omit<PrepareRequest, 'tasks'>,
    threads: number,
    patience = usualPatience,
    private readonly source = keptThreads,
  ) {
    this.#threads = Array.from({ length: threads }, () => source.take())
    this.#timer = setInterval(
      () => this.#threads.forEach((thread) => thread.look(patience)),
      Math.min(lookEvery, patience),
    )
    this.#timer.unref()
  }

  get size(): number {
    return this.#threads.length
  }

  /** What becomes of some files, one for one. They are looked at by one thread, the one with least to do. */
  async prepare(tasks: readonly FileTask[]): Promise<Piece> {
    const refused = new Map<FileTask, Refusal>()
    for (;;) {
      const rest = tasks.filter((task) => !refused.has(task))
      try {
        const memory = this.#memoryFor(rest.length)
        // Of a thread that ends the memory is given up: whatever is left of it may still write there.
        const reply = await this.#leastBusy().prepare({ ...this.making, tasks: rest, memory })
        const made = reply.items[Symbol.iterator]()
        const items = tasks.map((task): PackedItem => {
          const refusal = refused.get(task)
          return refusal ? { refusal } : (made.next().value ?? { refusal: new Refusal('gone') })
        })
        const values = valuesIn(reply, this.making.form)
        return { items, values, prints: reply.prints, release: () => void this.#free.push(memory) }
      } catch (thrown) {
        if (this.#closed) throw new AppError('cancelled', { name: 'importDataset' })
        if (!(thrown instanceof ThreadEnded)) throw thrown
        // A thread that ends before it has begun anything would do so again.
        if (thrown.at === 'none') throw thrown
        const culprit = thrown.at === 'behind' ? undefined : rest[thrown.at]
        if (culprit) refused.set(culprit, new Refusal(thrown.code))
      }
    }
  }

  /** Ends threads that are still at work at once, and lets the others wait for the next import. What is not answered yet fails as cancelled. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#timer)
    const busy = this.#threads.filter((thread) => thread.waiting > 0)
    for (const thread of this.#threads) if (thread.waiting === 0 && !thread.ended) this.source.leave(thread)
    await Promise.all(busy.map((thread) => thread.end()))
  }

  #memoryFor(samples: number): SharedArrayBuffer {
    const bytes = bytesFor(samples, this.making.form)
    const free = this.#free.pop()
    return free && free.byteLength >= bytes ? free : new SharedArrayBuffer(bytes)
  }

  #leastBusy(): PrepareThread {
    for (const [n, thread] of this.#threads.entries()) if (thread.ended) this.#threads[n] = this.source.take()
    return this.#threads.reduce((best, one) => (one.waiting < best.waiting ? one : best))
  }
}
