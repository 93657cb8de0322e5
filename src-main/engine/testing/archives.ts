import { deflateRawSync } from 'node:zlib'
import { crc32 } from '@engine/data/decode/archive/crc32'

/** An entry of an archive for tests, with whatever its heads are to say falsely. */
export interface ZipEntry {
  readonly name: string | Buffer
  readonly content?: Uint8Array | string
  readonly method?: number
  readonly flags?: number
  readonly size?: number
  readonly checksum?: number
  /** The type and permissions of Unix. */
  readonly mode?: number
  /** Of both heads; that of the entry's own may be of another length. */
  readonly extra?: Buffer
  readonly ownExtra?: Buffer
}

/** A zip archive (APPNOTE.TXT). */
export function zipFile(entries: readonly ZipEntry[], comment = ''): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { method = 8, flags = 0x800, mode = 0, extra = Buffer.alloc(0) } = entry
    const name = Buffer.from(entry.name)
    const content = Buffer.from(entry.content ?? '')
    const packed = method === 8 ? deflateRawSync(content) : content
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(entry.checksum ?? crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(entry.size ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const ownExtra = entry.ownExtra ?? extra
    const own = Buffer.from(common)
    own.writeUInt16LE(ownExtra.length, 24)
    common.writeUInt16LE(extra.length, 24)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), own, name, ownExtra, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((mode << 16) >>> 0, 6)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name, extra]))
    bodies.push(body)
    at += body.length
  }
  const length = directory.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(length, 8)
  end.writeUInt32LE(at, 12)
  end.writeUInt16LE(Buffer.byteLength(comment), 16)
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end, Buffer.from(comment)])
}

/** An entry of a tar archive for tests. */
export interface TarEntry {
  readonly name: string
  readonly content?: Uint8Array | string
  readonly type?: string
  readonly size?: number
  readonly prefix?: string
}

/** A tar archive in the form of POSIX ustar. */
export function tarFile(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.map(({ name, content = '', type = '0', size, prefix = '' }) => {
    const body = Buffer.from(content)
    const head = Buffer.alloc(512)
    head.write(name, 0, 100)
    head.write('0000644\0', 100)
    const length = size ?? body.length
    if (length < 8 ** 11) head.write(`${length.toString(8).padStart(11, '0')}\0`, 124)
    else {
      head[124] = 0x80
      head.writeBigUInt64BE(BigInt(length), 128)
    }
    head.write(' '.repeat(8), 148)
    head.write(type, 156)
    head.write('ustar\x0000', 257)
    head.write(prefix, 345)
    const sum = head.reduce((total, byte) => total + byte, 0)
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

/** A record of pax: its own length, a key and a value. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  if (bytes + String(length).length !== length) length = bytes + String(length).length
  return `${length}${rest}`
}
