import { deflateSync } from 'node:zlib'
import { crc32 } from '../data/decode/archive/crc32'

/** A PNG for tests, with chunks of any kind beside its picture. */
export interface PngPlan {
  readonly width: number
  readonly height: number
  readonly depth: 1 | 2 | 4 | 8 | 16
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly type: 0 | 2 | 3 | 4 | 6
  /** Channels last, as they are stored. */
  readonly values: readonly number[]
  readonly palette?: readonly number[]
  readonly transparency?: readonly number[]
  readonly chunks?: readonly (readonly [kind: string, body: Uint8Array])[]
}

const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const

export function pngFile({ width, height, depth, type, values, palette, transparency, chunks = [] }: PngPlan): Buffer {
  const perRow = width * channels[type]
  const rows = Array.from({ length: height }, (_, y) => {
    const text = values
      .slice(y * perRow, (y + 1) * perRow)
      .map((value) => value.toString(2).padStart(depth, '0'))
      .join('')
    const whole = text.padEnd(Math.ceil(text.length / 8) * 8, '0')
    return Buffer.from([0, ...(whole.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2))])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, type, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...chunks.map(([kind, body]) => chunk(kind, body)),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    ...(transparency ? [chunk('tRNS', Buffer.from(transparency))] : []),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
