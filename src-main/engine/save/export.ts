import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ExportFormat, ExportReport } from '@shared/ipc/look'
import { fromShownBytes } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'
import { readBatch, type Samples } from '../data/batches'
import type { Dataset } from '../data/dataset'
import { isMissing, writing } from '../files'
import type { TrainedNetwork } from '../look/trained'
import { deriveSeed, permutation, seededRandom } from '../random'
import type { Exporter } from './exporter'
import { savedModel } from './saved-model'
import { tfjsLayers } from './tfjs-layers'

const exporters: Readonly<Record<ExportFormat, Exporter>> = { 'tfjs-layers': tfjsLayers, 'saved-model': savedModel }

const referenceCount = 10
const tolerance = 1e-4

export interface ExportOrder {
  readonly format: ExportFormat
  /** The folder that the export becomes: a new or empty one, or an earlier export. */
  readonly target: string
  readonly name: string
}

/**
 * Exports a network and reports it only after its files were opened again and gave the network's own outputs for
 * reference pictures. The target folder appears whole or not at all. `dataset` may be missing: then the reference
 * pictures are noise.
 */
export async function exportNetwork(
  network: TrainedNetwork,
  dataset: Dataset | undefined,
  { format, target, name }: ExportOrder,
): Promise<ExportReport> {
  const exporter = exporters[format]
  const directory = resolve(target)
  await refuseUsed(directory)
  const mark = randomBytes(4).toString('hex')
  const temporary = `${directory}.${mark}.tmp`
  await writing(directory, () => mkdir(temporary, { recursive: true }))
  try {
    await writing(directory, () => exporter.write(network, name, temporary))
    const maxDifference = await compare(network, await exporter.reopen(temporary), references(network, dataset))
    const files = await listFiles(temporary)
    await writing(directory, () => putInPlace(temporary, directory, `${directory}.${mark}.old`))
    return { format, directory, files, proof: { samples: referenceCount, maxDifference, tolerance } }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function refuseUsed(directory: string): Promise<void> {
  try {
    if ((await readdir(directory)).length === 0) return
    for (const exporter of Object.values(exporters)) if (await exporter.wrote(directory)) return
  } catch (cause) {
    if (isMissing(cause)) return
    throw new AppError('write-failed', { path: directory, detail: String(cause) }, { cause })
  }
  throw new AppError('export-target-used', { path: directory })
}

async function compare(
  network: TrainedNetwork,
  reopened: Awaited<ReturnType<Exporter['reopen']>>,
  samples: Samples,
): Promise<number> {
  try {
    const expected = network.answers(samples)
    const found = reopened.answers(samples)
    const sameSizes = expected.map(({ length }) => length).join() === found.map(({ length }) => length).join()
    const largest = sameSizes ? largestDifference(expected, found) : Number.NaN
    if (largest <= tolerance) return largest
    throw new AppError('export-differs', { difference: largest, tolerance })
  } finally {
    reopened.dispose()
  }
}

/** Over all values of all outputs; NaN where one is no number. Samples may be large: no list of all values is made. */
function largestDifference(expected: readonly Float32Array[], found: readonly Float32Array[]): number {
  return expected.reduce((largest, values, output) => {
    return values.reduce((most, value, at) => {
      return Math.max(most, Math.abs(value - (found[output]?.[at] ?? Number.NaN)))
    }, largest)
  }, 0)
}

function references({ record }: TrainedNetwork, dataset: Dataset | undefined): Samples {
  const { preprocessing, settings } = record
  const random = seededRandom(deriveSeed(settings.seed, 'references'))
  if (dataset) {
    const drawn = permutation(dataset.test.count, random).subarray(0, referenceCount)
    return readBatch(dataset.test, drawn, preprocessing)
  }
  const noise = Uint8Array.from({ length: referenceCount * sizeOf(preprocessing.shape) }, () => random.below(256))
  return { count: referenceCount, values: fromShownBytes(noise, preprocessing) }
}

/** All files below a folder, sorted; those in folders of it by their path with `/`. */
async function listFiles(directory: string, inside = ''): Promise<ExportReport['files']> {
  const entries = await readdir(join(directory, inside), { withFileTypes: true })
  const lists = entries.map(async (entry) => {
    const name = `${inside}${entry.name}`
    if (entry.isDirectory()) return listFiles(directory, `${name}/`)
    return [{ name, bytes: (await stat(join(directory, name))).size }]
  })
  return (await Promise.all(lists)).flat().sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** Gives a finished folder its name; an earlier export under that name goes only once the new one stands. */
async function putInPlace(finished: string, directory: string, old: string): Promise<void> {
  const replaces = await rename(directory, old).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false
      throw error
    },
  )
  try {
    await rename(finished, directory)
  } catch (error) {
    if (replaces) await rename(old, directory)
    throw error
  }
  if (replaces) await rm(old, { recursive: true, force: true })
}
