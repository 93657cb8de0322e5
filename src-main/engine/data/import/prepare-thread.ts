import { parentPort, workerData } from 'node:worker_threads'
import { usualLimits, type SourceFile } from '../decode/contract'
import { bytesFile, diskFileAtOnce, readSmallFile } from '../decode/source-file'
import { jpegSample } from '../jpeg-sample'
import { decodeFound } from './decode-found'
import type { Found } from './gather'
import { prepareItem, type Prepared } from './prepare-item'
import { places, type FileTask, type PrepareRequest, type ThreadData } from './prepare-messages'
import { packItems, refusalOf } from './prepare-pack'
import type { SampleForm } from './survey'

/** The thread that makes samples of files. It takes requests in order and keeps nothing. */
const { progress }: ThreadData = workerData
const told = new Int32Array(progress)
let last = Promise.resolve()

parentPort?.on('message', (request: PrepareRequest) => {
  last = last.then(() => answer(request))
})

async function answer({ form, frames, tasks, memory: shared }: PrepareRequest): Promise<void> {
  const prepared: Prepared[] = []
  for (const [n, task] of tasks.entries()) {
    Atomics.store(told, places.task, n)
    Atomics.add(told, places.begun, 1)
    prepared.push(await prepare(task, form, frames))
  }
  const reply = packItems(prepared, form, shared)
  Atomics.store(told, places.task, -1)
  const { buffer } = reply.values
  parentPort?.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : [])
}

async function prepare(task: FileTask, form: SampleForm, frames: PrepareRequest['frames']): Promise<Prepared> {
  return quickly(task, form) ?? prepareItem(task.name, () => decodeFound(foundOf(task), frames), form)
}

const jpegName = /\.jpe?g$/i
/** Where small files are read to, one after another. */
const memory = new Uint8Array(2 ** 18)

/** A small JPEG as most are, in the way that takes least time; undefined for everything else. */
function quickly({ name, path, bytes, refusal, slices }: FileTask, form: SampleForm): Prepared | undefined {
  if (form.kind !== 'pictures' || refusal || slices || !jpegName.test(name)) return undefined
  try {
    const file = bytes ?? readSmallFile(path, memory)
    const sample = file && jpegSample(file, form, usualLimits.pixels)
    return sample && { samples: [{ name, values: sample.values }], shape: sample.shape, notes: [] }
  } catch {
    // It is decoded as any other file, which tells why it cannot be read.
    return undefined
  }
}

function foundOf({ name, path, bytes, refusal, slices }: FileTask): Found {
  const open = (): Promise<SourceFile> => {
    if (refusal) return Promise.reject(refusalOf(refusal))
    if (bytes) return Promise.resolve(bytesFile(name, bytes))
    return new Promise((resolve) => resolve(diskFileAtOnce(path, name)))
  }
  return { name, path, open, ...(slices ? { slices: slices.map(foundOf) } : {}) }
}
