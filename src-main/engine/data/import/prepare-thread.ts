import { parentPort, workerData } from 'node:worker_threads'
import { usualLimits } from '../decode/contract'
import { mostJpegBytes } from '../decode/picture/quick-jpeg'
import { readSmallFile } from '../decode/source-file'
import { jpegSampleIn } from '../jpeg-sample'
import { beginWork, endWork } from '../wasm/kernels'
import { places, type FileTask, type PrepareRequest, type ThreadData } from './prepare-messages'
import { Packer } from './prepare-pack'
import { printIn } from './prints'
import type { SampleForm } from './survey'

/** The thread that makes samples of files. It takes requests in order and keeps nothing. */
const { progress }: ThreadData = workerData
const told = new Int32Array(progress)
let last = Promise.resolve()

parentPort?.on('message', (request: PrepareRequest) => {
  last = last.then(() => answer(request))
})

async function answer({ form, frames, tasks, memory }: PrepareRequest): Promise<void> {
  const packer = new Packer(form, memory)
  for (let at = 0; (at = packUsual(tasks, at, form, packer)) < tasks.length; at++) {
    const task = tasks[at]
    if (!task) continue
    // To set up all decoders takes time when a thread starts, and many imports need none of them.
    const { prepareAny } = await import('./prepare-any')
    packer.add(await prepareAny(task, form, frames))
  }
  const reply = packer.reply()
  Atomics.store(told, places.task, -1)
  const { buffer } = reply.values
  parentPort?.postMessage(reply, buffer instanceof ArrayBuffer ? [buffer] : [])
}

/**
 * Begins tasks from one on and packs what they come to, up to the first that is no usual JPEG: its number. The loop is
 * here, and not where the others are awaited, so that the engine of JavaScript compiles it all but once.
 */
function packUsual(tasks: readonly FileTask[], from: number, form: SampleForm, packer: Packer): number {
  for (let at = from; at < tasks.length; at++) {
    const task = tasks[at]
    Atomics.store(told, places.task, at)
    Atomics.add(told, places.begun, 1)
    if (!task || !packQuickly(task, form, packer)) return at
  }
  return tasks.length
}

const jpegName = /\.jpe?g$/i
/** Larger files are not read at once. */
const smallFile = 2 ** 18

/** Packs a JPEG as most are in the way that takes least time, from the file to the sample in one memory; false for all else. */
function packQuickly({ name, path, bytes, refusal, slices }: FileTask, form: SampleForm, packer: Packer): boolean {
  if (form.kind !== 'pictures' || refusal || slices || !jpegName.test(name)) return false
  if (bytes && bytes.length > mostJpegBytes) return false
  const kernels = beginWork()
  try {
    const at = bytes ? kernels.put(bytes) : kernels.reserve(smallFile)
    const length = bytes ? bytes.length : readSmallFile(path, kernels.all(), at, smallFile)
    const sample = length && jpegSampleIn(kernels, at, length, form, usualLimits.pixels)
    if (!sample) return false
    const print = printIn(kernels, sample.at, form.shape)
    packer.addFrom(kernels.all(), sample.at, print, name, sample.shape)
    return true
  } catch {
    // It is decoded as any other file, which tells why it cannot be read.
    return false
  } finally {
    endWork()
  }
}
