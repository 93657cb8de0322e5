import { maskedCrc32c } from './crc32c'
import { fixed32, varint } from './protobuf'

export interface TableEntry {
  readonly key: string
  readonly value: readonly number[]
}

/** The last eight bytes of every table. */
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]
const footerHandles = 40

/**
 * The bytes of a sorted string table, LevelDB's file format (doc/table_format.md there), as TensorFlow reads it: one
 * block of entries in the order of their keys' bytes, none of it compressed, an empty block of extras, and an index.
 */
export function sortedTable(entries: readonly TableEntry[]): Buffer {
  const byKey = entries.map(({ key, value }) => ({ key: Buffer.from(key), value }))
  byKey.sort((one, other) => Buffer.compare(one.key, other.key))
  const last = byKey.at(-1)
  if (!last) throw new Error('A table needs an entry')
  const data = withTrailer(block(byKey))
  const extras = withTrailer(block([]))
  const index = withTrailer(block([{ key: last.key, value: handle(0, data) }]))
  const handles = [...handle(data.length, extras), ...handle(data.length + extras.length, index)]
  const padding = new Array<number>(footerHandles - handles.length).fill(0)
  return Buffer.concat([data, extras, index, Buffer.from([...handles, ...padding, ...magic])])
}

const trailerLength = 5

/** Where a block lies and how long it is without its trailer. */
function handle(offset: number, { length }: Buffer): number[] {
  return [...varint(offset), ...varint(length - trailerLength)]
}

/** Every entry stands for itself: what keys have in common is written each time, and a search may start at any. */
function block(entries: readonly { key: Buffer; value: readonly number[] }[]): Buffer {
  const parts: Buffer[] = []
  const starts: number[] = []
  let length = 0
  for (const { key, value } of entries) {
    const entry = Buffer.concat([
      Buffer.from([...varint(0), ...varint(key.length), ...varint(value.length)]),
      key,
      Buffer.from(value),
    ])
    starts.push(length)
    parts.push(entry)
    length += entry.length
  }
  if (starts.length === 0) starts.push(0)
  return Buffer.concat([...parts, Buffer.from([...starts.flatMap(fixed32), ...fixed32(starts.length)])])
}

/** Behind each block: that it is not compressed, and a checksum. */
function withTrailer(content: Buffer): Buffer {
  const typed = Buffer.concat([content, Buffer.of(0)])
  return Buffer.concat([typed, Buffer.from(fixed32(maskedCrc32c(typed)))])
}
