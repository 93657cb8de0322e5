import fc from 'fast-check'
import { rowSet, type Edit } from '@shared/data/edits'
import { storedParts, type StoredPart } from '@shared/data/stored-dataset'

/** One sample of the plain model that edits are held to: nothing but words. */
export interface ModelSample {
  readonly row: number
  class: string
  part: StoredPart
  removed: boolean
}

export interface Model {
  readonly classes: string[]
  readonly samples: ModelSample[]
}

/** Whether a line counts, by the words of its definition: no later line that counts takes it back. */
export function counts(edits: readonly Edit[], at: number): boolean {
  return !edits.some((other, n) => n > at && other.kind === 'undo' && other.line === at + 1 && counts(edits, n))
}

/** What edits make of samples, one by one and by name. */
export function edited({ classes, samples }: Model, edits: readonly Edit[]): Model {
  const names = [...classes]
  const all = samples.map((one) => ({ ...one }))
  const of = (rows: Extract<Edit, { rows: unknown }>['rows']) =>
    all.filter(({ row }) =>
      rows.some((one) => (typeof one === 'number' ? one === row : row >= one[0] && row <= one[1])),
    )
  for (const [n, edit] of edits.entries()) {
    if (!counts(edits, n)) continue
    if (edit.kind === 'relabel') {
      if (!names.includes(edit.to)) names.push(edit.to)
      for (const sample of of(edit.rows)) sample.class = edit.to
    } else if (edit.kind === 'remove' || edit.kind === 'restore') {
      for (const sample of of(edit.rows)) sample.removed = edit.kind === 'remove'
    } else if (edit.kind === 'move') {
      for (const sample of of(edit.rows)) sample.part = edit.part
    } else if (edit.kind === 'rename' && edit.from !== edit.to) {
      const merged = names.includes(edit.to)
      names.splice(names.indexOf(edit.from), 1, ...(merged ? [] : [edit.to]))
      for (const sample of all) if (sample.class === edit.from) sample.class = edit.to
    }
  }
  return { classes: names, samples: all }
}

/** Logs that can be meant, for samples and classes of one's own: each edit is drawn for the state before it. */
export function editLogs(model: Model, most = 12): fc.Arbitrary<Edit[]> {
  const rows = fc
    .uniqueArray(fc.nat(model.samples.length - 1), { minLength: 1, maxLength: 6 })
    .map((chosen) => rowSet(chosen))
  const draw = fc.record({
    kind: fc.constantFrom('relabel', 'remove', 'restore', 'move', 'rename', 'undo', 'undo'),
    rows,
    part: fc.constantFrom(...storedParts),
    which: fc.nat(1000),
    to: fc.constantFrom(...model.classes, 'new', 'другой'),
  })
  return fc.array(draw, { minLength: 1, maxLength: most }).map((draws) => {
    const edits: Edit[] = []
    for (const { kind, rows: chosen, part, which, to } of draws) {
      const edit = ((): Edit | undefined => {
        if (kind === 'relabel') return { kind, rows: chosen, to }
        if (kind === 'remove' || kind === 'restore') return { kind, rows: chosen }
        if (kind === 'move') return { kind, rows: chosen, part }
        if (kind === 'rename') {
          const { classes } = edited(model, edits)
          return { kind, from: classes[which % classes.length] ?? '', to }
        }
        const inForce = edits.flatMap((_edit, n) => (counts(edits, n) ? [n + 1] : []))
        // Mostly the last one, as a person does.
        const line = inForce[which % 3 === 0 ? which % Math.max(1, inForce.length) : inForce.length - 1]
        return line === undefined ? undefined : { kind: 'undo', line }
      })()
      if (edit && canBeMeant(model, [...edits, edit])) edits.push(edit)
    }
    return edits
  })
}

/** Without an edit that later ones built on, a class may not be there to be renamed. */
function canBeMeant(model: Model, edits: readonly Edit[]): boolean {
  return edits.every(
    (edit, n) =>
      edit.kind !== 'rename' ||
      !counts(edits, n) ||
      edited(
        model,
        edits.slice(0, n).filter((other, at) => other.kind !== 'undo' && counts(edits, at)),
      ).classes.includes(edit.from),
  )
}
