import type { EpochAugmentation } from '../augment/plan'
import type { RowSource } from './rows'

/** What the reading thread is told. A stream is one pass through samples of one source. */
export type ReaderRequest =
  | {
      readonly kind: 'open'
      readonly stream: number
      readonly source: RowSource
      /** Where batches are put, by turns. */
      readonly slots: readonly SharedArrayBuffer[]
      /** Known to threads that augment alone. */
      readonly augmentation?: EpochAugmentation
    }
  | { readonly kind: 'gather'; readonly stream: number; readonly slot: number; readonly rows: Uint32Array }
  | { readonly kind: 'close'; readonly stream: number }

/** Its answer to each `gather`, in their order: where samples were mixed each one's share of itself, or why it failed. */
export interface ReaderReply {
  readonly shares?: Float32Array
  readonly fault?: { readonly code: string; readonly params: Readonly<Record<string, string>> }
}
