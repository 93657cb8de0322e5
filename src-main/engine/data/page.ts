import type { RowsRequest, SamplePage, SampleRequest } from '@shared/data/dataset'
import { toShownBytes } from '@shared/data/preprocessing'
import { readBatch } from './batches'
import type { Dataset } from './dataset'
import { listSamples } from './listing'
import { makePart } from './part'

/** A page of the samples that a filter leaves, to be looked at. Behind the end there are none. */
export async function readPage(dataset: Dataset, request: Omit<SampleRequest, 'source'>): Promise<SamplePage> {
  const { all, summary, preprocessing } = dataset
  const { filter, order, offset, count } = request
  const list = await listSamples(dataset, filter, order)
  const rows = list.slice(offset, offset + count)
  const names = await all.names.at(rows)
  const shown = makePart(all.labels, all, rows, summary.classes.length)
  const { values, labels } = readBatch(shown, Uint32Array.from(rows.keys()), preprocessing)
  return {
    shape: [...summary.shape],
    total: list.length,
    rows,
    labels: Uint32Array.from(labels),
    parts: Uint8Array.from(rows, (row) => all.parts[row] ?? 0),
    marks: Uint16Array.from(rows, (row) => all.marks[row] ?? 0),
    names,
    pixels: toShownBytes(values, preprocessing),
  }
}

/** All rows that a filter leaves, in their order. */
export async function readRows(
  dataset: Dataset,
  { filter, order }: Omit<RowsRequest, 'source'>,
): Promise<{ rows: Uint32Array<ArrayBuffer> }> {
  return { rows: Uint32Array.from(await listSamples(dataset, filter, order)) }
}
