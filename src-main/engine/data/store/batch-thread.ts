import { parentPort } from 'node:worker_threads'
import { serveBatches } from './serve-batches'

/** The thread that reads batches as they are. */
if (parentPort) serveBatches(parentPort)
