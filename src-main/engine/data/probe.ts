import type { ArrayFigures, ProbeReport, ProbeRequest } from '@shared/data/probe'
import { archiveKind, readArchive, usualArchiveLimits, type ArchiveEntry } from './decode/archive/archive'
import { partnerProblem } from './decode/array/idx-partner'
import { headLength, Refusal, usualLimits, type Decoded, type DecodedValues, type SourceFile } from './decode/contract'
import { decodeFile, type Outcome } from './decode/decode-file'
import { isLitter } from './decode/litter'
import { diskFile } from './decode/source-file'

/** So many entries of an archive are looked at. */
const mostEntries = 100_000

/**
 * Decodes a file as an import would and tells what came in, without keeping or writing anything. An archive gives a
 * report for each of its entries, any other file one.
 */
export async function probeFile({ path, at, frames }: ProbeRequest): Promise<ProbeReport[]> {
  const options = { limits: usualLimits, frames }
  try {
    const file = await diskFile(path)
    if (isLitter(path)) throw new Refusal('litter', {}, 'ignored')
    const kind = archiveKind(await file.read(0, headLength))
    const outcome = async (one: SourceFile) => reportOf(one.name, await decodeFile(one, options), at)
    // A name that is no archive's, as `.npz`, has a reader of its own.
    if (kind && !isNumPy(path)) return await probeArchive(file, kind, outcome)
    const partner = await partnerProblem(path)
    return [partner ? refused(path, partner) : await outcome(file)]
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return [refused(path, thrown)]
  }
}

function isNumPy(path: string): boolean {
  return /\.npz$/i.test(path)
}

async function probeArchive(
  file: SourceFile,
  kind: NonNullable<ReturnType<typeof archiveKind>>,
  probe: (entry: SourceFile) => Promise<ProbeReport>,
): Promise<ProbeReport[]> {
  const reports: ProbeReport[] = []
  const within = (name: string) => `${file.name}/${name}`
  try {
    for await (const { name, entry, refusal } of readArchive(file, kind, {
      ...usualArchiveLimits,
      entries: mostEntries,
    })) {
      if (refusal) reports.push(refused(within(name), refusal))
      else reports.push(await probeEntry(entry, within(name), probe))
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    reports.push(refused(file.name, thrown))
  }
  return reports
}

/** One that cannot be unpacked is told like any other that cannot be read, and those behind it are still looked at. */
async function probeEntry(
  entry: ArchiveEntry,
  name: string,
  probe: (entry: SourceFile) => Promise<ProbeReport>,
): Promise<ProbeReport> {
  try {
    return { ...(await probe(await entry.open(usualLimits.bytes))), file: name }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return refused(name, thrown)
  }
}

function refused(file: string, { outcome, code, params }: Refusal): ProbeReport {
  return { file, outcome, reason: { code, params }, format: null, notes: [], figures: null, arrays: null }
}

function reportOf(file: string, outcome: Outcome, at: ProbeRequest['at']): ProbeReport {
  if (!outcome.ok) return refused(file, outcome.refusal)
  const { decoded } = outcome
  const notes = decoded.notes.map(({ code, params, warns }) => ({ code, params, warns }))
  return { file, outcome: 'decoded', reason: null, format: decoded.format, notes, ...figuresIn(decoded, at) }
}

function figuresIn(decoded: Decoded, at: ProbeRequest['at']): Pick<ProbeReport, 'figures' | 'arrays'> {
  if (decoded.kind === 'table') {
    const shape = [decoded.rows.length, decoded.columns.length]
    return {
      figures: { shape, dtype: 'text', rate: null, at: at.map(() => null), mean: [], min: null, max: null },
      arrays: null,
    }
  }
  if (decoded.kind !== 'arrays') return { figures: figuresOf(decoded, at), arrays: null }
  const named = [...decoded.arrays].map(([name, array]) => [name, figuresOf(array, at)] as const)
  // The first one stands for the file.
  return { figures: named[0]?.[1] ?? null, arrays: Object.fromEntries(named) }
}

/** The figures of one array; `at` is asked of pictures as x and y, of all else axis by axis. */
export function figuresOf(decoded: DecodedValues, at: ProbeRequest['at']): ArrayFigures {
  const { kind, shape, dtype, values, rate = null } = decoded
  const channels = kind === 'picture' || kind === 'sound' ? (shape.at(-1) ?? 1) : 1
  const sums = new Array<number>(channels).fill(0)
  const counts = new Array<number>(channels).fill(0)
  let [min, max] = [Infinity, -Infinity]
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? 0
    if (!Number.isFinite(value)) continue
    const channel = n % channels
    sums[channel] = (sums[channel] ?? 0) + value
    counts[channel] = (counts[channel] ?? 0) + 1
    if (value < min) min = value
    if (value > max) max = value
  }
  const mean = sums.map((sum, channel) => finite(sum / (counts[channel] ?? 0)))
  const places = at.map((place) => valuesAt(decoded, kind === 'picture' ? toRowFirst(place) : place))
  return { shape: [...shape], dtype, rate, at: places, mean, min: finite(min), max: finite(max) }
}

function toRowFirst([x = 0, y, ...rest]: readonly number[]): readonly number[] {
  return y === undefined ? [x] : [y, x, ...rest]
}

/** Longer parts of an array than this are no places. */
const mostAtOnce = 4096

/** The values at an index that may leave out the last axes; null where there is no such place. */
function valuesAt({ shape, values }: DecodedValues, index: readonly number[]): (number | null)[] | null {
  if (index.length > shape.length || index.some((at, axis) => at >= (shape[axis] ?? 0))) return null
  const length = shape.slice(index.length).reduce((product, size) => product * size, 1)
  if (length > mostAtOnce) return null
  const place = index.reduce((sum, at, axis) => sum * (shape[axis] ?? 1) + at, 0)
  return Array.from(values.subarray(place * length, (place + 1) * length), finite)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
