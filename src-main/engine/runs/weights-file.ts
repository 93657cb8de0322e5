import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'
import { isMissing, readJson, writeAtomically, writing } from '../files'
import type { Weight } from '../model/weights'

/**
 * `weights/weights.json`: what the arrays in the file of values are, in their order. The values are 32-bit floats,
 * little-endian, in C order. Each save writes a new file of values and then, at one stroke, the list that names it, so
 * that there is a whole set at any moment.
 */
const Manifest = z.object({
  version: z.literal(1),
  /** Steps and epochs behind these weights. */
  step: z.int().min(0),
  epoch: z.int().min(0),
  file: z.string().regex(/^weights-\d+\.bin$/),
  bytes: z.int().min(0),
  weights: z.array(
    z.object({
      node: z.string(),
      name: z.string(),
      dtype: z.literal('float32'),
      shape: z.array(z.int().min(1)),
      /** In bytes from the beginning of the file of values. */
      offset: z.int().min(0),
    }),
  ),
})
type Manifest = z.output<typeof Manifest>

export interface SavedWeights {
  readonly step: number
  readonly epoch: number
  readonly weights: readonly Weight[]
}

const bytesPerValue = 4

function folderOf(directory: string): string {
  return join(directory, 'weights')
}

/** Saves weights into a run's folder in place of earlier ones. */
export async function saveWeights(directory: string, { step, epoch, weights }: SavedWeights): Promise<void> {
  const folder = folderOf(directory)
  const content = concatenate(weights)
  const file = `weights-${step}.bin`
  const manifest: Manifest = { version: 1, step, epoch, file, bytes: content.length, weights: describe(weights) }
  await writing(folder, () => mkdir(folder, { recursive: true }))
  await writeAtomically(join(folder, file), content)
  await writeAtomically(join(folder, 'weights.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const old = (await readdir(folder)).filter((name) => name.endsWith('.bin') && name !== file)
  for (const name of old) await rm(join(folder, name), { force: true })
}

/** The weights that a run's folder holds; throws `no-weights` or `weights-damaged`. */
export async function loadWeights(directory: string): Promise<SavedWeights> {
  const folder = folderOf(directory)
  const path = join(folder, 'weights.json')
  const damaged = (detail: string) => new AppError('weights-damaged', { path: folder, detail })
  const manifest = await readJson(path, Manifest, damaged)
  if (!manifest) throw new AppError('no-weights', { path: directory })
  const content = await readFile(join(folder, manifest.file)).catch((cause: unknown) => {
    throw damaged(isMissing(cause) ? `${manifest.file} is missing` : String(cause))
  })
  if (content.length !== manifest.bytes) {
    throw damaged(`${manifest.file} has ${content.length} bytes, not ${manifest.bytes}`)
  }
  return { step: manifest.step, epoch: manifest.epoch, weights: cut(content, manifest, damaged) }
}

/** What tells one state of a run's weights from another; undefined where there are none. */
export async function weightsStamp(directory: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size } = await stat(join(folderOf(directory), 'weights.json'))
    return `${mtimeMs} ${size}`
  } catch {
    return undefined
  }
}

function describe(weights: readonly Weight[]): Manifest['weights'] {
  let offset = 0
  return weights.map(({ node, name, shape, values }) => {
    const entry = { node, name, dtype: 'float32' as const, shape: [...shape], offset }
    offset += values.length * bytesPerValue
    return entry
  })
}

function concatenate(weights: readonly Weight[]): Uint8Array {
  const content = new Uint8Array(weights.reduce((sum, { values }) => sum + values.length * bytesPerValue, 0))
  let at = 0
  for (const { values } of weights) {
    content.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return content
}

function cut(content: Uint8Array, manifest: Manifest, damaged: (detail: string) => AppError): Weight[] {
  return manifest.weights.map(({ node, name, shape, offset }) => {
    const end = offset + sizeOf(shape) * bytesPerValue
    if (end > content.length) throw damaged(`${node}/${name} lies behind the end of ${manifest.file}`)
    // A copy, since an array of floats must begin at a multiple of four.
    return { node, name, shape, values: new Float32Array(Uint8Array.from(content.subarray(offset, end)).buffer) }
  })
}
