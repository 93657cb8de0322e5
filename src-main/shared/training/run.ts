import { z } from 'zod'
import { DatasetSource } from '../data/dataset'
import { Preprocessing } from '../data/preprocessing'
import { WordParams } from '../messages/words'
import { NetworkDocument } from '../network/document'
import { EpochMetrics } from './metrics'
import { ComputeReport } from './precision'
import { TrainingSettings } from './settings'

export const RunState = z.enum(['preparing', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed'])
export type RunState = z.output<typeof RunState>

/** Whether a run can still change by itself. */
export function isLive(state: RunState): boolean {
  return state === 'preparing' || state === 'running' || state === 'paused'
}

export const RunId = z.string().regex(/^[\w-]{1,64}$/)

/** Which processor computes, and why that one. `why` is a code of the message files (`train.device.why.<code>`). */
export const DeviceReport = z.object({
  backend: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** The processor's own name. */
  name: z.string(),
  cores: z.int().min(1),
  why: z.string(),
  tensorflow: z.string(),
  tfjs: z.string(),
  node: z.string(),
})
export type DeviceReport = z.output<typeof DeviceReport>

/** How good the trained network is on the fenced test part. */
export const TestResult = z.object({
  samples: z.int().min(0),
  /** Of several outputs, the sum of their losses, each times its weight. */
  loss: z.number(),
  accuracy: z.number(),
  /** Each output's own loss, the main one's first; missing where there is but one output. */
  outputLosses: z.array(z.number()).optional(),
})
export type TestResult = z.output<typeof TestResult>

/** What `run.json` holds: all that is needed to know what was done, and to do it again. */
export const RunRecord = z.object({
  version: z.literal(1),
  id: RunId,
  /** Counted from 1 within a project. */
  number: z.int().min(1),
  state: RunState,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  network: NetworkDocument,
  dataset: DatasetSource,
  classes: z.array(z.string()),
  preprocessing: Preprocessing,
  settings: TrainingSettings,
  device: DeviceReport.nullable(),
  /** Null until it is decided, and in runs from before there was a choice. */
  compute: ComputeReport.nullable().default(null),
  /**
   * What takes no learning: the biggest class of the test part, and the accuracy of always guessing it. Missing in runs
   * from before it was recorded.
   */
  majority: z.object({ name: z.string(), share: z.number().min(0).max(1) }).optional(),
  trainSamples: z.int().min(0),
  validationSamples: z.int().min(0),
  epochsDone: z.int().min(0),
  stepsDone: z.int().min(0),
  lastEpoch: EpochMetrics.nullable(),
  test: TestResult.nullable(),
  /** Training alone. */
  seconds: z.number().min(0),
  imagesPerSecond: z.number().min(0),
  /** Why it failed or was interrupted. */
  error: z.object({ code: z.string(), params: WordParams }).nullable(),
})
export type RunRecord = z.output<typeof RunRecord>

/** What is needed to begin a run. */
export const RunRequest = z.object({
  network: NetworkDocument,
  dataset: DatasetSource,
  settings: TrainingSettings,
})
export type RunRequest = z.output<typeof RunRequest>
