import { resolve } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import { isLive, type RunRecord } from '@shared/training/run'
import type { DatasetCache } from '../data/dataset-cache'
import type { RunOrder } from './prepare'
import { beginRun, type LiveNetwork, type Run, type RunOutlets } from './run'
import { Trials } from './trials'

/** The run in training, of which there is one at a time. */
export class Runs {
  private latest: Run | undefined
  private readonly beginning = new Lock()
  private readonly trials = new Trials()

  constructor(
    private readonly datasets: DatasetCache,
    private readonly outlets: RunOutlets,
  ) {}

  /** Begins a run; refused while another is live. */
  begin(order: RunOrder): Promise<RunRecord> {
    return this.beginning.run(async () => {
      if (this.latest && isLive(this.latest.record.state)) {
        throw new AppError('run-in-progress', { number: this.latest.record.number })
      }
      this.latest = await beginRun(order, this.datasets, this.outlets, this.trials)
      return this.latest.record
    })
  }

  /** The live run with an id. */
  byId(id: string): Run {
    if (!this.latest || this.latest.record.id !== id || !isLive(this.latest.record.state)) {
      throw new AppError('run-not-live', { id })
    }
    return this.latest
  }

  /** Lets `use` look at the network that trains in a folder; `undefined` where none does. */
  async look<T>(directory: string, use: (network: LiveNetwork) => Promise<T>): Promise<{ value: T } | undefined> {
    const run = this.latest
    if (!run || resolve(run.directory) !== resolve(directory) || !isLive(run.record.state)) return undefined
    const seen = await run.look(async (network) => ({ value: await use(network) }))
    if (!seen && isLive(run.record.state)) throw new AppError('run-not-ready')
    return seen
  }
}
