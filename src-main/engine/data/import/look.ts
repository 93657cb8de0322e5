import { basename } from 'node:path'
import type { ImportSettings } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import type { DecodedValues } from '../decode/contract'
import { tellingSpectrograms } from '../sound/tell-spectrogram'
import type { StoredPlan } from '../store/stored-writer'
import { gather, refuseCancelled, stampOf, type Gathered } from './gather'
import { itemsOf, type Items } from './items'
import { makingOf } from './making'
import { asSample, formOf, type SampleForm } from './survey'

/** So many files tell what samples are to be. */
const surveyed = 48
/** So many of them are decoded at once: native decoders have threads of their own. */
const atOnce = 4

/** What lies at some paths, before anything is written. */
export interface Looked {
  readonly gathered: Gathered
  readonly items: Items
  readonly form: SampleForm
  /** Some of the files, from all over the source. */
  readonly decoded: readonly DecodedValues[]
}

/** Finds files and their classes, and decodes some of them to see what samples are to be. */
export async function lookAt(
  paths: readonly string[],
  settings: ImportSettings,
  signal?: AbortSignal,
): Promise<Looked> {
  const gathered = await gather(paths, signal)
  const items = await itemsOf(gathered, settings)
  const count = items.labelled.length
  const decoded: DecodedValues[] = []
  const step = Math.max(1, count / surveyed)
  const tried = Math.min(count, surveyed)
  for (let from = 0; from < tried; from += atOnce) {
    refuseCancelled(signal)
    const some = Array.from({ length: Math.min(atOnce, tried - from) }, (_, n) => Math.floor((from + n) * step))
    for (const outcome of await Promise.all(some.map((item) => items.decode(item)))) {
      const sample = outcome.ok ? asSample(outcome.decoded, settings.as) : undefined
      if (sample) decoded.push(sample)
    }
  }
  const form = tellingSpectrograms(() => formOf(decoded, settings))
  if (!form) throw new AppError('import-nothing', { count, file: items.labelled[0]?.file.name ?? '–' })
  return { gathered, items, form, decoded }
}

/** The plan of the data set that these become. */
export async function storedPlanOf(
  { gathered, items, form }: Looked,
  paths: readonly string[],
  settings: ImportSettings,
): Promise<StoredPlan> {
  return {
    title: settings.title ?? basename(paths[0] ?? ''),
    ...form,
    classes: items.classes,
    testDrawn: items.testDrawn,
    making: makingOf(settings),
    sources: await stampOf(gathered.files),
  }
}
