import { Refusal, type SourceFile } from '../contract'
import { fieldsOf, type Fields } from '../fields'
import { refuseTooLong } from '../source-file'
import type { ArchiveEntry } from './archive'
import { crc32 } from './crc32'
import { decodeName } from './entry-path'

/** What the directory of a zip archive says of an entry (APPNOTE.TXT, 4.3.12). */
export interface DirectoryEntry {
  readonly name: string
  readonly nameLength: number
  readonly type: ArchiveEntry['type']
  readonly method: number
  readonly encrypted: boolean
  readonly checksum: number
  readonly packedSize: number
  readonly size: number
  /** Where its own head begins. */
  readonly offset: number
}

const endLength = 22
const longestComment = 0xffff
const locatorLength = 20
const directoryLimit = 2 ** 29
const damaged = () => new Refusal('header-damaged', { format: 'zip' })

/** Reads the directory, which stands at an archive's end. */
export async function readDirectory(file: SourceFile): Promise<DirectoryEntry[]> {
  const { at, length, count } = await findDirectory(file)
  if (at + length > file.size) throw damaged()
  refuseTooLong(length, directoryLimit)
  const fields = fieldsOf(await file.read(at, length), 'little')
  const entries: DirectoryEntry[] = []
  for (let position = 0; position < fields.length && entries.length < count;) {
    if (fields.u32(position) !== 0x02014b50) throw damaged()
    const entry = readEntry(fields, position)
    entries.push(entry)
    position += 46 + fields.u16(position + 28) + fields.u16(position + 30) + fields.u16(position + 32)
  }
  if (entries.length < count) throw damaged()
  return entries
}

/** An archive ends with a record that says where the directory is, and with a comment of unknown length. */
async function findDirectory(file: SourceFile): Promise<{ at: number; length: number; count: number }> {
  const tail = Math.min(file.size, endLength + longestComment + locatorLength)
  const start = file.size - tail
  const fields = fieldsOf(await file.read(start, tail), 'little')
  for (let at = fields.length - endLength; at >= 0; at--) {
    if (fields.u32(at) !== 0x06054b50 || at + endLength + fields.u16(at + 20) !== fields.length) continue
    const isLong = at >= locatorLength && fields.u32(at - locatorLength) === 0x07064b50
    if (isLong) return findLongDirectory(file, fields.u64(at - locatorLength + 8))
    return { count: fields.u16(at + 10), length: fields.u32(at + 12), at: fields.u32(at + 16) }
  }
  throw new Refusal('truncated')
}

async function findLongDirectory(file: SourceFile, at: number) {
  const fields = fieldsOf(await file.read(at, 56), 'little')
  if (fields.u32(0) !== 0x06064b50) throw damaged()
  return { count: fields.u64(32), length: fields.u64(40), at: fields.u64(48) }
}

function readEntry(fields: Fields, at: number): DirectoryEntry {
  const flags = fields.u16(at + 8)
  const nameLength = fields.u16(at + 28)
  const extra = readExtra(fields, at + 46 + nameLength, fields.u16(at + 30))
  const nameBytes = fields.bytes(at + 46, nameLength)
  const mode = fields.u32(at + 38) >>> 16
  return {
    name: nameOf(nameBytes, extra).replaceAll('\\', '/'),
    nameLength,
    // Made under Unix or macOS.
    type: [3, 19].includes(fields.u8(at + 5)) ? typeOf(mode) : 'file',
    method: fields.u16(at + 10),
    encrypted: (flags & 1) !== 0,
    checksum: fields.u32(at + 16),
    ...longSizes(fields.u32(at + 20), fields.u32(at + 24), fields.u32(at + 42), extra.get(1)),
  }
}

/** A file's type as Unix keeps it in the upper bits of its mode. */
function typeOf(mode: number): ArchiveEntry['type'] {
  const type = mode & 0o170000
  if (type === 0o120000) return 'link'
  return type === 0 || type === 0o100000 || type === 0o040000 ? 'file' : 'special'
}

function readExtra(fields: Fields, at: number, length: number): Map<number, Fields> {
  const extra = new Map<number, Fields>()
  for (let position = at; position + 4 <= at + length;) {
    const size = fields.u16(position + 2)
    extra.set(fields.u16(position), fieldsOf(fields.bytes(position + 4, size), 'little'))
    position += 4 + size
  }
  return extra
}

/** Sizes beyond 4 GB stand in a field of their own, those that need it, in this order. */
function longSizes(packed: number, unpacked: number, start: number, long: Fields | undefined) {
  let at = 0
  const next = (short: number) => {
    if (short !== 0xffffffff || !long) return short
    at += 8
    return long.u64(at - 8)
  }
  const size = next(unpacked)
  const packedSize = next(packed)
  return { size, packedSize, offset: next(start) }
}

/** A name in UTF-8 may stand in a field of its own, which holds for the name whose checksum it has. */
function nameOf(bytes: Uint8Array, extra: ReadonlyMap<number, Fields>): string {
  const unicode = extra.get(0x7075)
  const holds = unicode && unicode.length > 5 && unicode.u8(0) === 1 && unicode.u32(1) === crc32(bytes)
  return decodeName(holds ? unicode.bytes(5, unicode.length - 5) : bytes)
}
