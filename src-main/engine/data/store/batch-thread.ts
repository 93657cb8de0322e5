import { parentPort } from 'node:worker_threads'
import type { ReaderReply, ReaderRequest } from './batch-messages'
import { gatherRows, ReadFault, type RowSource } from './rows'

/** The thread that reads batches ahead of the step. It takes requests in order and holds nothing but open streams. */
const streams = new Map<number, { source: RowSource; slots: readonly Uint8Array[] }>()

function answer(request: ReaderRequest): ReaderReply | undefined {
  switch (request.kind) {
    case 'open':
      streams.set(request.stream, { source: request.source, slots: request.slots.map((slot) => new Uint8Array(slot)) })
      return undefined
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
    return {}
  } catch (thrown) {
    if (thrown instanceof ReadFault) return { fault: { code: thrown.code, params: thrown.params } }
    return {
      fault: { code: 'unexpected', params: { detail: thrown instanceof Error ? thrown.message : String(thrown) } },
    }
  }
}

parentPort?.on('message', (request: ReaderRequest) => {
  const reply = answer(request)
  if (reply) parentPort?.postMessage(reply)
})
