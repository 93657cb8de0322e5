import { basename } from 'node:path'
import { stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '@shared/ipc/errors'
import { fileStampAtOnce } from '../../files'
import { archiveKind, readArchive, usualArchiveLimits } from '../decode/archive/archive'
import { headLength, Refusal, usualLimits, type SourceFile } from '../decode/contract'
import { listFiles } from '../decode/list-files'
import { isLitter } from '../decode/litter'
import { diskFile } from '../decode/source-file'
import { ArchiveCursor } from './archive-cursor'

/** A file that was found below what a person dropped, before anybody has looked into it. */
export interface Found {
  /** Its path below what was dropped, with `/`. */
  readonly name: string
  /** The path on disk: its own, or the archive's that it is in. */
  readonly path: string
  /** Whether it lies in an archive. */
  readonly packed?: boolean
  /** Of a folder that stands for a volume the files of its slices, in their order; it is not opened itself. */
  readonly slices?: readonly Found[]
  open(): Promise<SourceFile>
}

export interface Gathered {
  readonly files: readonly Found[]
  /** What was found and is not opened at all. */
  readonly refused: readonly { readonly name: string; readonly refusal: Refusal }[]
}

/**
 * All files below some paths: in folders, in the archives that were dropped themselves (those within folders stay
 * closed), or the paths' own. Nothing is opened but archives; nothing is written anywhere.
 */
export async function gather(paths: readonly string[], signal?: AbortSignal): Promise<Gathered> {
  const files: Found[] = []
  const refused: { name: string; refusal: Refusal }[] = []
  for (const path of paths) {
    await refuseMissing(path)
    const several = paths.length > 1
    for await (const one of listFiles(path)) {
      refuseCancelled(signal)
      const inside = one === path ? basename(path) : one.slice(path.length).replace(/^[\\/]+/, '')
      const name = (several && one !== path ? `${basename(path)}/${inside}` : inside).replaceAll('\\', '/')
      if (isLitter(name)) refused.push({ name, refusal: new Refusal('litter', {}, 'ignored') })
      else if (one === path && (await isArchive(path))) await gatherArchive(path, files, refused, signal)
      else files.push({ name, path: one, open: () => diskFile(one, name) })
    }
  }
  return { files, refused }
}

/** Throws where nobody waits for the import any more. */
export function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', { name: 'importDataset' })
}

async function refuseMissing(path: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    throw new AppError('file-missing', { file: path }, { cause })
  })
}

async function isArchive(path: string): Promise<boolean> {
  if (/\.npz$/i.test(path)) return false
  try {
    return archiveKind(await (await diskFile(path)).read(0, headLength)) !== undefined
  } catch {
    // Whoever opens it says why it cannot be read.
    return false
  }
}

async function gatherArchive(
  path: string,
  files: Found[],
  refused: { name: string; refusal: Refusal }[],
  signal?: AbortSignal,
): Promise<void> {
  try {
    const file = await diskFile(path)
    const kind = archiveKind(await file.read(0, headLength))
    if (!kind) return
    const cursor = new ArchiveCursor(file, kind)
    let number = -1
    for await (const { name, entry, refusal } of readArchive(file, kind, usualArchiveLimits)) {
      refuseCancelled(signal)
      number += 1
      const at = number
      if (refusal) refused.push({ name, refusal })
      else if (isLitter(name)) refused.push({ name, refusal: new Refusal('litter', {}, 'ignored') })
      else if (kind === 'zip') files.push({ name, path, packed: true, open: () => entry.open(usualLimits.bytes) })
      else files.push({ name, path, packed: true, open: () => cursor.open(at) })
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    refused.push({ name: basename(path), refusal: thrown })
  }
}

/** So many files are asked for their stamps before others get their turn: some milliseconds' worth. */
const stampsAtOnce = 1000

/** Names, sizes and times of files, in their order: text that changes when one of them does. */
export async function stampOf(files: readonly Found[]): Promise<string> {
  const stamps = new Map<string, string>()
  const lines: string[] = []
  for (const { name, path } of files) {
    let stamp = stamps.get(path)
    if (stamp === undefined) {
      stamp = fileStampAtOnce(path)
      stamps.set(path, stamp)
      if (stamps.size % stampsAtOnce === 0) await setImmediate()
    }
    lines.push(`${name} ${stamp}`)
  }
  return lines.join('\n')
}
