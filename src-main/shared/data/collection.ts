import { z } from 'zod'

/** What a collection's samples are made of. */
export const CollectionKind = z.enum(['pictures', 'sounds', 'volumes'])
export type CollectionKind = z.output<typeof CollectionKind>

/** What every clip of a collection of volumes is brought to: `[frames, height, width, channels]` bytes. */
export const ClipForm = z.object({
  frames: z.int().min(2).max(128),
  height: z.int().min(8).max(512),
  width: z.int().min(8).max(512),
  channels: z.union([z.literal(1), z.literal(3)]),
})
export type ClipForm = z.output<typeof ClipForm>

export const usualClip: ClipForm = { frames: 16, height: 64, width: 64, channels: 3 }

const Title = z.string().min(1).max(200)
/** As a person types it; what file systems do not take is left out of it. */
const ClassName = z.string().min(1).max(200)
const FileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\\/\0]+$/)

/** The number of a collection within its project, and of what was removed within a collection. */
export const CollectionId = z.string().regex(/^\d{4,9}$/)

/** What `collection.json` keeps; which samples there are, the folders tell. */
export const CollectionFile = z.object({
  version: z.literal(1),
  title: Title,
  kind: CollectionKind,
  clip: ClipForm,
  /** The classes in their order. */
  classes: z.array(ClassName).max(1000),
})
export type CollectionFile = z.output<typeof CollectionFile>

/** A data set in the making, gathered by hand: a folder in the project with a folder of real files for each class. */
export const Collection = CollectionFile.omit({ version: true, classes: true }).extend({
  id: CollectionId,
  /** What is imported to make a data set of it. */
  folder: z.string().min(1),
  classes: z.array(z.object({ name: ClassName, files: z.array(FileName) })),
})
export type Collection = z.output<typeof Collection>
export type CollectedClass = Collection['classes'][number]

/** One step in a collection. Every step answers with the one that takes it back. */
export const CollectionEdit = z.discriminatedUnion('do', [
  z.object({ do: z.literal('setTitle'), title: Title }),
  /** Only while there is no sample. */
  z.object({ do: z.literal('setKind'), kind: CollectionKind }),
  z.object({ do: z.literal('setClip'), clip: ClipForm }),
  z.object({ do: z.literal('addClass'), name: ClassName }),
  z.object({ do: z.literal('renameClass'), name: ClassName, next: ClassName }),
  z.object({ do: z.literal('removeClass'), name: ClassName }),
  z.object({ do: z.literal('removeFiles'), name: ClassName, files: z.array(FileName).min(1).max(100_000) }),
  /** Brings back what an earlier step removed. */
  z.object({ do: z.literal('restore'), removal: CollectionId }),
])
export type CollectionEdit = z.output<typeof CollectionEdit>

/** A collection after a step, and the step that takes it back; null where there is nothing to take back. */
export const CollectionStep = z.object({ collection: Collection, undo: CollectionEdit.nullable() })
export type CollectionStep = z.output<typeof CollectionStep>

/** So many bytes one captured sample may have. */
export const largestSample = 64 * 2 ** 20

/** Samples that the window made: pictures of a camera, clips of a microphone, frames of a video. */
export const CapturedSample = z.object({
  /** Without an ending; a number tells those of one name apart. */
  name: z.string().min(1).max(200),
  format: z.enum(['png', 'wav', 'npy']),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= largestSample),
})
export type CapturedSample = z.output<typeof CapturedSample>

/** A file that was not taken, and why: `code` is one of `decode.reasons`. */
export const RefusedFile = z.object({
  file: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type RefusedFile = z.output<typeof RefusedFile>

export const CollectionSummary = z.object({
  id: CollectionId,
  title: Title,
  kind: CollectionKind,
  samples: z.int().min(0),
})
export type CollectionSummary = z.output<typeof CollectionSummary>

/** What the window may use of the machine, after the person asked for it. */
export const CaptureDevice = z.enum(['camera', 'microphone'])
export type CaptureDevice = z.output<typeof CaptureDevice>
