import { AppError } from '@shared/ipc/errors'
import { byClass, classCounts, stratifiedSplit, testShare, type Labels } from './split'
import type { RowSource } from './store/rows'

/** One part of a data set: samples by position, with their labels. */
export interface DatasetPart {
  readonly count: number
  readonly labels: Labels
  /** The samples of each class, in rising order. */
  readonly members: readonly Uint32Array[]
  /** Where samples lie now; it changes when they are taken into memory. */
  readonly source: RowSource
  /** Each sample's row in `source`. */
  readonly rows: Uint32Array
  /** Each sample's row in the data set's table, where the rows of several files follow each other. */
  readonly numbers: Uint32Array
}

/** The samples of a store at some rows; `all` are the labels of every row. */
export function makePart(
  all: Labels,
  store: { readonly source: RowSource },
  rows: Uint32Array,
  classCount: number,
  numbers = rows,
): DatasetPart {
  const labels = all instanceof Uint8Array ? new Uint8Array(rows.length) : new Uint16Array(rows.length)
  for (const [n, row] of rows.entries()) labels[n] = all[row] ?? 0
  return {
    count: rows.length,
    labels,
    members: byClass(labels, classCount),
    rows,
    numbers,
    get source() {
      return store.source
    },
  }
}

/** How many samples of each class a part has. */
export function countsOf({ labels, members }: DatasetPart): number[] {
  return classCounts(labels, members.length)
}

/** The set-aside part of a source without a test part depends on the source alone, so its seed is fixed. */
const testSeed = 0

/** Sets samples of some rows aside for the test. Throws `too-few-samples` with the file's name where there are none to spare. */
export function setTestAside(
  all: Labels,
  rows: Uint32Array,
  classCount: number,
  file: string,
): { train: Uint32Array; test: Uint32Array } {
  const labels = Uint16Array.from(rows, (row) => all[row] ?? 0)
  const { kept, setAside } = stratifiedSplit(labels, classCount, testShare, testSeed)
  if (setAside.length === 0) throw new AppError('too-few-samples', { file, count: rows.length })
  const at = (positions: Uint32Array) => positions.map((position) => rows[position] ?? 0)
  return { train: at(kept), test: at(setAside) }
}
