import {
  asRefusal,
  headLength,
  Refusal,
  usualLimits,
  type Decoded,
  type Note,
  type ReadOptions,
  type SourceFile,
} from './contract'
import { isPacked, unpackedFile } from './gzip'
import { isLitter } from './litter'
import { readers } from './registry'
import { unreadable } from './unreadable'

/** What became of a file: its values, or why there are none. */
export type Outcome =
  { readonly ok: true; readonly decoded: Decoded } | { readonly ok: false; readonly refusal: Refusal }

const usualOptions: ReadOptions = { limits: usualLimits, frames: 'first' }

/** Decodes any file by the reader that recognizes its first bytes. Whatever is in it, this gives a value and never throws. */
export async function decodeFile(file: SourceFile, options: ReadOptions = usualOptions): Promise<Outcome> {
  try {
    return { ok: true, decoded: await decode(file, options) }
  } catch (thrown) {
    return { ok: false, refusal: asRefusal(thrown) }
  }
}

async function decode(file: SourceFile, options: ReadOptions): Promise<Decoded> {
  if (isLitter(file.name)) throw new Refusal('litter', {}, 'ignored')
  if (file.size === 0) throw new Refusal('empty')
  const head = await file.read(0, headLength)
  if (!isPacked(head)) return withReader(file, head, options)
  const unpacked = await unpackedFile(file, options.limits)
  return withReader(unpacked, await unpacked.read(0, headLength), options)
}

async function withReader(file: SourceFile, head: Uint8Array, options: ReadOptions): Promise<Decoded> {
  const reader = readers.find((one) => one.recognizes(head, file.name, file.size))
  if (!reader) throw unreadable(head, file.name)
  const decoded = await reader.read(file, options)
  const ending = /\.([^./\\]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  if (reader.endings?.includes(ending) !== false) return decoded
  const isOther = readers.some((other) => other.endings?.includes(ending))
  if (!isOther) return decoded
  const note: Note = { code: 'other-format', params: { format: decoded.format, ending }, warns: false }
  return { ...decoded, notes: [...decoded.notes, note] }
}
