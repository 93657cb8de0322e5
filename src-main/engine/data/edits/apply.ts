import { bitOf } from '@shared/data/dataset'
import {
  editHistory,
  linesInForce,
  rowCount,
  type Edit,
  type EditDigest,
  type EditLine,
  type EditSummary,
  type HistoryEntry,
  type RowSet,
} from '@shared/data/edits'
import { sampleFlags, storedParts } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import type { Labels } from '../split'
import type { SampleTable } from '../table'

/** The lines of a log that count, with where they stand for errors. */
export interface EditLog {
  readonly path: string
  readonly lines: readonly EditLine[]
}

/** Every sample of a source, as the edits leave it. */
export interface EditedSamples {
  readonly classes: readonly string[]
  readonly labels: Labels
  /** Positions in `storedParts`. */
  readonly parts: Uint8Array
  /** A bit for each of `sampleMarks`. */
  readonly marks: Uint16Array
  readonly summary: EditSummary | undefined
}

/** Labels are 16-bit numbers. */
const mostClasses = 65_536

export const removedBit = bitOf('removed')
export const editedBit = bitOf('edited')
/** What else stands in an import's flags means nothing. */
const importBits = (1 << sampleFlags.length) - 1
const testPart = storedParts.indexOf('test')

/**
 * Applies a log to the samples of a source, in the order of its lines. Throws `edits-damaged`, naming the line, where
 * one cannot be meant: a row, a class or a line that is not there.
 */
export function applyEdits(table: SampleTable, classes: readonly string[], log: EditLog | undefined): EditedSamples {
  const flags = () => Uint16Array.from(table.flags ?? new Uint16Array(table.count), (bits) => bits & importBits)
  if (!log || log.lines.length === 0) {
    return { classes, labels: table.labels, parts: table.parts, marks: flags(), summary: undefined }
  }
  refuseStrangeLines(log, table.count)
  const edits = log.lines.map(({ edit }) => edit)
  const inForce = linesInForce(edits)
  const working = new Working(table, classes)
  for (const [n, edit] of edits.entries()) {
    if (!inForce[n]) continue
    const detail = working.refusal(edit)
    if (detail) throw damaged(log, n, detail)
    working.apply(edit)
  }
  return working.result(flags(), edits)
}

/** Refuses rows that the source has not, and lines that take back what is not before them. */
function refuseStrangeLines(log: EditLog, count: number): void {
  for (const [n, { samples, edit }] of log.lines.entries()) {
    if (samples !== count) {
      throw new AppError('edits-other-source', { path: log.path, line: n + 1, samples, found: count })
    }
    const rows = 'rows' in edit ? edit.rows : []
    const beyond = rows.map((one) => (typeof one === 'number' ? one : one[1])).find((last) => last >= count)
    if (beyond !== undefined) throw damaged(log, n, `there is no sample ${beyond} among ${count}`)
    if (edit.kind === 'undo' && edit.line > n) throw damaged(log, n, `there is no line ${edit.line} before it`)
  }
}

class Working {
  /** Classes by number; one that became part of another has no name any more. */
  private readonly names: (string | undefined)[]
  private readonly numbers: Map<string, number>
  /** The class that each of the source's became part of; itself at first. */
  private readonly heir: number[]
  private readonly labels: Uint32Array
  private readonly parts: Uint8Array
  private readonly removed: Uint8Array

  constructor(
    private readonly table: SampleTable,
    private readonly given: readonly string[],
  ) {
    this.names = [...given]
    this.numbers = new Map(given.map((name, number) => [name, number]))
    this.heir = given.map((_name, number) => number)
    this.labels = Uint32Array.from(table.labels)
    this.parts = Uint8Array.from(table.parts)
    this.removed = new Uint8Array(table.count)
  }

  /** Why an edit cannot be meant; undefined: it can. */
  refusal(edit: Edit): string | undefined {
    if (edit.kind === 'rename' && !this.numbers.has(edit.from)) return `there is no class ${edit.from}`
    if (edit.kind === 'relabel' && !this.numbers.has(edit.to) && this.numbers.size >= mostClasses) {
      return `there cannot be more than ${mostClasses} classes`
    }
    return undefined
  }

  apply(edit: Edit): void {
    switch (edit.kind) {
      case 'relabel':
        return fill(this.labels, edit.rows, this.numberOf(edit.to))
      case 'remove':
        return fill(this.removed, edit.rows, 1)
      case 'restore':
        return fill(this.removed, edit.rows, 0)
      case 'move':
        return fill(this.parts, edit.rows, storedParts.indexOf(edit.part))
      case 'rename':
        return this.rename(edit.from, edit.to)
      case 'undo':
    }
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    this.numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }

  private rename(from: string, to: string): void {
    const number = this.numbers.get(from)
    if (number === undefined || from === to) return
    this.numbers.delete(from)
    const other = this.numbers.get(to)
    if (other === undefined) {
      this.numbers.set(to, number)
      this.names[number] = to
      return
    }
    this.names[number] = undefined
    for (const [row, label] of this.labels.entries()) if (label === number) this.labels[row] = other
    for (const [own, heir] of this.heir.entries()) if (heir === number) this.heir[own] = other
  }

  result(marks: Uint16Array, edits: readonly Edit[]): EditedSamples {
    const kept = [...this.names.keys()].filter((number) => this.names[number] !== undefined)
    const classes = kept.map((number) => this.names[number] ?? '')
    const place = new Uint32Array(this.names.length)
    for (const [at, number] of kept.entries()) place[number] = at
    const labels = classes.length > 256 ? new Uint16Array(this.table.count) : new Uint8Array(this.table.count)
    const sums = { removed: 0, removedFromTest: 0, relabelled: 0, moved: 0, test: 0 }
    for (let row = 0; row < labels.length; row++) {
      labels[row] = place[this.labels[row] ?? 0] ?? 0
      const relabelled = this.labels[row] !== this.heir[this.table.labels[row] ?? 0]
      const moved = this.parts[row] !== this.table.parts[row]
      const removed = this.removed[row] === 1
      marks[row] = (marks[row] ?? 0) | (relabelled || moved ? editedBit : 0) | (removed ? removedBit : 0)
      sums.relabelled += Number(relabelled)
      sums.moved += Number(moved)
      sums.removed += Number(removed)
      sums.removedFromTest += Number(removed && this.parts[row] === testPart)
      const ofTest = this.parts[row] === testPart || this.table.parts[row] === testPart
      sums.test += Number(ofTest && (relabelled || moved || removed))
    }
    const renamed = this.given.filter((name, number) => this.names[number] !== name).length
    const { undo, redo } = editHistory(edits)
    const summary = { ...sums, classes: renamed, undo: digestOf(edits, undo), redo: digestOf(edits, redo) }
    return { classes, labels, parts: this.parts, marks, summary }
  }
}

function fill(target: Uint8Array | Uint32Array, rows: RowSet, value: number): void {
  for (const one of rows) {
    if (typeof one === 'number') target[one] = value
    else target.fill(value, one[0], one[1] + 1)
  }
}

function digestOf(edits: readonly Edit[], entries: readonly HistoryEntry[]): EditDigest | null {
  const last = entries.at(-1)
  const edit = last && edits[last.own - 1]
  if (!edit || edit.kind === 'undo') return null
  const to = edit.kind === 'move' ? edit.part : 'to' in edit ? edit.to : ''
  return { line: last.line, kind: edit.kind, count: 'rows' in edit ? rowCount(edit.rows) : 0, to }
}

function damaged({ path }: EditLog, at: number, detail: string): AppError {
  return new AppError('edits-damaged', { path, line: at + 1, detail })
}
