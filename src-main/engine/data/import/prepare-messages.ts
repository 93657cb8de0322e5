import type { ImportSettings } from '@shared/data/import'
import type { SampleName } from '@shared/data/stored-dataset'
import type { Refusal } from '../decode/contract'
import type { Found } from './gather'
import type { DecodedFacts } from './prepare-item'
import type { SampleForm } from './survey'

/** A refusal as plain values. */
export type PlainRefusal = Pick<Refusal, 'code' | 'params' | 'outcome'>

/** A file for a thread to read: by its path, by its bytes where it lies in an archive, or by its slices. */
export interface FileTask extends Pick<Found, 'name' | 'path'> {
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly slices?: readonly FileTask[]
  /** Why there is nothing to read. */
  readonly refusal?: PlainRefusal
}

/** What a thread is asked for. It answers in the order in which it is asked. */
export interface PrepareRequest {
  readonly form: SampleForm
  /** What is decoded of files with several frames or pages. */
  readonly frames: ImportSettings['frames']
  readonly tasks: readonly FileTask[]
  /** Where the samples go, if they have room in it. Nobody else uses it until the answer has come. */
  readonly memory?: SharedArrayBuffer
}

export interface ThreadData {
  /** The module that packages are looked for from, as a URL. */
  readonly base: string
  /** Two whole numbers, at `places`. */
  readonly progress: SharedArrayBuffer
}

/** What `ThreadData.progress` tells: how many tasks were begun in all, and which one of its request is under way, or -1. */
export const places = { begun: 0, task: 1 } as const

/** An item of a reply. Its samples lie in the reply's `values` and `prints`, behind those of the items before. */
export type PackedItem = { readonly refusal: PlainRefusal } | ({ readonly names: readonly SampleName[] } & DecodedFacts)

/** What became of the tasks of a request, one for one. Its arrays lie in the request's memory or in some of their own. */
export interface PrepareReply {
  readonly items: readonly PackedItem[]
  /** From the first byte of its memory on. */
  readonly values: Uint8Array
  readonly prints: Uint8Array
}
