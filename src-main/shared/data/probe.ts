import { z } from 'zod'

/** Why a file does not come in, or what is to be known of one that does: a code of `decode.reasons` or `decode.notes`. */
const Said = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })

/** A number of a file; null where it is none (NaN or infinite), or where there is nothing. */
const Value = z.number().nullable()

/** What stands for the numbers of one array: its form and enough of its values to check it from outside. */
export const ArrayFigures = z.object({
  shape: z.array(z.int().min(0)),
  dtype: z.string(),
  /** Samples a second, of a sound. */
  rate: z.number().nullable(),
  /** Per place that was asked for the values there; null for a place outside. */
  at: z.array(z.array(Value).nullable()),
  /** Of each channel of pictures and sounds, else of all values. */
  mean: z.array(Value),
  min: Value,
  max: Value,
})
export type ArrayFigures = z.output<typeof ArrayFigures>

/** What became of one file. */
export const ProbeReport = z.object({
  /** Of an archive's entry the archive and the entry's path in it. */
  file: z.string(),
  outcome: z.enum(['decoded', 'skipped', 'refused', 'ignored']),
  reason: Said.nullable(),
  format: z.string().nullable(),
  notes: z.array(Said.extend({ warns: z.boolean() })),
  figures: ArrayFigures.nullable(),
  /** Of a file with several arrays, each by its name. */
  arrays: z.record(z.string(), ArrayFigures).nullable(),
})
export type ProbeReport = z.output<typeof ProbeReport>

export const ProbeRequest = z.object({
  path: z.string().min(1).max(4096),
  /** x and y in pictures, a frame of sounds, else an index along each axis. */
  at: z.array(z.array(z.int().min(0)).min(1).max(8)).max(1000),
  /** All frames or pages as a volume, or the first as a picture. */
  frames: z.enum(['first', 'all']),
})
export type ProbeRequest = z.output<typeof ProbeRequest>
