import { majorityOf, type DatasetSummary } from '@shared/data/dataset'
import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { RunRecord, RunRequest } from '@shared/training/run'
import {
  fittingAugmentation,
  planAugmentation,
  refuseWrongAugmentation,
  type AugmentationPlan,
} from '../data/augment/plan'
import type { Dataset } from '../data/dataset'
import { stratifiedSplit, type Split } from '../data/split'
import { reportDevice } from '../device'
import { refuseInvalid } from '../model/validate'
import { deriveSeed, range } from '../random'
import { refuseTooLarge } from './memory'
import { refuseWrongOptimizer } from './optimizer'

/** A request with the place that main gave the run. */
export type RunOrder = RunRequest & { readonly id: string; readonly number: number; readonly directory: string }

export interface Preparation {
  readonly record: RunRecord
  readonly preprocessing: Preprocessing
  /** Positions in the training part. */
  readonly training: Uint32Array
  readonly validation: Uint32Array
  /** Of the training samples; undefined: they are taken as they are. */
  readonly augmentation: AugmentationPlan | undefined
}

/** Checks all that can be checked before a run begins, and decides which samples it holds out. */
export function prepareRun(order: RunOrder, dataset: Dataset): Preparation {
  const { network, settings } = order
  const { summary, preprocessing } = dataset
  refuseInvalid(network, summary)
  refuseWrongOptimizer(settings.optimizer)
  refuseTooLarge(network, settings.batchSize)
  refuseWrongAugmentation(settings.augmentation)
  // The record tells what is done: what these samples cannot have done to them is left out of it.
  const done = { ...settings, augmentation: fittingAugmentation(settings.augmentation, preprocessing.shape) }
  const augmentation = planAugmentation(done.augmentation, preprocessing, settings.seed)
  const split = splitForRun(dataset, order)
  const record = firstRecord({ ...order, settings: done }, summary, preprocessing, split)
  return { preprocessing, ...split, augmentation, record }
}

function splitForRun(dataset: Dataset, { settings }: RunOrder) {
  const split = dataset.validation ? givenSplit(dataset.train.count, dataset.validation) : drawnSplit(dataset, settings)
  if (split.kept.length === 0) {
    throw new AppError('no-training-samples', { count: dataset.train.count, share: settings.validationShare })
  }
  return { training: split.kept, validation: split.setAside }
}

/** What a data set itself holds out for validation is no run's to choose. */
function givenSplit(count: number, validation: Uint32Array): Split {
  const held = new Set(validation)
  return { kept: range(count).filter((position) => !held.has(position)), setAside: validation }
}

function drawnSplit({ train, summary }: Dataset, { validationShare, seed }: RunOrder['settings']): Split {
  const classCount = summary.classes.length
  return stratifiedSplit(train.labels, classCount, validationShare, deriveSeed(seed, 'validation'))
}

function firstRecord(
  { id, number, network, dataset, settings }: RunOrder,
  summary: DatasetSummary,
  preprocessing: Preprocessing,
  { training, validation }: Pick<Preparation, 'training' | 'validation'>,
): RunRecord {
  return {
    version: 1,
    id,
    number,
    state: 'preparing',
    startedAt: new Date().toISOString(),
    endedAt: null,
    network,
    dataset,
    classes: summary.classes,
    preprocessing,
    settings,
    device: reportDevice(),
    compute: null,
    majority: majorityOf(summary),
    trainSamples: training.length,
    validationSamples: validation.length,
    epochsDone: 0,
    stepsDone: 0,
    lastEpoch: null,
    test: null,
    seconds: 0,
    imagesPerSecond: 0,
    error: null,
  }
}
