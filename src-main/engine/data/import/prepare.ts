import { availableParallelism } from 'node:os'
import { Refusal, usualLimits } from '../decode/contract'
import { refuseCancelled, type Found } from './gather'
import type { Items } from './items'
import { prepareItem } from './prepare-item'
import type { FileTask } from './prepare-messages'
import { Packer, plain, rowBytesOf, valuesIn } from './prepare-pack'
import { PreparePool, type Piece } from './prepare-pool'
import { startThreads } from './prepare-thread-host'
import type { SampleForm } from './survey'

export interface PrepareOptions {
  readonly signal?: AbortSignal | undefined
  /** How many threads there are; by default as many as the processor runs at once, where there is work for them. */
  readonly threads?: number | undefined
  /** Milliseconds that a file may take before it is given up. */
  readonly patience?: number | undefined
  /** So many files go to a thread at a time at most. */
  readonly filesAtOnce?: number | undefined
}

/** Pieces that are taken one after another. */
export interface Pieces extends AsyncIterableIterator<Piece, void, undefined> {
  return(): Promise<IteratorResult<Piece, void>>
}

/** So many files go to a thread at a time, or fewer where they or their samples take more bytes than this. */
const mostTasks = 16
const mostPieceBytes = 2 ** 22
/** With fewer files than this for each, the start of another thread would take longer than it saves. */
const leastFiles = 100
const mostThreads = 8
/** So many are started before it is known how many files there are. */
const fewThreads = 2
/** So many pieces of work wait for each thread or are under way in it. */
const piecesEach = 2

/**
 * Makes samples of all items from one on, in their order and some at a time, on threads of their own; what is in memory
 * already, as samples of arrays are, on this one. Whatever is in a file, and however many threads there are, the same
 * comes out: samples or a refusal. Memory does not grow with the number of items, and hardly with their samples where
 * each piece is released. Cancelled, it ends its threads at once and throws. Work begins at once, before it is known `from`
 * where, since mostly that is the first item; whoever does not take all pieces calls `return`.
 */
export function preparedItems(
  items: Items,
  form: SampleForm,
  from: Promise<number>,
  options: PrepareOptions = {},
): Pieces {
  return begun((items.arrayFiles > 0 ? onThisThread : onThreads)(items, form, from, options))
}

/** The pieces that a generator gives, whose first step is taken at once. */
function begun(source: AsyncGenerator<Piece, void, undefined>): Pieces {
  let first: ReturnType<typeof source.next> | undefined = source.next()
  first.catch(() => undefined)
  return {
    next() {
      const step = first ?? source.next()
      first = undefined
      return step
    },
    return: () => source.return(),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* onThisThread(
  items: Items,
  form: SampleForm,
  from: Promise<number>,
  { filesAtOnce }: PrepareOptions,
): AsyncGenerator<Piece, void, undefined> {
  const count = items.labelled.length
  const most = mostItems(form, filesAtOnce)
  for (let at = await from; at < count; at += most) {
    const packer = new Packer(form)
    for (let item = at; item < Math.min(at + most, count); item++) {
      packer.add(await prepareItem(items.labelled[item]?.file.name ?? '', () => items.decode(item), form))
    }
    const packed = packer.reply()
    yield { ...packed, values: valuesIn(packed, form), release: () => undefined }
  }
}

async function* onThreads(
  items: Items,
  form: SampleForm,
  from: Promise<number>,
  options: PrepareOptions,
): AsyncGenerator<Piece, void, undefined> {
  const { signal } = options
  refuseCancelled(signal)
  const usualThreads = Math.min(availableParallelism(), mostThreads, Math.ceil(items.labelled.length / leastFiles))
  const pool = new PreparePool({ form, frames: items.frames }, options.threads ?? usualThreads, options.patience)
  const cancel = () => void pool.close()
  signal?.addEventListener('abort', cancel)
  try {
    yield* inOrder(items, from, pool, mostItems(form, options.filesAtOnce))
  } finally {
    signal?.removeEventListener('abort', cancel)
    await pool.close()
  }
}

/** How many items are prepared at a time. */
function mostItems(form: SampleForm, most = mostTasks): number {
  return Math.min(most, Math.max(1, Math.floor(mostPieceBytes / rowBytesOf(form))))
}

/** Starts threads that `preparedItems` will need in a moment: they take as long to start as a folder takes to be listed. */
export function expectItems(): void {
  startThreads(Math.min(availableParallelism(), fewThreads))
}

async function* inOrder(
  items: Items,
  from: Promise<number>,
  pool: PreparePool,
  most: number,
): AsyncGenerator<Piece, void, undefined> {
  const count = items.labelled.length
  let waiting: Promise<Piece>[] = []
  let asked = 0
  const ask = async () => {
    while (asked < count && waiting.length < pool.size * piecesEach) {
      const tasks = await pieceFrom(items, asked, most)
      const piece = pool.prepare(tasks)
      // It is awaited when its turn comes, or never where one before it fails.
      piece.catch(() => undefined)
      waiting.push(piece)
      asked += tasks.length
    }
  }
  await ask()
  const start = await from
  if (start > 0) {
    for (const early of waiting)
      early.then(
        ({ release }) => release(),
        () => undefined,
      )
    waiting = []
    asked = start
  }
  while (asked < count || waiting.length > 0) {
    await ask()
    const first = waiting.shift()
    if (first) yield await first
  }
}

/** The next tasks, no more of them than go to a thread at a time. */
async function pieceFrom({ labelled }: Items, from: number, most: number): Promise<FileTask[]> {
  const tasks: FileTask[] = []
  for (let bytes = 0; tasks.length < most && bytes < mostPieceBytes;) {
    const file = labelled[from + tasks.length]?.file
    if (!file) break
    const task = await taskOf(file)
    bytes += bytesIn(task)
    tasks.push(task)
  }
  return tasks
}

function bytesIn({ bytes, slices = [] }: FileTask): number {
  return slices.reduce((sum, slice) => sum + bytesIn(slice), bytes?.length ?? 0)
}

/** A file as a thread is told of it. What lies in an archive is taken out here, since some archives can only be read in order. */
async function taskOf(found: Found): Promise<FileTask> {
  const { name, path, packed, slices } = found
  if (slices) return { name, path, slices: await Promise.all(slices.map(taskOf)) }
  if (!packed) return { name, path }
  try {
    const file = await found.open()
    return { name, path, bytes: await file.read(0, Math.min(file.size, usualLimits.bytes)) }
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown)
    return { name, path, refusal: plain(thrown instanceof Refusal ? thrown : new Refusal('damaged', { detail })) }
  }
}
