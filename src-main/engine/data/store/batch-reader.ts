import { Worker } from 'node:worker_threads'
import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { asBatch, readBatch, rowsAt, type Batch, type BatchSource } from '../batches'
import type { DatasetPart } from '../dataset'
import type { ReaderReply, ReaderRequest } from './batch-messages'
import code from './batch-thread?thread'

/** So many batches are read ahead of the one in use. */
const ahead = 3

/**
 * To gather fewer bytes than this from memory takes about as long as to ask another thread for them, which moreover may
 * not be given a core at once: they are gathered on the spot.
 */
const worthThread = 2 ** 20

/** A batch that was asked for: settles when its slot is filled. */
interface Waiting {
  readonly resolve: () => void
  readonly reject: (why: Error) => void
}

/**
 * Reads batches on a thread of its own, ahead of those who use them, so that a step finds its samples waiting: in the
 * order of the given pieces, and with the same values as `directBatches`. No more than `ahead` batches wait at a time.
 * What is little and in memory is gathered on the spot. Whoever makes a reader closes it, before the data set is closed.
 */
export class BatchReader implements BatchSource {
  #worker: Worker | undefined
  /** The thread answers in the order in which it is asked. */
  readonly #waiting: Waiting[] = []
  #ended: Error | undefined
  #streams = 0
  /** Memory of streams that have ended, for the next one. */
  #spare: SharedArrayBuffer[] = []

  /** `least`: batches of fewer bytes are gathered on the spot where samples are in memory. */
  constructor(private readonly least = worthThread) {}

  async *read(
    part: DatasetPart,
    pieces: Iterable<Uint32Array>,
    preprocessing: Preprocessing,
  ): AsyncGenerator<Batch, void, undefined> {
    const rest = pieces[Symbol.iterator]()
    const first = rest.next()
    if (first.done) return
    // The first piece is the largest.
    const bytes = first.value.length * part.source.rowBytes
    if (part.source.kind === 'memory' && bytes < this.least) {
      for (let next: IteratorResult<Uint32Array> = first; !next.done; next = rest.next()) {
        yield readBatch(part, next.value, preprocessing)
      }
      return
    }
    const slots = this.#takeSlots(bytes)
    const stream = this.#streams++
    const inFlight: { positions: Uint32Array; slot: number; filled: Promise<void> }[] = []
    const ask = (positions: Uint32Array, slot: number) => {
      const filled = this.#gather(stream, slot, rowsAt(part, positions))
      // It is awaited when its turn comes, or when the stream ends.
      filled.catch(() => undefined)
      inFlight.push({ positions, slot, filled })
    }
    const askNext = (slot: number) => {
      const next = rest.next()
      if (!next.done) ask(next.value, slot)
    }
    this.#post({ kind: 'open', stream, source: part.source, slots })
    try {
      ask(first.value, 0)
      for (let slot = 1; slot < slots.length; slot++) askNext(slot)
      for (let batch = inFlight.shift(); batch; batch = inFlight.shift()) {
        await batch.filled
        const buffer = slots[batch.slot]
        if (buffer) yield asBatch(part, batch.positions, preprocessing, buffer)
        askNext(batch.slot)
      }
    } finally {
      // The thread may still be writing into the slots.
      await Promise.allSettled(inFlight.map(({ filled }) => filled))
      this.#post({ kind: 'close', stream })
      this.#spare = slots
    }
  }

  /** Ends the thread; what was asked of it and is still waited for fails. */
  async close(): Promise<void> {
    this.#end(new AppError('cancelled', { name: 'read' }))
    await this.#worker?.terminate()
  }

  /** A slot for the batch in use and one for each that waits. */
  #takeSlots(bytes: number): SharedArrayBuffer[] {
    const spare = this.#spare.filter((slot) => slot.byteLength >= bytes)
    this.#spare = []
    return Array.from({ length: ahead + 1 }, () => spare.pop() ?? new SharedArrayBuffer(bytes))
  }

  #gather(stream: number, slot: number, rows: Uint32Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      this.#waiting.push({ resolve, reject })
      this.#post({ kind: 'gather', stream, slot, rows })
    })
  }

  #post(request: ReaderRequest): void {
    if (this.#ended) return
    this.#worker ??= this.#start()
    this.#worker.postMessage(request)
  }

  #start(): Worker {
    const worker = new Worker(code, { eval: true, execArgv: [], trackUnmanagedFds: false })
    worker.on('message', ({ fault }: ReaderReply) => {
      const first = this.#waiting.shift()
      if (fault) first?.reject(new AppError(fault.code, fault.params))
      else first?.resolve()
    })
    worker.on('error', (error) => this.#end(error))
    worker.on('exit', () => this.#end(new Error('The thread that reads samples has ended')))
    return worker
  }

  #end(why: Error): void {
    this.#ended ??= why
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended)
  }
}
