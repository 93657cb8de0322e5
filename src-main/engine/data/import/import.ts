import type { ImportProgress, ImportReport, ImportSettings } from '@shared/data/import'
import type { Room } from '@shared/data/import-plan'
import { storedParts, type SampleName, type SkippedFile } from '@shared/data/stored-dataset'
import type { StoredSamples } from '../store/stored-writer'
import type { DuplicateFinder } from './fingerprints'
import { refuseCancelled } from './gather'
import { filesOf, skippedItem, type Items } from './items'
import { lookAt, storedPlanOf } from './look'
import { refuseWithoutRoom } from './plan'
import { expectItems, preparedItems, type Pieces } from './prepare'
import type { PackedItem } from './prepare-messages'
import type { Piece } from './prepare-pool'
import { roomAt } from './room'
import { ImportSession } from './session'
import { warningsOf } from './warnings'

const progressEvery = 0.2

export interface ImportOrder {
  readonly paths: readonly string[]
  /** The folder that the data set becomes, a new or an empty one. */
  readonly directory: string
  readonly settings: ImportSettings
  /** What an interrupted import into the folder left is removed, not gone on with. */
  readonly anew?: boolean | undefined
}

export interface ImportWatcher {
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((progress: Omit<ImportProgress, 'id'>) => void) | undefined
  /** Tells the room on the disk of a path; by default the system does. */
  readonly roomAt?: ((path: string) => Promise<Room>) | undefined
  /** Milliseconds of work that may have to be done again after an interruption. */
  readonly markEvery?: number | undefined
  /** So many files go to a thread at a time at most, and come in together. */
  readonly filesAtOnce?: number | undefined
}

/**
 * Makes a stored data set of whatever lies at some paths: finds the files and their classes, decodes each, brings it to
 * one form and writes it. A file that cannot be used is named with why, and the rest goes on. Given up, or where the disk
 * is full, it leaves what is done beside the folder, and the next import of the same goes on there; failed otherwise, it
 * leaves nothing behind. Where the room on the disk will not do it refuses (`import-no-room`) before it
 * writes.
 */
export async function importDataset(order: ImportOrder, watcher: ImportWatcher = {}): Promise<ImportReport> {
  const begun = performance.now()
  const { signal, progress } = watcher
  const { paths, directory, settings } = order
  expectItems()
  const looked = await lookAt(paths, settings, signal)
  const { gathered, items, form } = looked
  const total = items.labelled.length
  const room = watcher.roomAt ?? roomAt
  const opening = storedPlanOf(looked, paths, settings).then((plan) =>
    ImportSession.open(order, plan, total, {
      signal,
      roomAt: room,
      markEvery: watcher.markEvery,
      refuseWithoutRoom: async (written) => refuseWithoutRoom(looked, directory, written, await room(directory)),
    }),
  )
  const done = opening.then((opened) => opened.done)
  done.catch(() => undefined)
  const pieces = preparedItems(items, form, done, { signal, filesAtOnce: watcher.filesAtOnce })
  const session = await opening
  const looking = (performance.now() - begun) / 1000 - session.sessionSeconds
  try {
    const tell = (done: number) =>
      progress?.({ done, total, seconds: session.sessionSeconds, resumed: session.resumed })
    await writeAll(items, pieces, session, tell, signal)
    const made = madeBy(session, items)
    const skipped = [...items.skipped, ...made.skipped]
    const counted = skipped.filter(({ outcome }) => outcome !== 'ignored').length
    const used = items.arrayFiles > 0 ? items.arrayFiles : made.used
    const files = { found: used + counted, used, skipped }
    await session.finish(files)
    const { duplicates, nearDuplicates, acrossParts, constant } = made.finder.counts
    return {
      directory,
      kind: form.kind,
      ...files,
      warnings: [
        ...(session.begunAnew ? [{ code: 'begun-anew', params: {} }] : []),
        ...warningsOf(items, gathered, made),
      ],
      classes: made.classes,
      samples: session.writer.count,
      shape: [...form.shape],
      sizes: made.sizes,
      duplicates,
      nearDuplicates,
      acrossParts,
      constant,
      seconds: looking + session.seconds,
    }
  } catch (error) {
    throw await session.interrupt(error)
  } finally {
    await pieces.return()
  }
}

/** What became of the items. */
export interface Made {
  readonly used: number
  readonly skipped: readonly SkippedFile[]
  readonly classes: ImportReport['classes']
  readonly sizes: ImportReport['sizes']
  readonly finder: DuplicateFinder
  /** Codes of what readers noted, with how many files each is of. */
  readonly notes: ReadonlyMap<string, number>
}

/** Takes all items in that are not in yet. */
async function writeAll(
  items: Items,
  pieces: Pieces,
  session: ImportSession,
  onDone: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const labels = new Map(items.classes.map((name, n) => [name, n]))
  const count = items.labelled.length
  onDone(session.done)
  let told = performance.now()
  for await (const piece of pieces) {
    refuseCancelled(signal)
    await writePiece(piece, items, labels, session)
    piece.release()
    if (performance.now() - told > progressEvery * 1000 || session.done === count) {
      told = performance.now()
      onDone(session.done)
    }
  }
}

/** Takes the next items in. `numbers` are those of the classes. */
async function writePiece(
  { items: made, values, prints }: Piece,
  items: Items,
  numbers: ReadonlyMap<string, number>,
  session: ImportSession,
): Promise<void> {
  const rows = rowsOf(made, items, numbers, session)
  // Most samples need not be waited for, and a wait takes longer than to add them.
  const full = rows.names.length > 0 ? session.add({ values, ...rows }, prints) : undefined
  if (full) await full
  const marked = session.itemsDone(made.length)
  if (marked) await marked
}

/** Tells what becomes of the next items, and what goes with each of their samples. */
function rowsOf(
  made: readonly PackedItem[],
  { labelled, parts: partsOfItems, arrayFiles }: Items,
  numbers: ReadonlyMap<string, number>,
  { tally, done }: ImportSession,
): Pick<StoredSamples, 'names' | 'labels' | 'parts'> {
  const names: SampleName[] = []
  const labels: number[] = []
  const parts: number[] = []
  made.forEach((one, n) => {
    const at = done + n
    const item = labelled[at]
    if (!item) return
    if ('refusal' in one) {
      tally.skip(skippedItem(item.file, one.refusal))
      return
    }
    for (const name of one.names) {
      names.push(arrayFiles > 0 ? [item.file.name, at] : name)
      labels.push(numbers.get(item.label) ?? 0)
      parts.push(storedParts.indexOf(partsOfItems[at] ?? 'train'))
    }
    tally.use(one, filesOf(item.file))
  })
  return { names, labels: new Uint16Array(labels), parts: new Uint8Array(parts) }
}

function madeBy({ tally, finder, counts }: ImportSession, { classes }: Items): Made {
  const { used, skipped, sizes, notes } = tally
  const named = classes.map((name, n) => [name, counts[n] ?? { train: 0, validation: 0, test: 0 }] as const)
  return { used, skipped, sizes, notes, finder, classes: Object.fromEntries(named) }
}
