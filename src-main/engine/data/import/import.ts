import { basename } from 'node:path'
import type { ImportProgress, ImportReport, ImportSettings } from '@shared/data/import'
import type { SampleName, SkippedFile } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { shapeText } from '@shared/layers/shape'
import { Refusal, type DecodedValues } from '../decode/contract'
import { StoredWriter } from '../store/stored-writer'
import { DuplicateFinder } from './fingerprints'
import { gather, refuseCancelled, stampOf } from './gather'
import { filesOf, itemsOf, skippedItem, type Items } from './items'
import { makingOf } from './making'
import { samplesOf, type MadeSample } from './samples'
import { asSample, formOf, type SampleForm } from './survey'
import { warningsOf } from './warnings'

/** So many files tell what samples are to be. */
const surveyed = 48
/** So many files are being decoded while one is written. */
const ahead = 16
const progressEvery = 0.2

export interface ImportOrder {
  readonly paths: readonly string[]
  /** The folder that the data set becomes, a new or an empty one. */
  readonly directory: string
  readonly settings: ImportSettings
}

export interface ImportWatcher {
  readonly signal?: AbortSignal | undefined
  readonly progress?: (progress: Omit<ImportProgress, 'id'>) => void
}

/**
 * Makes a stored data set of whatever lies at some paths: finds the files and their classes, decodes each, brings it to
 * one form and writes it. A file that cannot be used is named with why, and the rest goes on. Cancelled or failed, it
 * leaves nothing behind.
 */
export async function importDataset(
  order: ImportOrder,
  { signal, progress }: ImportWatcher = {},
): Promise<ImportReport> {
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  const { paths, directory, settings } = order
  const gathered = await gather(paths, signal)
  const items = await itemsOf(gathered, settings)
  const form = await survey(items, settings, signal)
  const writer = await StoredWriter.create(directory, {
    title: settings.title ?? basename(paths[0] ?? ''),
    ...form,
    classes: items.classes,
    testDrawn: !items.labelled.some(({ part }) => part === 'test'),
    making: makingOf(settings),
    sources: await stampOf(gathered.files),
  })
  try {
    const made = await writeAll(items, form, writer, (done) => {
      refuseCancelled(signal)
      progress?.({ done, total: items.labelled.length, seconds: seconds() })
    })
    const skipped = [...items.skipped, ...made.skipped]
    const counted = skipped.filter(({ outcome }) => outcome !== 'ignored').length
    const used = items.arrayFiles > 0 ? items.arrayFiles : made.used
    const files = { found: used + counted, used, skipped }
    await writer.finish(files)
    const { duplicates, nearDuplicates, acrossParts, constant } = made.finder.counts
    return {
      directory,
      kind: form.kind,
      ...files,
      warnings: warningsOf(items, gathered, made),
      classes: made.classes,
      samples: writer.count,
      shape: [...form.shape],
      sizes: made.sizes,
      duplicates,
      nearDuplicates,
      acrossParts,
      constant,
      seconds: seconds(),
    }
  } catch (error) {
    await writer.discard()
    throw error
  }
}

/** Decodes files from all over the source to see what its samples are to be. */
async function survey(items: Items, settings: ImportSettings, signal?: AbortSignal): Promise<SampleForm> {
  const count = items.labelled.length
  const decoded: DecodedValues[] = []
  const step = Math.max(1, count / surveyed)
  for (let at = 0; at < count; at += step) {
    refuseCancelled(signal)
    const outcome = await items.decode(Math.floor(at))
    const sample = outcome.ok ? asSample(outcome.decoded) : undefined
    if (sample) decoded.push(sample)
  }
  const form = formOf(decoded, settings)
  if (!form) throw new AppError('import-nothing', { count, file: items.labelled[0]?.file.name ?? '–' })
  return form
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

type Prepared =
  { readonly samples: readonly MadeSample[]; readonly decoded: DecodedValues } | { readonly refusal: Refusal }

async function writeAll(
  items: Items,
  form: SampleForm,
  writer: StoredWriter,
  onDone: (done: number) => void,
): Promise<Made> {
  const skipped: SkippedFile[] = []
  const sizes = new Map<string, { shape: number[]; count: number }>()
  const notes = new Map<string, number>()
  const finder = new DuplicateFinder(form.kind === 'pictures' ? form.shape : [])
  const numbers = new Map(items.classes.map((name, n) => [name, n]))
  const classes: ImportReport['classes'] = Object.fromEntries(
    items.classes.map((name) => [name, { train: 0, validation: 0, test: 0 }]),
  )
  let used = 0
  let told = performance.now()
  const waiting: Promise<Prepared>[] = []
  const count = items.labelled.length
  for (let at = 0, asked = 0; at < count; at++) {
    for (; asked < count && asked < at + ahead; asked++) waiting.push(prepare(items, asked, form))
    const prepared = await waiting.shift()
    const item = items.labelled[at]
    const part = items.parts[at] ?? 'train'
    if (!prepared || !item) continue
    if ('refusal' in prepared) {
      skipped.push(...skippedItem(item.file, prepared.refusal))
    } else {
      used += filesOf(item.file)
      const label = numbers.get(item.label) ?? 0
      for (const sample of prepared.samples) {
        const name: SampleName = items.arrayFiles > 0 ? [item.file.name, at] : sample.name
        await writer.add({ ...sample, name, label, part, flags: finder.flagsOf(sample.values, part, label) })
        const counts = classes[item.label]
        if (counts) counts[part] += 1
      }
      countSize(sizes, prepared.decoded.shape)
      for (const note of prepared.decoded.notes) notes.set(note.code, (notes.get(note.code) ?? 0) + 1)
    }
    if (performance.now() - told > progressEvery * 1000 || at + 1 === count) {
      told = performance.now()
      onDone(at + 1)
    }
  }
  const ordered = [...sizes.values()].sort((one, other) => other.count - one.count)
  return { used, skipped, classes, sizes: ordered, finder, notes }
}

async function prepare(items: Items, at: number, form: SampleForm): Promise<Prepared> {
  try {
    const outcome = await items.decode(at)
    if (!outcome.ok) return { refusal: outcome.refusal }
    const decoded = asSample(outcome.decoded)
    if (!decoded) return { refusal: new Refusal('other-kind', { format: outcome.decoded.format }) }
    return { decoded, samples: await samplesOf(items.labelled[at]?.file.name ?? '', decoded, form) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refusal: thrown }
    const detail = thrown instanceof Error ? thrown.message : String(thrown)
    return { refusal: new Refusal('damaged', { detail }) }
  }
}

function countSize(sizes: Map<string, { shape: number[]; count: number }>, shape: readonly number[]): void {
  const key = shapeText(shape)
  const known = sizes.get(key)
  if (known) known.count += 1
  else sizes.set(key, { shape: [...shape], count: 1 })
}
