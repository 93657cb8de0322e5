import { sampleMarks, type DatasetSource, type DatasetSummary } from '@shared/data/dataset'
import { storedParts, type StoredPart } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import type { AllSamples, Dataset } from './dataset'
import { applyEdits, removedBit, type EditedSamples, type EditLog } from './edits/apply'
import { countsOf, makePart, type DatasetPart } from './part'
import { classCounts } from './split'
import { joinRows } from './store/rows'
import type { OpenSource, SampleTable } from './table'

/**
 * A data set of an open source and a log of edits. Preprocessing stays as the source has it, whatever was edited, so that
 * two runs on data that differs by an edit see every other sample alike. Throws where no sample would be left in a part.
 */
export function makeDataset(open: OpenSource, source: DatasetSource, log: EditLog | undefined): Dataset {
  const { table, preprocessing, title, ownTest, files } = open
  const samples = applyEdits(table, open.classes, log)
  const { classes, summary: edits } = samples
  const rows = { train: rowsIn(samples, 'train', 'validation'), test: rowsIn(samples, 'test') }
  if (log && rowsIn(samples, 'train').length === 0) throw new AppError('edits-no-training')
  if (log && rows.test.length === 0) throw new AppError('edits-no-test')
  const all = allSamples(table, samples)
  const train = partOf(table, all, rows.train, classes.length)
  const test = partOf(table, all, rows.test, classes.length)
  const validation = positionsOf(samples, rows.train, 'validation')
  const counts = { train: countsOf(train), test: countsOf(test) }
  return {
    train,
    test,
    ...(validation.length > 0 ? { validation } : {}),
    preprocessing,
    all,
    summary: {
      source,
      title,
      shape: [...preprocessing.shape],
      classes: [...classes],
      counts,
      ...(preprocessing.sound ? { ofSounds: true as const } : {}),
      ownTest,
      ...(validation.length > 0 ? heldOut(train, validation, classes.length) : {}),
      majorityShare: Math.max(...counts.test) / test.count,
      ...(files ? { files } : {}),
      marks: countMarks(samples.marks),
      ...(edits ? { edits } : {}),
    },
    hold: () => open.hold(),
    close: () => open.close(),
  }
}

function rowsIn({ parts, marks }: EditedSamples, ...wanted: readonly StoredPart[]): Uint32Array {
  const codes = new Set(wanted.map((part) => storedParts.indexOf(part)))
  const rows = new Uint32Array(parts.length)
  let found = 0
  for (let row = 0; row < parts.length; row++) {
    if (codes.has(parts[row] ?? -1) && ((marks[row] ?? 0) & removedBit) === 0) rows[found++] = row
  }
  return rows.slice(0, found)
}

/** Places in `rows` whose samples are of a part. */
function positionsOf({ parts }: EditedSamples, rows: Uint32Array, part: StoredPart): Uint32Array {
  const code = storedParts.indexOf(part)
  return Uint32Array.from(rows.keys()).filter((n) => parts[rows[n] ?? 0] === code)
}

/** Rows of one store are read from it; those of several from all of them as one. */
function partOf({ stores }: SampleTable, all: AllSamples, rows: Uint32Array, classCount: number): DatasetPart {
  let before = 0
  for (const store of stores) {
    const { count } = store.source
    const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? 0]
    if (first >= before && last < before + count) {
      const own = before === 0 ? rows : rows.map((row) => row - before)
      return makePart(all.labels.subarray(before, before + count), store, own, classCount, rows)
    }
    before += count
  }
  return makePart(all.labels, all, rows, classCount)
}

function allSamples(table: SampleTable, { labels, parts, marks }: EditedSamples): AllSamples {
  const { count, names, stores } = table
  return {
    count,
    labels,
    parts,
    marks,
    names,
    get source() {
      return joinRows(stores.map((store) => store.source))
    },
  }
}

function heldOut(train: DatasetPart, validation: Uint32Array, classCount: number) {
  const labels = Uint16Array.from(validation, (n) => train.labels[n] ?? 0)
  return { validation: validation.length, validationCounts: classCounts(labels, classCount) }
}

function countMarks(marks: Uint16Array): NonNullable<DatasetSummary['marks']> {
  const counts = new Uint32Array(sampleMarks.length)
  for (const bits of marks) {
    // Whatever else is said of a sample that was removed, it is seen under that mark alone.
    const shown = bits & removedBit ? removedBit : bits
    for (let bit = 0; shown >> bit; bit++) if (shown & (1 << bit)) counts[bit] = (counts[bit] ?? 0) + 1
  }
  return Object.fromEntries(sampleMarks.map((mark, bit) => [mark, counts[bit] ?? 0]))
}
