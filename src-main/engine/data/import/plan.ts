import { extname } from 'node:path'
import type { ImportSettings } from '@shared/data/import'
import { budgetOf, type ImportPlan, type Room } from '@shared/data/import-plan'
import { AppError } from '@shared/ipc/errors'
import { isText } from './labels'
import { lookAt, type Looked } from './look'
import { rowBytesOf } from './prepare-pack'
import { roomAt as roomOnDisk } from './room'
import { samplesOf } from './samples'
import { sourceFacts } from './source-facts'
import type { SampleForm } from './survey'
import { classWarnings, loneClass } from './warnings'

export interface PlanOrder {
  readonly paths: readonly string[]
  readonly settings: ImportSettings
  /** The folder that the data set is to become. */
  readonly directory: string
}

/** Tells what an import would find and make, and how much room it would take. Writes nothing. */
export async function planImport(
  { paths, settings, directory }: PlanOrder,
  { signal, roomAt = roomOnDisk }: { signal?: AbortSignal; roomAt?: (path: string) => Promise<Room> } = {},
): Promise<ImportPlan> {
  const looked = await lookAt(paths, settings, signal)
  const { gathered, items, form } = looked
  const room = await roomAt(directory)
  const size = await sizeOf(looked)
  const classes: ImportPlan['classes'] = Object.fromEntries(
    items.classes.map((name) => [name, { train: 0, validation: 0, test: 0 }]),
  )
  for (const [at, { label }] of items.labelled.entries()) {
    const counts = classes[label]
    if (counts) counts[items.parts[at] ?? 'train'] += 1
  }
  return {
    kind: form.kind,
    files: items.arrayFiles > 0 ? items.arrayFiles : items.labelled.length,
    skipped: items.skipped.filter(({ outcome }) => outcome !== 'ignored').length,
    endings: endingsOf(items.labelled.map(({ file }) => file.name)),
    classes,
    testDrawn: items.testDrawn,
    facts: sourceFacts(gathered.files.flatMap(({ name }) => (isText(name) ? [] : [name]))),
    shape: [...form.shape],
    rate: form.rate,
    ...size,
    room,
    smaller: size.bytes > budgetOf(room) ? smallerSize(form, size, budgetOf(room)) : null,
    warnings: [...loneClass(items), ...classWarnings(classes)],
  }
}

/** Throws `import-no-room` where what is left to be written of a data set has no room on its disk. */
export async function refuseWithoutRoom(looked: Looked, directory: string, written: number, room: Room): Promise<void> {
  const size = await sizeOf(looked)
  const { bytes } = sizeFor(looked, Math.max(0, size.samples - written))
  const budget = budgetOf(room)
  if (bytes <= budget) return
  const smaller = smallerSize(looked.form, size, budget)
  const params = { path: directory, needs: Math.ceil(bytes / 1e6), free: Math.floor(budget / 1e6) }
  throw smaller
    ? new AppError('import-no-room-size', { ...params, size: `${smaller[0]}x${smaller[1]}` })
    : new AppError('import-no-room', params)
}

interface Size {
  readonly samples: number
  readonly bytes: number
}

/** How many samples there will be, by those that the decoded files give, and what they take. */
async function sizeOf(looked: Looked): Promise<Size> {
  const { items, form, decoded } = looked
  let made = decoded.length
  if (form.kind === 'sounds') {
    made = 0
    for (const one of decoded)
      made += await samplesOf('', one, form).then(
        ({ length }) => length,
        () => 0,
      )
  }
  return sizeFor(looked, Math.ceil(items.labelled.length * Math.max(1, made / Math.max(1, decoded.length))))
}

/** Bytes of a label, a part and flags. */
const columnBytes = 5
/** Heads of arrays, the manifest, and blocks that are not full. */
const otherBytes = 64 * 1024

function sizeFor({ items, form }: Looked, samples: number): Size {
  const names = items.labelled.reduce((sum, { file }) => sum + Buffer.byteLength(file.name) + 3, 0)
  const perName = names / Math.max(1, items.labelled.length) + (form.kind === 'sounds' ? 8 : 0)
  return { samples, bytes: Math.ceil(samples * (rowBytesOf(form) + columnBytes + perName)) + otherBytes }
}

/** The largest size with the sides' proportion at which pictures have room; null: there is none that is of use. */
function smallerSize(form: SampleForm, { samples, bytes }: Size, budget: number): [number, number] | null {
  if (form.kind !== 'pictures' || samples === 0) return null
  const [height = 1, width = 1] = form.shape
  const values = samples * rowBytesOf(form)
  const scale = Math.sqrt(Math.max(0, budget - (bytes - values)) / values)
  const size: [number, number] = [Math.floor(height * scale), Math.floor(width * scale)]
  return Math.min(...size) >= 8 ? size : null
}

function endingsOf(names: readonly string[]): ImportPlan['endings'] {
  const counts = new Map<string, number>()
  for (const name of names) {
    const ending = extname(name).toLowerCase()
    counts.set(ending, (counts.get(ending) ?? 0) + 1)
  }
  return [...counts].map(([ending, count]) => ({ ending, count })).sort((one, other) => other.count - one.count)
}
