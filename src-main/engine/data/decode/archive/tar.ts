import { Refusal, type SourceFile } from '../contract'
import { unpack } from '../gzip'
import { bytesFile, refuseTooLong } from '../source-file'
import type { ArchiveEntry } from './archive'
import { ByteStream } from './byte-stream'
import { decodeName } from './entry-path'

const block = 512
/** Names and attributes that an entry brings in blocks of their own. */
const attributeLimit = 2 ** 20
const pieceLength = 2 ** 20

/** What a block before an entry's own says of it. */
type Attributes = ReadonlyMap<string, string>

/**
 * The entries of a tar archive (POSIX.1-2001 ustar and pax, and GNU's long names) without folders, packed with gzip or
 * not. It is read from the front, so an entry is there only until the next one is asked for.
 */
export async function* tarEntries(file: SourceFile, packed: boolean, most: number): AsyncGenerator<ArchiveEntry> {
  const stream = new ByteStream(packed ? unpack(file) : piecesOf(file), most)
  let attributes: Attributes = new Map()
  try {
    for (;;) {
      const head = await stream.read(block)
      if (head.length === 0 || head.every((byte) => byte === 0)) return
      if (head.length < block) throw new Refusal('truncated')
      if (checksumOf(head) !== octal(head, 148, 8)) throw damaged()
      const type = String.fromCharCode(head[156] ?? 0)
      const size = sizeOf(head, attributes)
      const start = stream.position
      if (type === 'x' || type === 'L') {
        attributes = await readAttributes(stream, type, size, attributes)
      } else if (type !== 'g' && type !== 'K') {
        // Global attributes and long names of links tell nothing that matters here.
        const name = attributes.get('path') ?? nameOf(head)
        attributes = new Map()
        if (type !== '5' && !name.endsWith('/')) yield entryOf(stream, name, size, type)
      }
      await stream.skip(start + Math.ceil(size / block) * block - stream.position)
      if (stream.position < start + size) throw new Refusal('truncated')
    }
  } finally {
    await stream.close()
  }
}

function entryOf(stream: ByteStream, name: string, size: number, type: string): ArchiveEntry {
  const start = stream.position
  return {
    name,
    size,
    type: type === '0' || type === '\0' || type === '7' ? 'file' : type === '1' || type === '2' ? 'link' : 'special',
    async open(limit) {
      if (stream.position !== start) throw new RangeError(`${name} has been passed already`)
      refuseTooLong(size, limit)
      const bytes = await stream.read(size)
      if (bytes.length < size) throw new Refusal('truncated')
      return bytesFile(name, bytes)
    },
  }
}

async function* piecesOf(file: SourceFile): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < file.size; position += pieceLength) yield await file.read(position, pieceLength)
}

async function readAttributes(stream: ByteStream, type: string, size: number, before: Attributes): Promise<Attributes> {
  if (size > attributeLimit) throw damaged()
  const content = await stream.read(size)
  if (content.length < size) throw new Refusal('truncated')
  if (type === 'L') return new Map([...before, ['path', decodeName(untilZero(content))]])
  return new Map([...before, ...records(content)])
}

/** Records of pax: the length of the whole record in digits, a space, key, `=`, value and a line feed. */
function records(content: Uint8Array): [string, string][] {
  const found: [string, string][] = []
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at)
    const length = Number(Buffer.from(content.subarray(at, Math.max(at, space))).toString('latin1'))
    if (space < 0 || !Number.isInteger(length) || length <= space - at || at + length > content.length) throw damaged()
    const text = Buffer.from(content.subarray(space + 1, at + length - 1)).toString('utf8')
    const equals = text.indexOf('=')
    if (equals < 0) throw damaged()
    found.push([text.slice(0, equals), text.slice(equals + 1)])
    at += length
  }
  return found
}

function nameOf(head: Uint8Array): string {
  const name = decodeName(untilZero(head.subarray(0, 100)))
  const isUstar = Buffer.from(head.subarray(257, 263)).toString('latin1') === 'ustar\0'
  const prefix = isUstar ? decodeName(untilZero(head.subarray(345, 500))) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function sizeOf(head: Uint8Array, attributes: Attributes): number {
  const size = attributes.has('size') ? Number(attributes.get('size')) : octal(head, 124, 12)
  if (!Number.isSafeInteger(size) || size < 0) throw damaged()
  return size
}

/** A number in octal digits or, where its first bit is set, in binary as GNU writes large ones. */
function octal(head: Uint8Array, at: number, length: number): number {
  const bytes = head.subarray(at, at + length)
  if ((bytes[0] ?? 0) & 0x80) return bytes.slice(1).reduce((sum, byte) => sum * 256 + byte, 0)
  const text = Buffer.from(untilZero(bytes)).toString('latin1').trim()
  if (!/^[0-7]*$/.test(text)) throw damaged()
  return text === '' ? 0 : parseInt(text, 8)
}

/** The sum of a head's bytes, its own field counted as spaces. */
function checksumOf(head: Uint8Array): number {
  return head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function damaged(): Refusal {
  return new Refusal('header-damaged', { format: 'tar' })
}
