import { z } from 'zod'
import { ImportReport, ImportSettings } from './import'
import { SkippedFile } from './stored-dataset'

/** The file in an unfinished data set's folder that tells how far its import came: a line of JSON each, the head first. */
export const journalFile = 'import.jsonl'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What was begun. */
export const JournalHead = z.object({
  format: z.literal('patchwork-import'),
  /** Another version's import is not gone on with. */
  version: z.literal(2),
  begunAt: z.iso.datetime(),
  /** The process that has it in hand. */
  process: z.int().min(0),
  paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
  settings: ImportSettings,
  title: z.string().max(200),
  /** SHA-256 of all that decides what becomes of the sources, and of their names, sizes and times. */
  plan: Sha256,
  /** How many files, or samples of files of arrays, are to be taken. */
  total: z.int().min(0),
})
export type JournalHead = z.output<typeof JournalHead>

/** A state of which everything is on disk. Lists hold what came since the mark before. */
export const JournalMark = z.object({
  done: z.int().min(0),
  rows: z.int().min(0),
  nameBytes: z.int().min(0),
  /** What the work took so far. */
  seconds: z.number().min(0),
  /** Files that came in so far. */
  used: z.int().min(0),
  skipped: z.array(SkippedFile),
  sizes: ImportReport.shape.sizes,
  notes: z.record(z.string(), z.int().min(1)),
})
export type JournalMark = z.output<typeof JournalMark>

export interface Journal {
  readonly head: JournalHead
  /** Where to go on: the newest mark, its lists those of all marks together; undefined: nothing is done yet. */
  readonly mark: JournalMark | undefined
}

/** Reads a journal up to the first line that is not whole; undefined where it is none. */
export function parseJournal(text: string): Journal | undefined {
  const [first = '', ...lines] = text.split('\n')
  const head = JournalHead.safeParse(jsonOf(first))
  if (!head.success) return undefined
  let mark: JournalMark | undefined
  for (const line of lines) {
    const next = JournalMark.safeParse(jsonOf(line))
    if (!next.success) break
    mark = mark ? joined(mark, next.data) : next.data
  }
  return { head: head.data, mark: mark && mark.done <= head.data.total ? mark : undefined }
}

function joined(before: JournalMark, next: JournalMark): JournalMark {
  // In place: a journal may have thousands of marks.
  for (const file of next.skipped) before.skipped.push(file)
  for (const size of next.sizes) before.sizes.push(size)
  const notes = { ...before.notes }
  for (const [code, count] of Object.entries(next.notes)) notes[code] = (notes[code] ?? 0) + count
  return { ...next, skipped: before.skipped, sizes: before.sizes, notes }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
