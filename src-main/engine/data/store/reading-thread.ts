import { Worker } from 'node:worker_threads'
import { AppError } from '@shared/ipc/errors'
import type { ReaderReply, ReaderRequest } from './batch-messages'

/** A batch that was asked for: settles when its slot is filled, with the shares of mixed samples. */
interface Waiting {
  readonly resolve: (shares: Float32Array | undefined) => void
  readonly reject: (why: Error) => void
}

/** A thread that fills slots with samples, in the order in which it is asked. */
export class ReadingThread {
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []
  #ended: Error | undefined

  /** `code` is the text that the thread runs. */
  constructor(code: string) {
    this.#worker = new Worker(code, { eval: true, execArgv: [], trackUnmanagedFds: false })
    this.#worker.on('message', ({ fault, shares }: ReaderReply) => {
      const first = this.#waiting.shift()
      if (fault) first?.reject(new AppError(fault.code, fault.params))
      else first?.resolve(shares)
    })
    this.#worker.on('error', (error) => this.#end(error))
    this.#worker.on('exit', () => this.#end(new Error('The thread that reads samples has ended')))
  }

  tell(request: ReaderRequest): void {
    if (!this.#ended) this.#worker.postMessage(request)
  }

  /** Fills a slot with rows; gives the share that each keeps of itself where samples are mixed. */
  gather(stream: number, slot: number, rows: Uint32Array): Promise<Float32Array | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      this.#waiting.push({ resolve, reject })
      this.tell({ kind: 'gather', stream, slot, rows })
    })
  }

  /** Ends the thread; what was asked of it and is still waited for fails. */
  async end(why: Error): Promise<void> {
    this.#end(why)
    await this.#worker.terminate()
  }

  #end(why: Error): void {
    this.#ended ??= why
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended)
  }
}
