import { z } from 'zod'
import { DatasetSource, sampleMarks } from './dataset'
import { SampleName, storedParts } from './stored-dataset'

/** One sample of a data set, by its row in the source: that stays whatever is edited. */
export const SampleAddress = z.object({ source: DatasetSource, row: z.int().min(0) })
export type SampleAddress = z.output<typeof SampleAddress>

/** A sample in full: all of its values and what is known of it. */
export const SampleDetail = z.object({
  row: z.int().min(0),
  part: z.enum(storedParts),
  label: z.int().min(0),
  marks: z.array(z.enum(sampleMarks)),
  name: SampleName,
  /** Channels last. */
  shape: z.array(z.int().min(1)),
  /** As the data set keeps them, not yet prepared. */
  values: z.union([z.instanceof(Uint8Array), z.instanceof(Float32Array)]),
  /** The same from 0 to 255, as viewers draw them. */
  shown: z.instanceof(Uint8Array),
  /** Of a sound and of the picture of one, frames a second; null: it is neither, or nobody knows. */
  rate: z.number().positive().nullable(),
})
export type SampleDetail = z.output<typeof SampleDetail>

/** The sound that a picture of one was made of, from its file; `reason`, one of `decode.reasons`: why it is not there. */
export const OriginalSound = z.object({
  sound: z
    .object({
      /** Frame by frame, -1 to 1. */
      samples: z.instanceof(Float32Array),
      channels: z.int().min(1),
      rate: z.number().positive(),
    })
    .nullable(),
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
})
export type OriginalSound = z.output<typeof OriginalSound>

/** What a sound sounds like: loudness by time (from left to right) and frequency (the highest first), in decibels. */
export const SampleSpectra = z.object({
  row: z.int().min(0),
  height: z.int().min(1),
  width: z.int().min(1),
  /** Row by row, one for each channel. */
  channels: z.array(z.instanceof(Float32Array)),
  /** The quietest and the loudest that is drawn. */
  low: z.number(),
  high: z.number(),
})
export type SampleSpectra = z.output<typeof SampleSpectra>

/** The other samples that are like one: the same value by value, or pictures that look alike. In the source's order. */
export const LikeSamples = z.object({
  row: z.int().min(0),
  equal: z.instanceof(Uint32Array),
  alike: z.instanceof(Uint32Array),
})
export type LikeSamples = z.output<typeof LikeSamples>
