import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { Refusal, type SourceFile } from '../contract'
import { bytesFile, refuseTooLong } from '../source-file'
import type { ArchiveEntry } from './archive'
import { crc32 } from './crc32'
import { readDirectory, type DirectoryEntry } from './zip-directory'

const inflate = promisify(inflateRaw)
/** More than the rest of a local head takes in most archives, so that one read gives head and content. */
const usualExtra = 64

/** The entries of a zip archive in the order of its directory, without folders. */
export async function* entriesOf(file: SourceFile): AsyncGenerator<ArchiveEntry> {
  const directory = await readDirectory(file)
  // Entries that share bytes are how small archives become enormous ones.
  const taken = directory.reduce((sum, entry) => sum + entry.packedSize, 0)
  if (taken > file.size) throw new Refusal('archive-overlaps', {}, 'refused')
  for (const entry of directory) {
    if (entry.name.endsWith('/')) continue
    const { name, size, type } = entry
    yield { name, size, type, open: (limit) => unpack(file, entry, limit) }
  }
}

async function unpack(file: SourceFile, entry: DirectoryEntry, limit: number): Promise<SourceFile> {
  const { name, size, method } = entry
  if (entry.encrypted) throw new Refusal('archive-encrypted')
  if (method !== 0 && method !== 8) throw new Refusal('archive-method', { method })
  refuseTooLong(size, limit)
  const packed = await readPacked(file, entry)
  const bytes = method === 0 ? packed : await inflated(packed, size)
  if (bytes.length !== size || crc32(bytes) !== entry.checksum) throw damaged()
  return bytesFile(name, bytes)
}

/** An entry's bytes as they lie in the archive, behind a head of their own. */
async function readPacked(file: SourceFile, { offset, packedSize, nameLength }: DirectoryEntry): Promise<Uint8Array> {
  const guess = 30 + nameLength + usualExtra
  const read = await file.read(offset, guess + packedSize)
  if (read.length < 30) throw new Refusal('truncated')
  const view = new DataView(read.buffer)
  if (view.getUint32(0, true) !== 0x04034b50) throw damaged()
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const whole = start <= guess ? read.subarray(start, start + packedSize) : await file.read(offset + start, packedSize)
  if (whole.length < packedSize) throw new Refusal('truncated')
  return whole
}

async function inflated(packed: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, size) })
  } catch {
    throw damaged()
  }
}

function damaged(): Refusal {
  return new Refusal('data-damaged', { format: 'zip' })
}
