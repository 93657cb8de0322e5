import { Refusal, type SourceFile } from '../contract'
import { isPacked, unpackedHead } from '../gzip'
import { starts } from '../unreadable'
import { isLitter } from '../litter'
import { pathProblem } from './entry-path'
import { tarEntries } from './tar'
import { entriesOf } from './zip'

/** What an archive holds under one name, of those things that are no folders. */
export interface ArchiveEntry {
  /** Its path within the archive, with `/` between folders. */
  readonly name: string
  /** Bytes when unpacked. */
  readonly size: number
  /** How it lies there; only files are read, links never followed. */
  readonly type: 'file' | 'link' | 'special'
  /** Unpacks it into memory, if it is no longer than allowed. To be called before the next entry is asked for. */
  open(limit: number): Promise<SourceFile>
}

/** An entry to read, or one that is not read, and why. */
export type ArchiveItem =
  | { readonly name: string; readonly entry: ArchiveEntry; readonly refusal?: undefined }
  | { readonly name: string; readonly entry?: undefined; readonly refusal: Refusal }

/** What a whole archive may cost, however little it takes itself. */
export interface ArchiveLimits {
  readonly entries: number
  /** Bytes of all entries unpacked. */
  readonly bytes: number
  /** How many bytes one of the archive may become, for archives that become larger than `freely`. */
  readonly ratio: number
  readonly freely: number
}

export const usualArchiveLimits: ArchiveLimits = { entries: 2 ** 21, bytes: 2 ** 38, ratio: 200, freely: 2 ** 30 }

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz'

/** Which kind of archive begins so, if it is one. NumPy's `.npz` is a zip archive too: its own reader comes first. */
export function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  if (starts(0, 'PK\x03\x04')(head) || starts(0, 'PK\x05\x06')(head)) return 'zip'
  if (isTar(head)) return 'tar'
  return isPacked(head) && isTar(unpackedHead(head)) ? 'tar.gz' : undefined
}

function isTar(head: Uint8Array): boolean {
  return starts(257, 'ustar')(head)
}

/**
 * The entries of an archive, one after another; nothing is written anywhere. Entries whose names lead out of it, links and
 * names that come twice are refused each by itself, an archive that becomes too much as a whole, by throwing.
 */
export async function* readArchive(
  file: SourceFile,
  kind: ArchiveKind,
  limits = usualArchiveLimits,
): AsyncGenerator<ArchiveItem> {
  const names = new Set<string>()
  let bytes = 0
  const most = Math.min(limits.bytes, Math.max(limits.freely, file.size * limits.ratio))
  for await (const entry of kind === 'zip' ? entriesOf(file) : tarEntries(file, kind === 'tar.gz', most)) {
    const { name } = entry
    if (names.size >= limits.entries) throw new Refusal('archive-entries', { limit: limits.entries })
    bytes += entry.size
    if (bytes > most) throw new Refusal('archive-bomb', { limit: Math.floor(most / 2 ** 20) }, 'refused')
    const refusal = names.has(name) ? new Refusal('archive-name-twice') : refusalOf(entry)
    names.add(name)
    yield refusal ? { name, refusal } : { name, entry }
  }
}

function refusalOf({ name, type }: ArchiveEntry): Refusal | undefined {
  const problem = pathProblem(name)
  if (problem) return new Refusal(problem, {}, 'refused')
  if (isLitter(name)) return new Refusal('litter', {}, 'ignored')
  if (type === 'link') return new Refusal('archive-link')
  return type === 'special' ? new Refusal('archive-special') : undefined
}
