import { join } from 'node:path'
import { z } from 'zod'
import { StoredDataset, storedFiles, storedParts, type StoredPart } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { shapeText } from '@shared/layers/shape'
import { readJson } from '../../files'
import { npyBytes, type NpyType } from './npy-header'
import { openNpy, readNpyColumn, type NpyFile } from './npy-file'

/** A stored data set whose files agree with each other. */
export interface OpenStored {
  readonly manifest: StoredDataset
  readonly samples: {
    readonly path: string
    readonly offset: number
    readonly rowBytes: number
    readonly count: number
  }
  /** Each sample's class. */
  readonly labels: Uint16Array
  /** Positions in `storedParts`. */
  readonly parts: Uint8Array
  /** A bit for each of `sampleFlags`. */
  readonly flags: Uint16Array
  /** The samples of a part, in rising order. */
  positions(...parts: readonly StoredPart[]): Uint32Array
}

const Head = z.object({ format: z.literal('patchwork-dataset'), version: z.int() })

/** Opens a folder with a stored data set and checks that its files belong together. */
export async function openStored(directory: string): Promise<OpenStored> {
  const manifest = await readManifest(directory)
  const { count, classes, preprocessing } = manifest
  const type = preprocessing.floats ? 'float32' : 'uint8'
  const samples = await openChecked(directory, 'samples', type, [count, ...preprocessing.shape])
  const labels = Uint16Array.from(await readNpyColumn(await openChecked(directory, 'labels', 'uint16', [count])))
  const parts = Uint8Array.from(await readNpyColumn(await openChecked(directory, 'parts', 'uint8', [count])))
  const flags = Uint16Array.from(await readNpyColumn(await openChecked(directory, 'flags', 'uint16', [count])))
  refuseBeyond(directory, 'labels', labels, classes.length)
  refuseBeyond(directory, 'parts', parts, storedParts.length)
  const channels = preprocessing.shape.at(-1)
  const { mean = [], deviation = [] } = preprocessing.normalization ?? {}
  if ([mean, deviation].some(({ length }) => length > 0 && length !== channels)) {
    throw damaged(join(directory, storedFiles.manifest), `normalization is not for ${channels} channels`)
  }
  return {
    manifest,
    samples: {
      path: samples.path,
      offset: samples.offset,
      rowBytes: preprocessing.shape.reduce((product, size) => product * size, npyBytes(type)),
      count,
    },
    labels,
    parts,
    flags,
    positions(...wanted) {
      const codes = new Set(wanted.map((part) => storedParts.indexOf(part)))
      return Uint32Array.from([...parts.keys()].filter((position) => codes.has(parts[position] ?? -1)))
    },
  }
}

/** What a folder's manifest says; its files are not looked at. */
export async function readManifest(directory: string): Promise<StoredDataset> {
  const path = join(directory, storedFiles.manifest)
  const head = await readJson(path, Head, (detail) => damaged(path, detail))
  if (!head) throw new AppError('dataset-missing', { path: directory })
  if (head.version > 1) throw new AppError('dataset-newer', { path, version: head.version, known: 1 })
  const manifest = await readJson(path, StoredDataset, (detail) => damaged(path, detail))
  if (!manifest) throw new AppError('dataset-missing', { path: directory })
  return manifest
}

async function openChecked(
  directory: string,
  name: 'samples' | 'labels' | 'parts' | 'flags',
  type: NpyType,
  shape: readonly number[],
): Promise<NpyFile> {
  const file = await openNpy(join(directory, storedFiles[name]))
  const [found, expected] = [`${file.type} ${shapeText(file.shape)}`, `${type} ${shapeText(shape)}`]
  if (found !== expected) throw damaged(file.path, `it holds ${found}, expected is ${expected}`)
  return file
}

function refuseBeyond(directory: string, name: 'labels' | 'parts', values: ArrayLike<number>, bound: number): void {
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0
    if (value >= bound)
      throw damaged(join(directory, storedFiles[name]), `${value} at position ${at} is not below ${bound}`)
  }
}

/** The error of a stored data set that a file of it contradicts. */
export function damaged(path: string, detail: string): AppError {
  return new AppError('dataset-damaged', { path, detail })
}
