import { z } from 'zod'
import { EditsReference, EditSummary } from './edits'
import { sampleFlags, SampleName, storedParts } from './stored-dataset'

/** An IDX pair on disk: pictures and their labels. */
export const IdxPair = z.object({ images: z.string().min(1).max(4096), labels: z.string().min(1).max(4096) })
export type IdxPair = z.output<typeof IdxPair>

/** What a person changed in the data; absent: nothing. */
const edits = EditsReference.optional()

/** Where samples come from: a set that ships with Patchwork, or one's own files. This is all that a project keeps. */
export const DatasetSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), id: z.string().min(1).max(64), edits }),
  z.object({
    kind: z.literal('idx'),
    title: z.string().max(200),
    train: IdxPair,
    /** Where there is none, a stratified share of the training pair is set aside by the source alone, never by a run. */
    test: IdxPair.nullable(),
    edits,
  }),
  /** A folder in which samples are kept as arrays (`stored-dataset.ts`). */
  z.object({ kind: z.literal('stored'), title: z.string().max(200), directory: z.string().min(1).max(4096), edits }),
])
export type DatasetSource = z.output<typeof DatasetSource>

/** The parts of a data set that a source gives. Validation is cut from `train` by each run. */
export const Part = z.enum(['train', 'test'])
export type Part = z.output<typeof Part>

/** What can be said of a sample besides its class and part: what an import noticed, and what a person did. */
export const sampleMarks = [...sampleFlags, 'edited', 'removed'] as const
export type SampleMark = (typeof sampleMarks)[number]

/** What is known of an opened data set. */
export const DatasetSummary = z.object({
  source: DatasetSource,
  title: z.string(),
  /** `[height, width, channels]` of one sample. */
  shape: z.array(z.int().min(1)).min(1).max(4),
  /** Samples were made of sounds, as they are or as pictures of them. */
  ofSounds: z.literal(true).optional(),
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
  /** How many samples of `counts.train` each class has in validation; absent where `validation` is. */
  validationCounts: z.array(z.int().min(0)).optional(),
  /** How many samples have each mark. */
  marks: z.partialRecord(z.enum(sampleMarks), z.int().min(0)).optional(),
  /** What the edits come to; absent: there are none. */
  edits: EditSummary.optional(),
})
export type DatasetSummary = z.output<typeof DatasetSummary>

/** What takes no learning: the biggest class of the test part, and the accuracy of always guessing it. */
export function majorityOf({ classes, counts, majorityShare }: DatasetSummary): { name: string; share: number } {
  return { name: classes[counts.test.indexOf(Math.max(...counts.test))] ?? '', share: majorityShare }
}

/** Which samples are looked at; those that were removed only where their mark is asked for. */
export const SampleFilter = z.object({
  /** `train` without what the source itself holds out for validation. */
  part: z.enum(['all', ...storedParts]),
  /** Positions in the data set's classes; none: all of them. */
  classes: z.array(z.int().min(0)).max(65_536),
  /** Samples with at least one of these; none: whatever their marks. */
  marks: z.array(z.enum(sampleMarks)),
  /** What the name of a sample's source contains, in any case of letters. */
  text: z.string().max(200),
  /** These rows of the source alone (doubtful labels, say); null: all. */
  only: z.instanceof(Uint32Array).nullable(),
})
export type SampleFilter = z.output<typeof SampleFilter>

/** `given`: as `only` has them. `mean` and `deviation` are those of all values of a sample: brightness and contrast. */
export const SampleOrder = z.object({
  by: z.enum(['row', 'name', 'class', 'mean', 'deviation', 'given']),
  descending: z.boolean(),
})
export type SampleOrder = z.output<typeof SampleOrder>

export const everySample: SampleFilter = { part: 'all', classes: [], marks: [], text: '', only: null }
export const sourceOrder: SampleOrder = { by: 'row', descending: false }

/** Samples to be looked at, in the order asked for, with what is known of each. */
export const SamplePage = z.object({
  shape: z.array(z.int().min(1)),
  /** How many samples the filter leaves in all. */
  total: z.int().min(0),
  /** Rows in the source: what edits name, and what stays whatever is edited. */
  rows: z.instanceof(Uint32Array),
  labels: z.instanceof(Uint32Array),
  /** Positions in `storedParts`. */
  parts: z.instanceof(Uint8Array),
  /** A bit for each of `sampleMarks`, the first the lowest. */
  marks: z.instanceof(Uint16Array),
  /** Where each comes from. */
  names: z.array(SampleName),
  /** One sample after another, each of `shape`, 0 to 255. */
  pixels: z.instanceof(Uint8Array),
})
export type SamplePage = z.output<typeof SamplePage>

export const SampleRequest = z.object({
  source: DatasetSource,
  filter: SampleFilter,
  order: SampleOrder,
  offset: z.int().min(0),
  count: z.int().min(1).max(1000),
})
export type SampleRequest = z.output<typeof SampleRequest>

/** The rows that a filter leaves, in their order, for what is done to all of them. */
export const RowsRequest = SampleRequest.omit({ offset: true, count: true })
export type RowsRequest = z.output<typeof RowsRequest>

/** The bit of a mark in a page's `marks`. */
export function bitOf(mark: SampleMark): number {
  return 1 << sampleMarks.indexOf(mark)
}

/** The marks of a sample by the bits of a page. */
export function marksOf(bits: number): SampleMark[] {
  return sampleMarks.filter((mark) => (bits & bitOf(mark)) !== 0)
}

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
