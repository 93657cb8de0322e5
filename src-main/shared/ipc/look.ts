import { z } from 'zod'
import { SampleName } from '../data/stored-dataset'

/**
 * The kernel of a layer as it stands now: values in the order `[…places, inputs, filters]`, with places along one axis of
 * sequences, two of pictures, three of volumes.
 */
export const FilterView = z.object({
  node: z.string(),
  shape: z.array(z.int().min(1)).min(3).max(5),
  values: z.instanceof(Float32Array),
  /** Of a layer with a kernel for each place: how many places there are along each axis, and which one's kernel it is. */
  places: z.object({ count: z.array(z.int().min(1)), at: z.array(z.int().min(0)) }).optional(),
  /** Training steps behind these weights; 0: untrained. */
  step: z.int().min(0),
})
export type FilterView = z.output<typeof FilterView>

/** Which kernel is asked for. */
export const FilterRequest = z.object({
  /** Null: the first layer whose kernel can be looked at. */
  node: z.string().nullable(),
  /** Of a layer with a kernel for each place: which one, by its place along each axis; the middle unless told. */
  at: z.array(z.int().min(0)).max(3).optional(),
})
export type FilterRequest = z.output<typeof FilterRequest>

/** One guess: a class by its position in the class list and its probability. */
export const Guess = z.object({ classIndex: z.int().min(0), probability: z.number() })
export type Guess = z.output<typeof Guess>

/** A sample with the network's best guesses, the most probable first (five, or all classes where there are fewer). */
export const GuessedSample = z.object({
  /** Its row in the data set, by which the whole program numbers samples, and where it comes from; null: a person's own file. */
  sample: z.object({ row: z.int().min(0), name: SampleName }).nullable(),
  /** The true class; null where it is not known. */
  label: z.int().min(0).nullable(),
  shape: z.array(z.int().min(1)),
  /** What the network saw, 0 to 255, after resizing. */
  pixels: z.instanceof(Uint8Array),
  top: z.array(Guess),
  /**
   * Of a sound that is longer than a sample: `top` are means over so many windows, and `pixels` is the one that is surest
   * of the first guess; it begins at `start` and lasts `seconds`.
   */
  windows: z.object({ count: z.int().min(2), start: z.number().min(0), seconds: z.number().positive() }).optional(),
})
export type GuessedSample = z.output<typeof GuessedSample>

/** Test samples that the network guesses right and wrong, drawn in an order that the seed decides. */
export const TopGuesses = z.object({
  step: z.int().min(0),
  right: z.array(GuessedSample),
  wrong: z.array(GuessedSample),
  /** How many test samples were looked at to find them. */
  looked: z.int().min(0),
})
export type TopGuesses = z.output<typeof TopGuesses>

/** An exported model, after it was opened again and compared. */
export const ExportReport = z.object({
  format: z.string(),
  directory: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.int().min(0) })),
  proof: z.object({
    samples: z.int().min(1),
    /** The largest difference between a probability of the export and one of the trained network. */
    maxDifference: z.number().min(0),
    tolerance: z.number().positive(),
  }),
})
export type ExportReport = z.output<typeof ExportReport>

export const ExportFormat = z.enum(['tfjs-layers', 'saved-model'])
export type ExportFormat = z.output<typeof ExportFormat>
