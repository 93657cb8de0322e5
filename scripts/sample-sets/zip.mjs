// @ts-check
import { crc32, deflateRawSync } from 'node:zlib'

/** 1 January 1980: the same files make the same archive whenever it is made. */
const date = 0x21

/**
 * A zip archive of some files, each deflated where that makes it smaller.
 * @param {readonly { readonly name: string, readonly bytes: Uint8Array }[]} files
 */
export function zip(files) {
  const chunks = []
  const directory = []
  let offset = 0
  for (const { name, bytes } of files) {
    const deflated = deflateRawSync(bytes, { level: 9 })
    const packed = deflated.length < bytes.length
    const content = packed ? deflated : Buffer.from(bytes)
    const path = Buffer.from(name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    // Names are UTF-8.
    fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(packed ? 8 : 0, 4)
    fields.writeUInt16LE(0, 6)
    fields.writeUInt16LE(date, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(content.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(path.length, 22)
    chunks.push(Buffer.from('PK\u0003\u0004'), fields, path, content)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, rest, path)
    offset += 30 + path.length + content.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...chunks, ...directory, Buffer.from('PK\u0005\u0006'), end])
}
