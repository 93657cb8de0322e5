import { parentPort } from 'node:worker_threads'
import { Augmenter } from '../augment/augmenter'
import { serveBatches } from './serve-batches'

/** A thread that reads batches and augments their samples: a text of its own, since it needs every augmentation's code. */
if (parentPort) {
  serveBatches(parentPort, ({ plan, epoch }) => {
    const augmenter = new Augmenter(plan)
    return ({ buffer, byteOffset, length }, rows) => {
      const values = plan.floats
        ? new Float32Array(buffer, byteOffset, length / Float32Array.BYTES_PER_ELEMENT)
        : new Uint8Array(buffer, byteOffset, length)
      return augmenter.augment(values, rows, epoch)
    }
  })
}
