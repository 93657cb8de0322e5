import { z } from 'zod'
import { Preprocessing } from './preprocessing'

/** The files of a stored data set. All but the manifest have one entry for each sample, in the same order. */
export const storedFiles = {
  /** A `StoredDataset`, written last. */
  manifest: 'dataset.json',
  /** `[count, …shape]`, uint8 or float32. */
  samples: 'samples.npy',
  /** `[count]`, uint16: positions in `classes`. */
  labels: 'labels.npy',
  /** `[count]`, uint8: positions in `storedParts`. */
  parts: 'parts.npy',
  /** `[count]`, uint16: a bit for each of `sampleFlags`, the first the lowest. */
  flags: 'flags.npy',
  /** A line of JSON for each sample, a `SampleName`. */
  names: 'names.jsonl',
} as const

export const storedParts = ['train', 'validation', 'test'] as const
export type StoredPart = (typeof storedParts)[number]

/** What an import noticed about a sample. What a person changes later stands in a log beside these files, never here. */
export const sampleFlags = ['duplicate', 'near-duplicate', 'across-parts', 'constant'] as const
export type SampleFlag = (typeof sampleFlags)[number]

/** Where a sample comes from: a file by its path below the source, and where in it a window, frame or row begins. */
export const SampleName = z.union([z.string(), z.tuple([z.string(), z.number().min(0)])])
export type SampleName = z.output<typeof SampleName>

/** The file that a sample comes from, and where in it a window, frame or row begins. */
export function placeOf(name: SampleName): { readonly file: string; readonly at: number | null } {
  return typeof name === 'string' ? { file: name, at: null } : { file: name[0], at: name[1] }
}

/** A file that did not come in; the texts of `code` are `decode.reasons.<code>`. */
export const SkippedFile = z.object({
  file: z.string(),
  outcome: z.enum(['skipped', 'refused', 'ignored']),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type SkippedFile = z.output<typeof SkippedFile>

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The manifest of a stored data set: what its arrays hold and where they come from. */
export const StoredDataset = z.object({
  format: z.literal('patchwork-dataset'),
  version: z.literal(1),
  title: z.string().max(200),
  kind: z.enum(['pictures', 'sounds', 'volumes']),
  createdAt: z.iso.datetime(),
  /** SHA-256 of the sources (names, sizes, times) and of `making`: where both are as they were, nothing is made anew. */
  fingerprint: z.object({ sources: Sha256, making: Sha256 }),
  /** How sources became samples, in the importer's own settings: resize mode, rate, window, pattern. */
  making: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  count: z.int().min(1),
  /** The test part was drawn from samples that the source has to learn from; absent: it is the source's own. */
  testDrawn: z.literal(true).optional(),
  preprocessing: Preprocessing,
  classes: z.array(z.string()).min(1).max(65_536),
  /** Of sounds, frames a second. */
  rate: z.number().positive().nullable(),
  /** Found = used + skipped. A file may give many samples. */
  files: z.object({ found: z.int().min(0), used: z.int().min(0), skipped: z.array(SkippedFile) }),
})
export type StoredDataset = z.output<typeof StoredDataset>
