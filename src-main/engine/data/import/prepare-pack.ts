import type { SampleValues } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { Refusal } from '../decode/contract'
import type { Prepared } from './prepare-item'
import type { PackedItem, PlainRefusal, PrepareReply } from './prepare-messages'
import { packPrint, printLength, printOf } from './prints'
import type { SampleForm } from './survey'

/** The shape that prints are taken by: only pictures are compared by how they look. */
export function printShape({ kind, shape }: Pick<SampleForm, 'kind' | 'shape'>): readonly number[] {
  return kind === 'pictures' ? shape : []
}

/** Bytes of so many samples with their prints. */
export function bytesFor(samples: number, form: SampleForm): number {
  return samples * (rowBytesOf(form) + printLength(printShape(form)))
}

/** Makes of items a message whose samples lie one behind the other and, behind the room for them, their prints. */
export class Packer {
  readonly #shape: readonly number[]
  readonly #rowBytes: number
  readonly #printBytes: number
  readonly #items: PackedItem[] = []
  #bytes: Uint8Array
  /** How many samples there is room for, and how many there are. */
  #room: number
  #count = 0

  /** The samples go to `shared` as long as it is large enough. */
  constructor(form: SampleForm, shared?: SharedArrayBuffer) {
    this.#shape = printShape(form)
    this.#rowBytes = rowBytesOf(form)
    this.#printBytes = printLength(this.#shape)
    this.#bytes = shared ? new Uint8Array(shared) : new Uint8Array()
    this.#room = Math.floor(this.#bytes.length / (this.#rowBytes + this.#printBytes))
  }

  add(item: Prepared): void {
    if ('refusal' in item) {
      this.#items.push({ refusal: plain(item.refusal) })
      return
    }
    const { samples, ...facts } = item
    this.#makeRoom(samples.length)
    for (const { values } of samples) {
      this.#bytes.set(bytesOf(values), this.#count * this.#rowBytes)
      const at = this.#printAt(this.#count)
      packPrint(printOf(values, this.#shape), this.#bytes.subarray(at, at + this.#printBytes))
      this.#count += 1
    }
    this.#items.push({ names: samples.map(({ name }) => name), ...facts })
  }

  /** Adds an item of one sample, whose values and packed print lie in `memory`. */
  addFrom(memory: Uint8Array, valuesAt: number, printAt: number, name: string, shape: readonly number[]): void {
    this.#makeRoom(1)
    this.#bytes.set(memory.subarray(valuesAt, valuesAt + this.#rowBytes), this.#count * this.#rowBytes)
    this.#bytes.set(memory.subarray(printAt, printAt + this.#printBytes), this.#printAt(this.#count))
    this.#count += 1
    this.#items.push({ names: [name], shape, notes: [] })
  }

  reply(): PrepareReply {
    const values = this.#bytes.subarray(0, this.#count * this.#rowBytes)
    return { items: this.#items, values, prints: this.#bytes.subarray(this.#printAt(0), this.#printAt(this.#count)) }
  }

  #printAt(sample: number): number {
    return this.#room * this.#rowBytes + sample * this.#printBytes
  }

  /** Moves what there is to larger memory where so many more have no room. */
  #makeRoom(samples: number): void {
    const needed = this.#count + samples
    if (needed <= this.#room) return
    const { values, prints } = this.reply()
    this.#room = Math.max(needed, 2 * this.#room)
    this.#bytes = new Uint8Array(this.#room * (this.#rowBytes + this.#printBytes))
    this.#bytes.set(values)
    this.#bytes.set(prints, this.#printAt(0))
  }
}

/** The samples of a message, one behind the other in its memory. */
export function valuesIn({ values: { buffer, length } }: PrepareReply, { type }: SampleForm): SampleValues {
  return type === 'uint8' ? new Uint8Array(buffer, 0, length) : new Float32Array(buffer, 0, length / 4)
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
