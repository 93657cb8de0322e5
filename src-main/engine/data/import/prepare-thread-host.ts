import { Worker } from 'node:worker_threads'
import { places, type PrepareReply, type PrepareRequest, type ThreadData } from './prepare-messages'
import usualCode from './prepare-thread?thread'

/** Milliseconds that a thread may take to begin, however busy the machine is. */
const startPatience = 120_000
/** Milliseconds for which threads wait for the next import. */
const idleFor = 10_000

/** A thread ended before it had answered. */
export class ThreadEnded extends Error {
  /**
   * `at`: which task of the request it was at, `behind` where it was at another request, `none` where it was at none.
   * `code`: that of a refusal.
   */
  constructor(
    readonly at: number | 'behind' | 'none',
    readonly code: 'thread-ended' | 'took-too-long',
    cause: unknown,
  ) {
    super(`A thread that reads files has ended${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause })
  }
}

interface Asked {
  readonly resolve: (reply: PrepareReply) => void
  readonly reject: (why: Error) => void
}

/** A thread that makes samples of files, and what it was asked for and has not answered yet. */
export class PrepareThread {
  readonly #worker: Worker
  readonly #told: Int32Array
  readonly #asked: Asked[] = []
  #ended: ThreadEnded | undefined
  #begun = 0
  #since = performance.now()

  /** `code` is the text that the thread runs. */
  constructor(code = usualCode) {
    const progress = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
    this.#told = new Int32Array(progress)
    Atomics.store(this.#told, places.task, -1)
    const workerData: ThreadData = { base: import.meta.url, progress }
    this.#worker = new Worker(code, { eval: true, execArgv: [], trackUnmanagedFds: false, workerData })
    this.#worker.on('message', (reply: PrepareReply) => this.#asked.shift()?.resolve(reply))
    // Answers on their way arrive before `exit`, but may come after `error`: only then is it known what it was at.
    let thrown: Error | undefined
    this.#worker.on('error', (error) => (thrown = error))
    this.#worker.on('exit', (status) => this.#end('thread-ended', thrown ?? new Error(`It ended with ${status}`)))
  }

  get waiting(): number {
    return this.#asked.length
  }

  get ended(): boolean {
    return this.#ended !== undefined
  }

  prepare(request: PrepareRequest): Promise<PrepareReply> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      if (this.#asked.length === 0) this.#since = performance.now()
      this.#asked.push({ resolve, reject })
      this.#worker.postMessage(request)
    })
  }

  /** Ends the thread where it has been at one task for longer than `patience`, or does not begin any. */
  look(patience: number): void {
    const begun = Atomics.load(this.#told, places.begun)
    const most = Atomics.load(this.#told, places.task) < 0 ? Math.max(patience, startPatience) : patience
    if (begun !== this.#begun || this.#asked.length === 0) {
      this.#begun = begun
      this.#since = performance.now()
    } else if (performance.now() - this.#since > most) {
      this.#end('took-too-long', undefined)
      // Native code cannot be interrupted: nobody waits for it.
      void this.#worker.terminate()
    }
  }

  /** Whether the process stays for it. */
  hold(stays: boolean): void {
    if (stays) this.#worker.ref()
    else this.#worker.unref()
  }

  async end(): Promise<void> {
    this.#end('thread-ended', undefined)
    await this.#worker.terminate()
  }

  #end(code: ThreadEnded['code'], cause: unknown): void {
    if (this.#ended) return
    const task = Atomics.load(this.#told, places.task)
    this.#ended = new ThreadEnded('behind', code, cause)
    const first = new ThreadEnded(task < 0 ? 'none' : task, code, cause)
    for (const [n, { reject }] of this.#asked.splice(0).entries()) reject(n === 0 ? first : this.#ended)
  }
}

/** Where a pool has its threads from, and where it leaves those that have nothing to do. */
export interface ThreadSource {
  take(): PrepareThread
  leave(thread: PrepareThread): void
}

/** Threads that wait for the next import, with what ends their waiting. */
const idle = new Map<PrepareThread, NodeJS.Timeout>()

/** Threads are kept for a while after an import, as they take longer to start than a small one takes. */
export const keptThreads: ThreadSource = {
  take() {
    for (const [thread, timer] of idle) {
      clearTimeout(timer)
      idle.delete(thread)
      if (thread.ended) continue
      thread.hold(true)
      return thread
    }
    return new PrepareThread()
  },
  leave(thread) {
    const timer = setTimeout(() => {
      idle.delete(thread)
      void thread.end()
    }, idleFor)
    timer.unref()
    thread.hold(false)
    idle.set(thread, timer)
  },
}

/** Starts some threads, so that they are there when an import that is being looked at has found its files. */
export function startThreads(count: number): void {
  const taken = Array.from({ length: count }, () => keptThreads.take())
  for (const thread of taken) keptThreads.leave(thread)
}
