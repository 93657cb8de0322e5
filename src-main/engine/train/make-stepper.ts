import type { Preprocessing } from '@shared/data/preprocessing'
import { kindsWithoutLowering } from '@shared/network/compiled'
import type { NetworkDocument } from '@shared/network/document'
import type { ComputeReport, Precision } from '@shared/training/precision'
import { optimizerKinds } from '@shared/training/registry'
import type { TrainingSettings } from '@shared/training/settings'
import { readBatch, type Batch } from '../data/batches'
import { range } from '../random'
import { makeCompiledStepper } from './compiled-stepper'
import { giveWay } from './control'
import { makeEagerStepper } from './eager-stepper'
import { madeUpSamples } from './made-up'
import type { Stepper } from './stepper'
import type { Trials } from './trials'

export interface ChosenStepper {
  readonly stepper: Stepper
  readonly compute: ComputeReport
}

export interface Chore {
  readonly network: NetworkDocument
  readonly settings: TrainingSettings
  readonly preprocessing: Preprocessing
  readonly classCount: number
  /** How many steps are to be taken: a trial must be worth its time. */
  readonly stepsAhead: number
  /** The processor that computes. */
  readonly device: 'cpu' | 'gpu'
  /** What earlier trials found. */
  readonly trials: Trials
}

/** Fewer steps than this are not worth a trial. */
const worthTrial = 100
/** A shorter type is taken only where it is clearly faster, so that noise does not decide. */
const clearlyFaster = 1.25
const trial = { warmUp: 2, least: 3, most: 12, milliseconds: 400 }

/** The types worth trying beside float32: a CPU computes float16 number by number, where it can do it at all. */
const candidates: Readonly<Record<'cpu' | 'gpu', readonly Precision[]>> = {
  cpu: ['bfloat16'],
  gpu: ['bfloat16', 'float16'],
}

/**
 * The fastest way to train a checked network: compiled where every layer and the optimizer can be, in the type that was
 * asked for or that a trial on made-up samples finds fastest; else eager. The stepper is at its first step.
 */
export async function makeStepper(chore: Chore): Promise<ChosenStepper> {
  const { network, settings, preprocessing } = chore
  const uncompiled = kindsWithoutLowering(network)
  const canUpdate = optimizerKinds.get(settings.optimizer.kind)?.lower !== undefined
  if (uncompiled.length > 0 || !canUpdate) {
    const why = uncompiled.length > 0 ? 'layers' : 'optimizer'
    const compute: ComputeReport = { path: 'eager', precision: 'float32', why, uncompiled, trial: [] }
    return { stepper: makeEagerStepper(network, settings, preprocessing), compute }
  }
  const make = (precision: Precision) => makeCompiledStepper(network, settings, preprocessing, precision)
  const chosen = (stepper: Stepper, precision: Precision, why: ComputeReport['why']): ChosenStepper => {
    return { stepper, compute: { path: 'compiled', precision, why, uncompiled, trial: [] } }
  }
  if (settings.precision !== 'auto') return chosen(make(settings.precision), settings.precision, 'chosen')
  if (chore.stepsAhead < worthTrial) return chosen(make('float32'), 'float32', 'short')
  const known = chore.trials.known(chore)
  if (known) return { stepper: make(known.precision), compute: known }
  const found = await tryPrecisions(chore, make)
  chore.trials.remember(chore, found.compute)
  return found
}

async function tryPrecisions(chore: Chore, make: (precision: Precision) => Stepper): Promise<ChosenStepper> {
  const batch = trialBatch(chore)
  let best = await timed('float32', make('float32'), batch)
  const times = [{ precision: best.precision, milliseconds: best.milliseconds }]
  for (const precision of candidates[chore.device]) {
    const rival = await timedIfPossible(precision, make, batch)
    if (!rival) continue
    times.push({ precision, milliseconds: rival.milliseconds })
    const wins = rival.milliseconds * (best.precision === 'float32' ? clearlyFaster : 1) < best.milliseconds
    ;(wins ? best : rival).stepper.dispose()
    if (wins) best = rival
  }
  const { stepper, precision } = best
  return { stepper, compute: { path: 'compiled', precision, why: 'trial', uncompiled: [], trial: times } }
}

interface Timed {
  readonly precision: Precision
  readonly stepper: Stepper
  readonly milliseconds: number
}

/** A stepper and how long its steps take; undefined where this processor cannot compute in the type. */
async function timedIfPossible(
  precision: Precision,
  make: (precision: Precision) => Stepper,
  batch: Batch,
): Promise<Timed | undefined> {
  let stepper: Stepper | undefined
  try {
    stepper = make(precision)
    return await timed(precision, stepper, batch)
  } catch {
    stepper?.dispose()
    return undefined
  }
}

/** The quickest of some steps, which other work on the machine disturbs least; the stepper is put back afterwards. */
async function timed(precision: Precision, stepper: Stepper, batch: Batch): Promise<Timed> {
  const start = await stepper.readState()
  for (let n = 0; n < trial.warmUp; n++) {
    stepper.step(batch)
    await giveWay()
  }
  let milliseconds = Number.POSITIVE_INFINITY
  const began = performance.now()
  for (let n = 0; n < trial.most; n++) {
    if (n >= trial.least && performance.now() - began > trial.milliseconds) break
    const stepBegan = performance.now()
    stepper.step(batch)
    milliseconds = Math.min(milliseconds, performance.now() - stepBegan)
    await giveWay()
  }
  await stepper.writeState(start)
  return { precision, stepper, milliseconds }
}

function trialBatch({ settings, preprocessing, classCount }: Chore): Batch {
  const samples = madeUpSamples(settings.batchSize, preprocessing, classCount)
  return readBatch(samples, range(samples.count), preprocessing)
}
