import type { ImportReport } from '@shared/data/import'
import { storedParts, type SkippedFile, type StoredPart } from '@shared/data/stored-dataset'
import { timeStep } from '@/ui/viewer/waves'

/** One column of a histogram: what it stands for, and how many files. */
export interface Share {
  readonly id: string
  readonly label: string
  readonly count: number
}

type SizeCount = ImportReport['sizes'][number]

/** Files by a property of their size, the most frequent first; those without it are left out. */
function countBy(sizes: readonly SizeCount[], labelOf: (size: SizeCount) => string | undefined): Share[] {
  const counts = new Map<string, number>()
  for (const size of sizes) {
    const label = labelOf(size)
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + size.count)
  }
  return [...counts]
    .map(([label, count]) => ({ id: label, label, count }))
    .sort((one, other) => other.count - one.count)
}

/** The `most` first ones, the rest as one. */
export function withRest(shares: readonly Share[], most: number, rest: string): Share[] {
  if (shares.length <= most) return [...shares]
  const left = shares.slice(most - 1)
  return [
    ...shares.slice(0, most - 1),
    { id: 'rest', label: rest, count: left.reduce((sum, one) => sum + one.count, 0) },
  ]
}

/** How many files came in each size, without their channels; of sounds that is a number of frames. */
export function sizeShares({ sizes }: ImportReport, text: (axes: readonly number[]) => string): Share[] {
  return countBy(sizes, ({ shape }) => text(shape.slice(0, -1)))
}

/** How many files came with how many channels; the last axis has them. */
export function channelShares({ sizes }: ImportReport): Share[] {
  return countBy(sizes, ({ shape }) => String(shape.at(-1) ?? 1))
}

/** How many sounds came at each rate. */
export function rateShares({ sizes }: ImportReport, text: (rate: number) => string): Share[] {
  return countBy(sizes, ({ rate }) => (rate === undefined ? undefined : text(rate)))
}

/** Lengths of sounds in seconds, in up to `columns` columns of one width, a round one; in rising order. */
export function lengthShares(
  { sizes }: ImportReport,
  columns: number,
  text: (from: number, to: number) => string,
): Share[] {
  const lengths = sizes.flatMap(({ shape, count, rate }) =>
    rate === undefined ? [] : [{ seconds: (shape[0] ?? 0) / rate, count }],
  )
  if (lengths.length === 0) return []
  const longest = lengths.reduce((most, { seconds }) => Math.max(most, seconds), 0)
  const width = timeStep(Math.max(longest, columns * 1e-6), columns)
  const last = Math.max(0, Math.ceil(longest / width - 1e-9) - 1)
  const counts = Array.from({ length: last + 1 }, () => 0)
  for (const { seconds, count } of lengths) {
    const at = Math.min(last, Math.floor(seconds / width + 1e-9))
    counts[at] = (counts[at] ?? 0) + count
  }
  return counts.map((count, n) => ({ id: String(n), label: text(n * width, (n + 1) * width), count }))
}

/** One class with its samples in each part. */
export interface ClassBalance {
  readonly name: string
  readonly total: number
  readonly parts: readonly { readonly part: StoredPart; readonly count: number; readonly share: number }[]
}

/** The classes as they came in; shares are of the biggest class, so that bars compare. */
export function balanceOf({ classes }: ImportReport): ClassBalance[] {
  const totals = Object.entries(classes).map(([name, counts]) => ({
    name,
    counts,
    total: storedParts.reduce((sum, part) => sum + counts[part], 0),
  }))
  const most = Math.max(1, ...totals.map(({ total }) => total))
  return totals.map(({ name, counts, total }) => ({
    name,
    total,
    parts: storedParts.flatMap((part) =>
      counts[part] > 0 ? [{ part, count: counts[part], share: counts[part] / most }] : [],
    ),
  }))
}

/** Skipped files of one reason. */
export interface SkippedGroup {
  readonly code: string
  readonly files: readonly SkippedFile[]
}

/** Files by why they did not come in, the most frequent reason first; `text` is looked for in path and reason. */
export function skippedGroups(
  files: readonly SkippedFile[],
  text: string,
  reasonOf: (file: SkippedFile) => string,
): SkippedGroup[] {
  const wanted = text.trim().toLocaleLowerCase()
  const groups = new Map<string, SkippedFile[]>()
  for (const file of files) {
    if (wanted && !`${file.file}\n${reasonOf(file)}`.toLocaleLowerCase().includes(wanted)) continue
    const group = groups.get(file.code)
    if (group) group.push(file)
    else groups.set(file.code, [file])
  }
  return [...groups]
    .map(([code, found]) => ({ code, files: found }))
    .sort((one, other) => other.files.length - one.files.length)
}

/** A list of skipped files for spreadsheets, as RFC 4180 has it: texts that a program could take for formulas are quoted. */
export function skippedCsv(
  files: readonly SkippedFile[],
  titles: readonly [file: string, outcome: string, reason: string, code: string],
  reasonOf: (file: SkippedFile) => string,
): string {
  const lines = files.map((file) => [file.file, file.outcome, reasonOf(file), file.code])
  return [titles, ...lines].map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('')
}

/** File names are hostile: one that begins like a formula must not become one when a spreadsheet opens it. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
