import { z } from 'zod'
import { SkippedFile } from './stored-dataset'

/** Which folder above a file names its class: the one that it lies in, the topmost, or whichever tells files apart. */
export const ClassFolders = z.enum(['auto', 'nearest', 'topmost'])
export type ClassFolders = z.output<typeof ClassFolders>

/** How what a person drops becomes a data set. What is null follows the data. */
export const ImportSettings = z.object({
  title: z.string().max(200).nullable(),
  /** What the files are; null: what most of them are. */
  as: z.enum(['pictures', 'sounds', 'volumes']).nullable(),
  classFolders: ClassFolders,
  /** A regular expression on file names whose first group is the class. */
  labelPattern: z.string().max(500).nullable(),
  /** A regular expression on file names whose first group is a subject: all of its samples go into one part. */
  groupPattern: z.string().max(500).nullable(),
  /** Height and width of pictures. */
  size: z.tuple([z.int().min(1).max(4096), z.int().min(1).max(4096)]).nullable(),
  /** Channels of pictures: 1 grey, 3 colour. */
  channels: z.union([z.literal(1), z.literal(3)]).nullable(),
  /** Frames a second of sounds. */
  rate: z.int().min(100).max(384_000).nullable(),
  /** Length of the windows that sounds are cut into. */
  seconds: z.number().positive().max(600).nullable(),
  /** Share of the samples to be tested on where the source brings no test part of its own. */
  testShare: z.number().min(0).max(0.9),
  seed: z.int().min(0),
})
export type ImportSettings = z.output<typeof ImportSettings>

export const usualImport: ImportSettings = {
  title: null,
  as: null,
  classFolders: 'auto',
  labelPattern: null,
  groupPattern: null,
  size: null,
  channels: null,
  rate: null,
  seconds: null,
  testShare: 0.15,
  seed: 0,
}

/** Something about the data set as a whole that its owner should know; its text is `import.warnings.<code>`. */
export const ImportWarning = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ImportWarning = z.output<typeof ImportWarning>

/** What an import found and made. Found = used + those of `skipped` that are not ignored. */
export const ImportReport = z.object({
  directory: z.string(),
  kind: z.enum(['pictures', 'sounds', 'volumes']),
  found: z.int().min(0),
  used: z.int().min(0),
  skipped: z.array(SkippedFile),
  warnings: z.array(ImportWarning),
  /** Samples of each class and part. */
  classes: z.record(z.string(), z.object({ train: z.int(), validation: z.int(), test: z.int() })),
  samples: z.int().min(0),
  shape: z.array(z.int().min(1)),
  /** How many files came in each size, the most frequent first. */
  sizes: z.array(z.object({ shape: z.array(z.int()), count: z.int() })),
  /** Samples equal to an earlier one, value by value. */
  duplicates: z.int().min(0),
  /** Pictures that look like an earlier one. */
  nearDuplicates: z.int().min(0),
  /** Of both, those whose earlier one is in another part. */
  acrossParts: z.int().min(0),
  /** Samples whose values are all the same. */
  constant: z.int().min(0),
  seconds: z.number().min(0),
})
export type ImportReport = z.output<typeof ImportReport>

/** How far an import is; `id` is what its caller named it. */
export const ImportProgress = z.object({
  id: z.string().max(64),
  done: z.int().min(0),
  total: z.int().min(0),
  seconds: z.number().min(0),
})
export type ImportProgress = z.output<typeof ImportProgress>
