import { describe, expect, it } from 'vitest'
import { augmentationKinds, initialStep } from '@shared/augmentation/registry'
import { Lock } from '@shared/lock'
import { noAugmentation, type Augmentation } from '@shared/training/augmentation'
import { planAugmentation } from '../data/augment/plan'
import { directBatches, type BatchSource } from '../data/batches'
import { makePart } from '../data/part'
import { BatchReader } from '../data/store/batch-reader'
import { fileStore } from '../data/store/sample-store'
import { range } from '../random'
import { temporaryFolder } from '../testing/idx-files'
import { easyBatch, preprocessing, settings, smallNetwork } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { RunControl } from './control'
import { judge, train } from './loop'
import { MetricFeed } from './metric-feed'
import { Pace } from './pace'

const [count, size] = [500, 64]

/** Two epochs with dropout on samples in a file; each step's loss, each epoch's means, and the last weights. */
async function trained(batches: BatchSource, seed: number, augmentation = noAugmentation) {
  const folder = temporaryFolder()
  const { values, labels } = easyBatch(count, 1)
  const store = fileStore({ path: folder.write('samples', new Uint8Array(values)), offset: 0, rowBytes: size, count })
  const part = makePart(Uint8Array.from(labels), store, range(count), 3)
  const own = settings({ seed, epochs: 2, batchSize: 32, augmentation })
  const stepper = makeCompiledStepper(smallNetwork(), own, preprocessing, 'float32')
  const losses: number[] = []
  const epochs: unknown[] = []
  const pace = new Pace({ epochs: 2, stepsPerEpoch: 13, trainSamples: 400, validationSamples: 100, testSamples: 0 })
  const feed = new MetricFeed({
    runId: 'run-1',
    emit: ({ loss }) => losses.push(...loss),
    record: () => undefined,
    progress: () => pace.progress,
    now: () => performance.now(),
  })
  const workplace = {
    stepper,
    batches,
    preprocessing,
    lock: new Lock(),
    pace,
    feed,
    turn: new RunControl().turns(),
    judgingBatch: 70,
  }
  const positions = range(count)
  await train({
    ...workplace,
    part,
    training: positions.subarray(0, 400),
    validation: positions.subarray(400),
    settings: own,
    augmentation: planAugmentation(augmentation, preprocessing, seed),
    onEpoch: ({ seconds: _seconds, ...means }) => {
      epochs.push(means)
      return Promise.resolve()
    },
  })
  feed.flush()
  const test = await judge(workplace, part, positions)
  const weights = stepper.readWeights().map((weight) => [...weight.values])
  stepper.dispose()
  store.close()
  folder.remove()
  return { losses, epochs, test, weights }
}

it('training is the same number for number, whether samples are read ahead or not', async () => {
  const reader = new BatchReader(0)
  try {
    const ahead = await trained(reader, 1)
    expect(ahead.losses).toHaveLength(26)
    expect(ahead).toEqual(await trained(directBatches, 1))
    expect(await trained(reader, 1)).toEqual(ahead)
    expect((await trained(reader, 2)).weights).not.toEqual(ahead.weights)
  } finally {
    await reader.close()
  }
})

describe('training on augmented samples', () => {
  const kinds = ['flip', 'crop', 'rotation', 'brightness', 'noise', 'erasing', 'mixup']
  const steps = kinds.map((kind) => initialStep(augmentationKinds.get(kind)!))
  const augmentation: Augmentation = { fill: 'reflect', shade: 0, steps }

  it('is the same number for number on however many threads, and judges samples as they are', async () => {
    const readers = [new BatchReader(0, 1), new BatchReader(undefined, 3)]
    /** Whether samples were augmented, pass by pass. */
    const passes: boolean[] = []
    const watched: BatchSource = {
      read(part, order, how, plan) {
        passes.push(plan !== undefined)
        return directBatches.read(part, order, how, plan)
      },
    }
    try {
      const direct = await trained(watched, 1, augmentation)
      for (const reader of readers) expect(await trained(reader, 1, augmentation)).toEqual(direct)
      // Two epochs, each with its validation, and the test.
      expect(passes).toEqual([true, false, true, false, false])
      expect((await trained(directBatches, 1)).losses).not.toEqual(direct.losses)
      expect((await trained(directBatches, 2, augmentation)).losses).not.toEqual(direct.losses)
    } finally {
      await Promise.all(readers.map((reader) => reader.close()))
    }
  })
})
