import { z } from 'zod'

/** An IDX pair on disk: pictures and their labels. */
export const IdxPair = z.object({ images: z.string().min(1).max(4096), labels: z.string().min(1).max(4096) })
export type IdxPair = z.output<typeof IdxPair>

/** Where samples come from: a set that ships with Patchwork, or one's own files. This is all that a project keeps. */
export const DatasetSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), id: z.string().min(1).max(64) }),
  z.object({
    kind: z.literal('idx'),
    title: z.string().max(200),
    train: IdxPair,
    /** Where there is none, a stratified share of the training pair is set aside by the source alone, never by a run. */
    test: IdxPair.nullable(),
  }),
  /** A folder in which samples are kept as arrays (`stored-dataset.ts`). */
  z.object({ kind: z.literal('stored'), title: z.string().max(200), directory: z.string().min(1).max(4096) }),
])
export type DatasetSource = z.output<typeof DatasetSource>

/** The parts of a data set that a source gives. Validation is cut from `train` by each run. */
export const Part = z.enum(['train', 'test'])
export type Part = z.output<typeof Part>

/** What is known of an opened data set. */
export const DatasetSummary = z.object({
  source: DatasetSource,
  title: z.string(),
  /** `[height, width, channels]` of one sample. */
  shape: z.array(z.int().min(1)).min(1).max(4),
  classes: z.array(z.string()).min(1),
  /** Samples per part and class. */
  counts: z.object({ train: z.array(z.int().min(0)), test: z.array(z.int().min(0)) }),
  /** Whether the source brought its own test part; false: 15 % were set aside. */
  ownTest: z.boolean(),
  /** How many of the training samples the source itself holds out for validation; absent: each run draws its own. */
  validation: z.int().min(1).optional(),
  /** The accuracy on the test part of always guessing its biggest class. */
  majorityShare: z.number().min(0).max(1),
  /** Of an imported set: what became of its files, found = used + skipped. */
  files: z.object({ found: z.int().min(0), used: z.int().min(0), skipped: z.int().min(0) }).optional(),
})
export type DatasetSummary = z.output<typeof DatasetSummary>

/** Samples to be looked at: `pixels` holds them one after another, each of `shape`, 0 to 255. */
export const SamplePage = z.object({
  shape: z.array(z.int().min(1)),
  /** How many samples the filter leaves in all. */
  total: z.int().min(0),
  /** Positions within the part. */
  indices: z.instanceof(Uint32Array),
  labels: z.instanceof(Uint32Array),
  pixels: z.instanceof(Uint8Array),
})
export type SamplePage = z.output<typeof SamplePage>

export const SampleRequest = z.object({
  source: DatasetSource,
  part: Part,
  classIndex: z.int().min(0).nullable(),
  offset: z.int().min(0),
  count: z.int().min(1).max(1000),
})
export type SampleRequest = z.output<typeof SampleRequest>

/** The sample sets that ship with Patchwork. */
export const sampleSets = ['mnist', 'speech', 'volumes'] as const
export type SampleSetId = (typeof sampleSets)[number]

/** What each sample set asks of a network, for those who want to know before it is opened. */
export const sampleFits: Readonly<
  Record<SampleSetId, { readonly shape: readonly number[]; readonly classes: number }>
> = {
  mnist: { shape: [28, 28, 1], classes: 10 },
  speech: { shape: [8000, 1], classes: 2 },
  volumes: { shape: [28, 28, 28, 1], classes: 2 },
}
