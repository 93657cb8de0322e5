import type { Preprocessing } from '@shared/data/preprocessing'
import type { SpeedReport, SpeedRequest } from '@shared/training/speed'
import { noAugmentation } from '@shared/training/augmentation'
import { initialTraining } from '@shared/training/settings'
import { AppError } from '@shared/ipc/errors'
import { kindsWithoutLowering } from '@shared/network/compiled'
import { networkEnds, sampleShape } from '@shared/network/outputs'
import { walk } from '@shared/network/walk'
import { planAugmentation, refuseWrongAugmentation } from '../data/augment/plan'
import { epochBatches } from '../data/batches'
import { preprocessingFor } from '../data/preprocess'
import { BatchReader } from '../data/store/batch-reader'
import { refuseInvalid } from '../model/validate'
import { range } from '../random'
import { makeCompiledStepper } from './compiled-stepper'
import { giveWay } from './control'
import { makeEagerStepper } from './eager-stepper'
import { madeUpSamples } from './made-up'
import { refuseTooLarge } from './memory'
import type { Stepper } from './stepper'

/** TensorFlow prepares its kernels in the first steps. */
const warmUp = 5
/** So many batches' worth of samples are gone through again and again. */
const batches = 8

/** Measures how fast a network trains: steps as a run takes them, on made-up samples of the shape of its input. */
export async function measureSpeed(request: SpeedRequest): Promise<SpeedReport> {
  const { network, batchSize, steps, augmentation = noAugmentation } = request
  const { shape, classCount } = ends(request)
  refuseInvalid(network, { shape, classes: Array.from({ length: classCount }, (_, n) => String(n)) })
  refuseTooLarge(network, batchSize)
  refuseWrongAugmentation(augmentation)
  const preprocessing = preprocessingFor(shape)
  const plan = planAugmentation(augmentation, preprocessing, initialTraining.seed)
  const samples = madeUpSamples(batches * batchSize, preprocessing, classCount)
  const stepper = stepperFor(request, preprocessing)
  const reader = new BatchReader()
  try {
    const times: number[] = []
    let waiting = 0
    let began = 0
    let asked = performance.now()
    let taken = 0
    for await (const batch of reader.read(
      samples,
      manyBatches(samples.count, batchSize, warmUp + steps),
      preprocessing,
      plan && { plan, epoch: 1 },
    )) {
      if (taken === warmUp) began = asked
      const waited = performance.now() - asked
      await giveWay()
      const start = performance.now()
      stepper.step(batch)
      if (taken >= warmUp) {
        waiting += waited
        times.push(waited + performance.now() - start)
      }
      taken += 1
      asked = performance.now()
    }
    const total = asked - began
    times.sort((one, other) => one - other)
    return {
      samplesPerSecond: (1000 * steps * batchSize) / total,
      millisecondsPerStep: times[times.length >> 1] ?? 0,
      waitingShare: waiting / total,
      memory: process.memoryUsage.rss(),
    }
  } finally {
    stepper.dispose()
    await reader.close()
  }
}

/** The shape of a sample and the number of classes that the main output tells. */
function ends({ network }: SpeedRequest): { shape: readonly number[]; classCount: number } {
  const facts = walk(network)
  const output = networkEnds(network, facts).main?.result
  return {
    shape: sampleShape(facts) ?? [],
    classCount: output?.ok ? (output.shape.at(-1) ?? 0) : 0,
  }
}

function stepperFor(
  { network, path, precision, batchSize, augmentation = noAugmentation }: SpeedRequest,
  preprocessing: Preprocessing,
): Stepper {
  const settings = { ...initialTraining, batchSize, augmentation }
  if (path === 'eager') return makeEagerStepper(network, settings, preprocessing)
  const [kind] = kindsWithoutLowering(network)
  if (kind !== undefined) throw new AppError('not-compilable', { kind })
  return makeCompiledStepper(network, settings, preprocessing, precision)
}

/** So many batches in shuffled order, epoch after epoch. */
function* manyBatches(count: number, batchSize: number, wanted: number): Generator<Uint32Array> {
  let n = 0
  for (let epoch = 1; ; epoch++) {
    for (const positions of epochBatches(range(count), batchSize, 1, epoch)) {
      if (n === wanted) return
      yield positions
      n += 1
    }
  }
}
