import type { SampleValues } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { Refusal } from '../decode/contract'
import type { Prepared, PreparedSample } from './prepare-item'
import type { PackedItem, PlainRefusal, PrepareReply } from './prepare-messages'
import { packPrint, printLength, printOf, unpackPrint } from './prints'
import type { SampleForm } from './survey'

/** The shape that prints are taken by: only pictures are compared by how they look. */
export function printShape({ kind, shape }: Pick<SampleForm, 'kind' | 'shape'>): readonly number[] {
  return kind === 'pictures' ? shape : []
}

/** Bytes of so many samples with their prints. */
export function bytesFor(samples: number, form: SampleForm): number {
  return samples * (rowBytesOf(form) + printLength(printShape(form)))
}

/** Items as a message whose samples lie one behind the other, with their prints behind them: in `shared`, if it is large enough. */
export function packItems(prepared: readonly Prepared[], form: SampleForm, shared?: SharedArrayBuffer): PrepareReply {
  const shape = printShape(form)
  const [rowBytes, printBytes] = [rowBytesOf(form), printLength(shape)]
  const count = prepared.reduce((sum, item) => sum + ('samples' in item ? item.samples.length : 0), 0)
  const length = bytesFor(count, form)
  const memory = shared && length <= shared.byteLength ? shared : new ArrayBuffer(length)
  const values = new Uint8Array(memory, 0, count * rowBytes)
  const prints = new Uint8Array(memory, values.length, count * printBytes)
  const items: PackedItem[] = []
  let row = 0
  for (const item of prepared) {
    if ('refusal' in item) {
      items.push({ refusal: plain(item.refusal) })
      continue
    }
    for (const sample of item.samples) {
      values.set(bytesOf(sample.values), row * rowBytes)
      packPrint(printOf(sample.values, shape), prints.subarray(row * printBytes, (row + 1) * printBytes))
      row += 1
    }
    const { samples, ...facts } = item
    items.push({ names: samples.map(({ name }) => name), ...facts })
  }
  return { items, values, prints }
}

/** The items of a message. Their samples keep using its memory. */
export function unpackItems({ items, values, prints }: PrepareReply, form: SampleForm): Prepared[] {
  const length = sizeOf(form.shape)
  const [rowBytes, printBytes] = [rowBytesOf(form), printLength(printShape(form))]
  let row = 0
  const sampleAt = (name: PreparedSample['name']): PreparedSample => {
    const from = row * rowBytes
    const own: SampleValues =
      form.type === 'uint8'
        ? new Uint8Array(values.buffer, from, length)
        : new Float32Array(values.buffer, from, length)
    const print = unpackPrint(prints.subarray(row * printBytes, (row + 1) * printBytes))
    row += 1
    return { name, values: own, print }
  }
  return items.map((item) => {
    if ('refusal' in item) return { refusal: refusalOf(item.refusal) }
    const { names, ...facts } = item
    return { samples: names.map(sampleAt), ...facts }
  })
}

/** Bytes of a sample. */
export function rowBytesOf({ shape, type }: Pick<SampleForm, 'shape' | 'type'>): number {
  return sizeOf(shape) * (type === 'uint8' ? 1 : 4)
}

export function plain({ code, params, outcome }: Refusal): PlainRefusal {
  return { code, params, outcome }
}

export function refusalOf({ code, params, outcome }: PlainRefusal): Refusal {
  return new Refusal(code, params, outcome)
}

function bytesOf({ buffer, byteOffset, byteLength }: SampleValues): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
