import { AppError } from '@shared/ipc/errors'
import type { SuspiciousLabels, SuspiciousRequest } from '@shared/ipc/suspicious'
import { shapeText } from '@shared/layers/shape'
import { pieces } from '../data/batches'
import type { Dataset } from '../data/dataset'
import { BatchReader } from '../data/store/batch-reader'
import { range } from '../random'
import { giveWay } from '../train/control'
import type { TrainedNetworks } from './trained'

/** So many samples are judged at once. */
const pieceSize = 256

/** One sample whose label the network does not believe. */
interface Doubt {
  readonly row: number
  readonly given: number
  readonly guess: number
  readonly confidence: number
  readonly guessConfidence: number
}

export interface SuspiciousWanted extends Pick<SuspiciousRequest, 'test' | 'most'> {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/**
 * Ranks labels by the network's confidence in them, as confident learning does (Northcutt, Jiang and Chuang 2021,
 * "Confident Learning: Estimating Uncertainty in Dataset Labels"): samples of a negative margin, that is those for which
 * another class is more probable than the given one, by rising self-confidence, the probability of the given class.
 * Of what a network has learned by heart it doubts little; samples held out for validation tell more.
 */
export async function findSuspicious(
  networks: TrainedNetworks,
  directory: string,
  dataset: Dataset,
  wanted: SuspiciousWanted,
): Promise<SuspiciousLabels> {
  const reader = new BatchReader()
  try {
    return await rank(networks, directory, dataset, reader, wanted)
  } finally {
    await reader.close()
  }
}

async function rank(
  networks: TrainedNetworks,
  directory: string,
  dataset: Dataset,
  reader: BatchReader,
  { test, most, signal, progress }: SuspiciousWanted,
): Promise<SuspiciousLabels> {
  const [record, step] = await networks.with(directory, async (network) => [network.record, network.step] as const)
  const [own, asked] = [shapeText(dataset.summary.shape), shapeText(record.preprocessing.shape)]
  if (own !== asked) throw new AppError('suspicious-shape', { found: own, wanted: asked })
  const known = classesKnown(dataset.summary.classes, record.classes)
  const parts = test ? [dataset.train, dataset.test] : [dataset.train]
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const doubts: Doubt[] = []
  let [done, unknown] = [0, 0]
  for (const part of parts) {
    let at = 0
    for await (const batch of reader.read(part, pieces(range(part.count), pieceSize), dataset.preprocessing)) {
      await giveWay()
      if (signal.aborted) throw new AppError('cancelled', { name: 'findSuspicious' })
      // The network is asked for anew each time, so that others can look at it meanwhile.
      const probabilities = await networks.with(directory, async (network) => network.predict(batch))
      for (let n = 0; n < batch.count; n++) {
        const label = batch.labels[n] ?? 0
        const given = known.ofData[label]
        if (given === undefined) unknown += 1
        else {
          const found = doubtOf(probabilities.subarray(n * known.count, (n + 1) * known.count), given, known.ofNetwork)
          if (found) doubts.push({ row: part.numbers[at + n] ?? 0, given: label, ...found })
        }
      }
      at += batch.count
      done += batch.count
      progress(done, total)
    }
  }
  doubts.sort((one, other) => one.confidence - other.confidence || one.row - other.row)
  const shown = doubts.slice(0, most)
  return {
    step,
    looked: done - unknown,
    unknown,
    found: doubts.length,
    rows: Uint32Array.from(shown, ({ row }) => row),
    given: Uint32Array.from(shown, ({ given }) => given),
    guesses: Uint32Array.from(shown, ({ guess }) => guess),
    confidence: Float32Array.from(shown, ({ confidence }) => confidence),
    guessConfidence: Float32Array.from(shown, ({ guessConfidence }) => guessConfidence),
  }
}

/** What the network makes of a sample, where it is not its given class; of classes that the data has no more it is not asked. */
function doubtOf(
  probabilities: Float32Array,
  given: number,
  ofNetwork: readonly number[],
): Pick<Doubt, 'guess' | 'confidence' | 'guessConfidence'> | undefined {
  let best = given
  for (let one = 0; one < probabilities.length; one++) {
    if ((probabilities[one] ?? 0) > (probabilities[best] ?? 0) && (ofNetwork[one] ?? -1) >= 0) best = one
  }
  if (best === given) return undefined
  return {
    guess: ofNetwork[best] ?? 0,
    confidence: probabilities[given] ?? 0,
    guessConfidence: probabilities[best] ?? 0,
  }
}

/** Classes by their names: those of the data may have been renamed, merged or added since the run. */
function classesKnown(data: readonly string[], network: readonly string[]) {
  const ofNetwork = network.map((name) => data.indexOf(name))
  const ofData = data.map((name) => {
    const at = network.indexOf(name)
    return at < 0 ? undefined : at
  })
  return { count: network.length, ofData, ofNetwork }
}
