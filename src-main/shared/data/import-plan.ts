import { z } from 'zod'
import { ImportReport, ImportWarning, type ImportSettings } from './import'
import { SourceFacts } from './source-facts'

/** Of a disk, in bytes. */
export const Room = z.object({ free: z.number().min(0), size: z.number().min(0) })
export type Room = z.output<typeof Room>

const side = z.int().min(1).max(4096)

/** What an import would find and make, before anything is written. */
export const ImportPlan = z.object({
  kind: ImportReport.shape.kind,
  /** Files that are to come in: their classes are known, few of them have been opened. */
  files: z.int().min(0),
  /** Files of which it is known already that they will not, those that are no data left out. */
  skipped: z.int().min(0),
  /** How many files there are with each ending, the most frequent first. */
  endings: z.array(z.object({ ending: z.string(), count: z.int().min(1) })),
  /** Files, or samples of files of arrays, of each class and part. */
  classes: ImportReport.shape.classes,
  /** The test part is drawn, since the source brings none of its own. */
  testDrawn: z.boolean(),
  facts: SourceFacts,
  /** Of each sample, channels last. */
  shape: z.array(z.int().min(1)),
  /** Of sounds, frames a second. */
  rate: z.number().positive().nullable(),
  /** Samples, estimated where a file gives several. */
  samples: z.int().min(0),
  /** What the data set will take on the disk, in bytes; at most this much, as far as can be told. */
  bytes: z.number().min(0),
  room: Room,
  /** Height and width at which pictures would have room that have none as they are; null: there is no such, or no need. */
  smaller: z.tuple([side, side]).nullable(),
  warnings: z.array(ImportWarning),
})
export type ImportPlan = z.output<typeof ImportPlan>

/** A disk is left so much, whatever is imported: a full one is everybody's trouble. */
export function reserveOf({ size }: Room): number {
  return Math.min(64 * 2 ** 20, Math.round(size * 0.02))
}

/** Bytes that a data set may take. */
export function budgetOf(room: Room): number {
  return Math.max(0, room.free - reserveOf(room))
}

export function fits({ bytes, room }: Pick<ImportPlan, 'bytes' | 'room'>): boolean {
  return bytes <= budgetOf(room)
}

/** Beyond these an import is no small matter: whoever asks for it should see what it comes to. */
const muchBytes = 2 ** 30
const manyFiles = 20_000

export type Decision = 'no-room' | 'parts' | 'slices' | 'much'

/** What a person has to decide before an import with these settings begins; empty: nothing. */
export function decisionsOf(plan: ImportPlan, settings: ImportSettings): Decision[] {
  const { facts, bytes, files } = plan
  const asks: readonly (readonly [Decision, boolean])[] = [
    ['no-room', !fits(plan)],
    ['parts', facts.parts.length > 0],
    ['slices', facts.sliceFolders > 0 && !settings.slices],
    ['much', bytes > muchBytes || files > manyFiles],
  ]
  return asks.flatMap(([decision, open]) => (open ? [decision] : []))
}
