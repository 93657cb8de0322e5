import type { MessagePort } from 'node:worker_threads'
import { messageOf } from '@shared/message-of'
import type { EpochAugmentation } from '../augment/plan'
import type { ReaderReply, ReaderRequest } from './batch-messages'
import { gatherRows, ReadFault, type RowSource } from './rows'

/** What is done to rows once they lie in their slot. */
export type Change = (bytes: Uint8Array, rows: Uint32Array) => Float32Array | undefined

interface Stream {
  readonly source: RowSource
  readonly slots: readonly Uint8Array[]
  readonly change: Change | undefined
}

/**
 * The work of a thread that reads batches ahead of the step. It takes requests in order and holds nothing but open
 * streams. `changeFor` makes what changes a stream's samples where they are to be augmented.
 */
export function serveBatches(port: MessagePort, changeFor?: (augmentation: EpochAugmentation) => Change): void {
  const streams = new Map<number, Stream>()

  function answer(request: ReaderRequest): ReaderReply | undefined {
    switch (request.kind) {
      case 'open': {
        const { stream, source, slots, augmentation } = request
        const change = augmentation && changeFor?.(augmentation)
        streams.set(stream, { source, slots: slots.map((slot) => new Uint8Array(slot)), change })
        return undefined
      }
      case 'close':
        streams.delete(request.stream)
        return undefined
      case 'gather':
        return gather(request.stream, request.slot, request.rows)
    }
  }

  function gather(stream: number, slot: number, rows: Uint32Array): ReaderReply {
    try {
      const open = streams.get(stream)
      const target = open?.slots[slot]
      if (!open || !target) throw new RangeError(`No slot ${slot} of stream ${stream}`)
      gatherRows(open.source, rows, target)
      const shares = open.change?.(target.subarray(0, rows.length * open.source.rowBytes), rows)
      return shares ? { shares } : {}
    } catch (thrown) {
      if (thrown instanceof ReadFault) return { fault: { code: thrown.code, params: thrown.params } }
      return {
        fault: { code: 'unexpected', params: { detail: messageOf(thrown) } },
      }
    }
  }

  port.on('message', (request: ReaderRequest) => {
    const reply = answer(request)
    if (reply) port.postMessage(reply)
  })
}
