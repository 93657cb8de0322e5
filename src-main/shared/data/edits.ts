import { z } from 'zod'
import { storedParts } from './stored-dataset'

/**
 * Edits of a data set are a log beside it: a file of JSON lines, to which lines are only ever added. What was imported or
 * opened is never written to. Whoever names the data names how many lines count (`EditsReference`), so that a run goes
 * on naming what it learned from, whatever is edited later.
 */
export const EditsReference = z.object({ path: z.string().min(1).max(4096), lines: z.int().min(1).max(10_000_000) })
export type EditsReference = z.output<typeof EditsReference>

const Row = z.int().min(0).max(0xffff_fffe)

/** Samples by their rows in the source: single rows, and runs of rows by the first and the last one. */
export const RowSet = z
  .array(z.union([Row, z.tuple([Row, Row]).refine(([first, last]) => first <= last)]))
  .min(1)
  .max(1_000_000)
export type RowSet = z.output<typeof RowSet>

const ClassName = z.string().min(1).max(1000)

const Line = z.int().min(1)

/** One step that a person takes. */
export const Edit = z.discriminatedUnion('kind', [
  /** Into a class that there is, or into a new one. */
  z.object({ kind: z.literal('relabel'), rows: RowSet, to: ClassName }),
  z.object({ kind: z.literal('remove'), rows: RowSet }),
  z.object({ kind: z.literal('restore'), rows: RowSet }),
  z.object({ kind: z.literal('move'), rows: RowSet, part: z.enum(storedParts) }),
  /** Where a class is called `to` already, both become one. */
  z.object({ kind: z.literal('rename'), from: ClassName, to: ClassName }),
  /** Takes an earlier line back, counted from 1; taking back an `undo` does again what it took back. */
  z.object({ kind: z.literal('undo'), line: Line }),
])
export type Edit = z.output<typeof Edit>

/** One line of a log. */
export const EditLine = z.object({
  at: z.iso.datetime(),
  /** How many samples the source had: rows of another source are not these. */
  samples: z.int().min(1),
  edit: Edit,
})
export type EditLine = z.output<typeof EditLine>

/** What an edit did, for a person. */
export const EditDigest = z.object({
  line: Line,
  kind: z.enum(['relabel', 'remove', 'restore', 'move', 'rename']),
  /** How many samples it names; of a class that was renamed none. */
  count: z.int().min(0),
  /** The class or the part that it leads to, if it leads to one. */
  to: z.string(),
})
export type EditDigest = z.output<typeof EditDigest>

/** What the edits of a data set come to. */
export const EditSummary = z.object({
  removed: z.int().min(0),
  /** How many of these would be in the test part. */
  removedFromTest: z.int().min(0),
  /** Samples of another class than in the source, by themselves and not with their class. */
  relabelled: z.int().min(0),
  moved: z.int().min(0),
  /** Classes that were renamed or became part of another one. */
  classes: z.int().min(0),
  /** Samples that are or were of the test part, and of which one of this holds. */
  test: z.int().min(0),
  /** What can be taken back next, and what done again; the line is the one that an `undo` has to name. */
  undo: EditDigest.nullable(),
  redo: EditDigest.nullable(),
})
export type EditSummary = z.output<typeof EditSummary>

/** How many rows a set has. */
export function rowCount(rows: RowSet): number {
  return rows.reduce<number>((sum, one) => sum + (typeof one === 'number' ? 1 : one[1] - one[0] + 1), 0)
}

/** The shortest way to name rows, given in any order. */
export function rowSet(rows: Iterable<number>): RowSet {
  const sorted = Uint32Array.from(new Set(rows)).sort()
  const set: RowSet = []
  for (let n = 0; n < sorted.length; n++) {
    const first = sorted[n] ?? 0
    while (sorted[n + 1] === (sorted[n] ?? 0) + 1) n += 1
    const last = sorted[n] ?? 0
    if (last === first) set.push(first)
    else set.push([first, last])
  }
  return set
}

/** Which lines of a log count: those that no later line that counts takes back. */
export function linesInForce(edits: readonly Edit[]): boolean[] {
  const inForce = edits.map(() => true)
  for (let n = edits.length - 1; n >= 0; n--) {
    const edit = edits[n]
    if (edit?.kind === 'undo' && inForce[n]) inForce[edit.line - 1] = false
  }
  return inForce
}

/**
 * What can be taken back and done again, the next one last: each by the edit's own line and the line that an `undo` has
 * to name. As in any editor, a new edit ends what could be done again.
 */
export function editHistory(edits: readonly Edit[]): { undo: HistoryEntry[]; redo: HistoryEntry[] } {
  const undo: HistoryEntry[] = []
  let redo: HistoryEntry[] = []
  for (const [n, edit] of edits.entries()) {
    if (edit.kind !== 'undo') {
      undo.push({ own: n + 1, line: n + 1 })
      redo = []
      continue
    }
    const back = undo.findIndex(({ line }) => line === edit.line)
    const again = redo.findIndex(({ line }) => line === edit.line)
    if (back >= 0) redo.push(...undo.splice(back, 1).map(({ own }) => ({ own, line: n + 1 })))
    else if (again >= 0) undo.push(...redo.splice(again, 1).map(({ own }) => ({ own, line: own })))
  }
  return { undo, redo }
}

export interface HistoryEntry {
  /** The line of the edit itself. */
  readonly own: number
  /** The line to be named. */
  readonly line: number
}
