import { resolve } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import { messageOf } from '@shared/message-of'
import { ownerOf } from '@shared/network/tied'
import type { RunRecord } from '@shared/training/run'
import type { Samples } from '../data/batches'
import { openInference, type Inference } from '../model/inference'
import type { Weight, WeightPlace } from '../model/weights'
import { readRecord } from '../runs/run-folder'
import { loadWeights, weightsStamp } from '../runs/weights-file'
import type { Runs } from '../train/runs'

/** A network with its weights, in training or from a run's folder: all that a view needs. */
export interface TrainedNetwork {
  readonly record: RunRecord
  /** Training steps behind the weights. */
  readonly step: number
  /** Probabilities of each class, sample by sample. */
  predict(samples: Samples): Float32Array
  /** What each output answers, the main one's probabilities first; sample by sample. */
  answers(samples: Samples): Float32Array[]
  listWeights(): WeightPlace[]
  /** Copies all weights, or only those that one node uses. */
  readWeights(ofNode?: string): Weight[]
}

interface Loaded {
  readonly stamp: string
  readonly network: TrainedNetwork
  readonly model: Inference
}

/** How many networks stay loaded between calls. */
const capacity = 3

/** Gives views their network: the one in training where it is asked for, else the one in the folder. */
export class TrainedNetworks {
  private readonly loaded = new Map<string, Loaded>()
  private readonly lock = new Lock()

  constructor(private readonly runs: Runs) {}

  /** Runs `view` on the network of a run's folder, whose weights do not move meanwhile. */
  async with<T>(directory: string, view: (network: TrainedNetwork) => Promise<T>): Promise<T> {
    const live = await this.runs.look(directory, ({ record, step, stepper }) =>
      view({
        record,
        step,
        predict: (samples) => stepper.predict(samples),
        answers: (samples) => stepper.answers(samples),
        listWeights: () => stepper.listWeights(),
        readWeights: (ofNode) => stepper.readWeights(ownerIn(record, ofNode)),
      }),
    )
    if (live) return live.value
    return this.lock.run(async () => view(await this.load(resolve(directory))))
  }

  private async load(directory: string): Promise<TrainedNetwork> {
    const record = await readRecord(directory)
    const stamp = await weightsStamp(directory)
    if (stamp === undefined) throw new AppError('no-weights', { path: directory })
    const kept = this.loaded.get(directory)
    this.loaded.delete(directory)
    if (kept && kept.stamp !== stamp) kept.model.dispose()
    const current = kept?.stamp === stamp ? kept : { stamp, ...(await open(directory, record)) }
    // The last used one stands last.
    this.loaded.set(directory, current)
    this.trim()
    return current.network
  }

  private trim(): void {
    for (const [directory, { model }] of this.loaded) {
      if (this.loaded.size <= capacity) return
      this.loaded.delete(directory)
      model.dispose()
    }
  }
}

async function open(directory: string, record: RunRecord): Promise<{ model: Inference; network: TrainedNetwork }> {
  const { step, weights } = await loadWeights(directory)
  let model: Inference
  try {
    model = openInference(record.network, record.preprocessing, weights)
  } catch (cause) {
    const detail = messageOf(cause)
    throw new AppError('weights-damaged', { path: directory, detail }, { cause })
  }
  const network: TrainedNetwork = {
    record,
    step,
    predict: (samples) => model.predict(samples),
    answers: (samples) => model.answers(samples),
    listWeights: () => model.listWeights(),
    readWeights: (ofNode) => model.readWeights(ownerIn(record, ofNode)),
  }
  return { model, network }
}

function ownerIn({ network }: RunRecord, node: string | undefined): string | undefined {
  return node === undefined ? undefined : ownerOf(network, node)
}
