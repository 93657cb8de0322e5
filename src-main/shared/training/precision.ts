import { z } from 'zod'

/**
 * The type that convolutions and products of training are computed in; weights, loss and sums are float32 in any case.
 * bfloat16 has float32's range and fewer digits, float16 more digits than that and a small range.
 */
export const Precision = z.enum(['float32', 'bfloat16', 'float16'])
export type Precision = z.output<typeof Precision>

/** What a person can ask for: a type, or whatever a short trial at the beginning of the run finds fastest. */
export const PrecisionChoice = z.enum(['auto', ...Precision.options])
export type PrecisionChoice = z.output<typeof PrecisionChoice>

/** Step by step as one compiled graph, or operation by operation as tfjs does. */
export const TrainingPath = z.enum(['compiled', 'eager'])
export type TrainingPath = z.output<typeof TrainingPath>

/** How a run computes its steps, and why so. */
export const ComputeReport = z.object({
  path: TrainingPath,
  precision: Precision,
  /**
   * A code of the message files (`train.compute.why.<code>`): `chosen` by the person, `trial` found it the fastest, `short`
   * run not worth a trial, `layers` or `optimizer` that have no compiled form.
   */
  why: z.enum(['chosen', 'trial', 'short', 'layers', 'optimizer']),
  /** The kinds of layer that keep the network from being compiled. */
  uncompiled: z.array(z.string()),
  /** What a step took in the trial, in milliseconds. */
  trial: z.array(z.object({ precision: Precision, milliseconds: z.number().min(0) })),
})
export type ComputeReport = z.output<typeof ComputeReport>
