import type { ExportReport } from '@shared/ipc/look'
import type { NetworkDocument } from '@shared/network/document'
import { totals, walk } from '@shared/network/walk'

/** Single precision: what every format here writes a weight in. */
const bytesPerWeight = 4

/** How many weights a network has, and how many bytes they take in a file. */
export function weightFacts(network: NetworkDocument): { readonly count: number; readonly bytes: number } {
  const { trainable, frozen } = totals(walk(network))
  const count = trainable + frozen
  return { count, bytes: count * bytesPerWeight }
}

/** The bytes of all files of an export. */
export function totalBytes({ files }: Pick<ExportReport, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

const contents = [
  ['model', /^model\b.*\.json$/],
  ['graph', /^saved_model\.pb$/],
  ['weights', /\.(bin|safetensors|npz)$|^variables\/.*\.data-\d+-of-\d+$/],
  ['weightsIndex', /^variables\/.*\.index$/],
  ['labels', /^labels\./],
  ['preprocessing', /^preprocessing\./],
  ['readme', /^README\./],
] as const

/** What a file of an export holds, by its name, for `export.made.contents.<key>`; null where the name does not say. */
export function contentOf(file: string): (typeof contents)[number][0] | null {
  return contents.find(([, pattern]) => pattern.test(file))?.[0] ?? null
}

/** A number with its unit or power, which no line break may part. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}
