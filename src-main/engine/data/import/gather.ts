import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '@shared/ipc/errors'
import { fileStampAtOnce } from '../../files'
import { archiveKind, readArchive, usualArchiveLimits } from '../decode/archive/archive'
import { headLength, Refusal, usualLimits, type SourceFile } from '../decode/contract'
import { listFiles } from '../decode/list-files'
import { isLitter } from '../decode/litter'
import { diskFile } from '../decode/source-file'
import { ArchiveCursor } from './archive-cursor'
import { isText } from './labels'

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

class FileOnDisk implements Found {
  constructor(
    readonly name: string,
    readonly path: string,
  ) {}

  open(): Promise<SourceFile> {
    return diskFile(this.path, this.name)
  }
}

export interface Gathered {
  readonly files: readonly Found[]
  /** What was found and is not opened at all. */
  readonly refused: readonly { readonly name: string; readonly refusal: Refusal }[]
}

/** What archives are called; one within another is never opened. */
const archiveFile = /\.(zip|tar|tgz|tar\.gz)$/i

/**
 * All files below some paths: in folders, in archives, or the paths' own. An archive is opened where it was dropped itself,
 * or where a folder holds nothing but archives and texts; beside other files it may well be what they were unpacked from,
 * and everything would be there twice. Nothing else is opened; nothing is written anywhere.
 */
export async function gather(paths: readonly string[], signal?: AbortSignal): Promise<Gathered> {
  const gathered: Gathering = { files: [], refused: [] }
  const folders = paths.length > 1 ? distinctNames(paths.map((path) => resolve(path))) : ['']
  for (const [n, path] of paths.entries()) {
    await refuseMissing(path)
    await gatherPath(resolve(path), folders[n] ?? '', gathered, signal)
  }
  return gathered
}

interface Gathering {
  readonly files: Found[]
  readonly refused: { readonly name: string; readonly refusal: Refusal }[]
}

/** `folder` stands before the names of files, where there are several paths. */
async function gatherPath(
  path: string,
  folder: string,
  { files, refused }: Gathering,
  signal?: AbortSignal,
): Promise<void> {
  const archives: { readonly name: string; readonly path: string }[] = []
  const before = files.length
  const closed = new Map<string, Refusal>()
  for await (const { within, names } of listFiles(path, new Set(), closed)) {
    refuseCancelled(signal)
    const above = joined(folder, within.slice(path.length).replace(/^[\\/]+/, '')).replaceAll('\\', '/')
    const littered = isLitter(above)
    const packed = await archivesAmong(names, within, path)
    names.forEach((own) => {
      const one = within + own
      const name = (one === path ? folder || own : above + own).replaceAll('\\', '/')
      const refusal = littered || isLitter(own) ? new Refusal('litter', {}, 'ignored') : closed.get(one)
      if (refusal) refused.push({ name, refusal })
      else if (packed.has(own)) archives.push({ name, path: one })
      else files.push(new FileOnDisk(name, one))
    })
  }
  const alone = archives.length > 0 && files.slice(before).every(({ name }) => isText(name))
  for (const archive of archives) {
    const inside = archive.path === path ? folder : archive.name
    if (alone) await gatherArchive(archive, withoutEnding(inside), { files, refused }, signal)
    else refused.push({ name: archive.name, refusal: new Refusal('archive-within') })
  }
}

/** The names of archives; a file that was dropped itself may be one whatever it is called. */
async function archivesAmong(names: readonly string[], within: string, dropped: string): Promise<Set<string>> {
  const archives = new Set<string>()
  for (const name of names.filter((name) => archiveFile.test(name) || within + name === dropped)) {
    if (await isArchive(within + name)) archives.add(name)
  }
  return archives
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function withoutEnding(name: string): string {
  return name.replace(archiveFile, '')
}

/** The last names of paths; of those that are alike, as many folders above as it takes to tell them apart. */
function distinctNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[\\/]/).filter((part) => part !== ''))
  return parts.map((own) => {
    for (let count = 1; count < own.length; count++) {
      const name = own.slice(-count).join('/')
      if (parts.filter((other) => other.slice(-count).join('/') === name).length === 1) return name
    }
    return own.join('/')
  })
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

/** Entries are named as in the archive, behind `folder` if there is one. */
async function gatherArchive(
  archive: { readonly name: string; readonly path: string },
  folder: string,
  { files, refused }: Gathering,
  signal?: AbortSignal,
): Promise<void> {
  const { path } = archive
  try {
    const file = await diskFile(path)
    const kind = archiveKind(await file.read(0, headLength))
    if (!kind) return
    const cursor = new ArchiveCursor(file, kind)
    let number = -1
    for await (const { name: inside, entry, refusal } of readArchive(file, kind, usualArchiveLimits)) {
      refuseCancelled(signal)
      number += 1
      const at = number
      const name = joined(folder, inside)
      if (refusal) refused.push({ name, refusal })
      else if (isLitter(name)) refused.push({ name, refusal: new Refusal('litter', {}, 'ignored') })
      else if (archiveFile.test(name)) refused.push({ name, refusal: new Refusal('archive-within') })
      else if (kind === 'zip') files.push({ name, path, packed: true, open: () => entry.open(usualLimits.bytes) })
      else files.push({ name, path, packed: true, open: () => cursor.open(at) })
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    refused.push({ name: archive.name, refusal: thrown })
  }
}

/** So many files are asked for their stamps before others get their turn: some milliseconds' worth. */
const stampsAtOnce = 1000

/** Names, sizes and times of files, in their order: text that changes when one of them does. */
export async function stampOf(files: readonly Found[]): Promise<string> {
  const lines: string[] = []
  let last = ''
  let stamp = ''
  for (const { name, path } of files) {
    // The entries of an archive follow each other.
    if (path !== last) stamp = fileStampAtOnce(path)
    last = path
    lines.push(`${name} ${stamp}`)
    if (lines.length % stampsAtOnce === 0) await setImmediate()
  }
  return lines.join('\n')
}
