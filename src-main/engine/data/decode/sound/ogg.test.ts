import { describe, expect, it } from 'vitest'
import { Refusal } from '../contract'
import { checksum } from './checksum'
import { readOgg } from './ogg'

interface Page {
  readonly serial?: number
  readonly number?: number
  readonly granule?: number
  readonly flags?: number
  /** Packets that end on the page; the last one goes on where `open` says so. */
  readonly packets: readonly Buffer[]
  readonly open?: boolean
}

const check = checksum(32, 0x04c11db7)

function pageOf({ serial = 7, number = 0, granule = -1, flags = 0, packets, open = false }: Page): Buffer {
  const lacing = packets.flatMap((packet, n) => {
    const segments = new Array<number>(Math.floor(packet.length / 255)).fill(255)
    return open && n === packets.length - 1 ? segments : [...segments, packet.length % 255]
  })
  const head = Buffer.alloc(27)
  head.write('OggS')
  head[5] = flags
  head.writeBigInt64LE(BigInt(granule), 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(number, 18)
  head[26] = lacing.length
  const page = Buffer.concat([head, Buffer.from(lacing), ...packets])
  page.writeUInt32LE(check(page, 0, page.length), 22)
  return page
}

const [continued, first, last] = [1, 2, 4]
const packet = (letter: string, length: number) => Buffer.alloc(length, letter)
const isWanted = (bytes: Uint8Array) => bytes[0] === 'h'.charCodeAt(0)
const head = pageOf({ flags: first, packets: [packet('h', 3)] })

/** The packets' first letters and lengths, with their positions. */
function read(...pages: Buffer[]): unknown {
  const stream = readOgg(Buffer.concat(pages), isWanted)
  if (!stream) return undefined
  const packets = stream.packets.map(({ bytes, granule }) => {
    expect(new Set(bytes).size).toBeLessThanOrEqual(1)
    return [String.fromCharCode(bytes[0] ?? 32), bytes.length, granule]
  })
  return [packets, stream.ended, stream.others]
}

describe('readOgg', () => {
  it('puts packets together that go over several pages', () => {
    const long = [packet('a', 510), packet('a', 510), packet('a', 10)]
    const pages = [
      pageOf({ number: 1, packets: [packet('b', 255), long[0]!], open: true }),
      pageOf({ number: 2, flags: continued, packets: [long[1]!], open: true }),
      pageOf({ number: 3, flags: continued | last, granule: 9, packets: [long[2]!, packet('c', 0), packet('d', 1)] }),
    ]
    const wanted = [
      ['h', 3, undefined],
      ['b', 255, undefined],
      ['a', 1030, undefined],
      [' ', 0, undefined],
      ['d', 1, 9],
    ]
    expect(read(head, ...pages)).toEqual([wanted, true, 0])
  })

  it('leaves out packets that begin or end on no page', () => {
    const cut = pageOf({ number: 1, packets: [packet('a', 255)], open: true })
    const gap = pageOf({ number: 5, flags: continued, granule: 5, packets: [packet('b', 9), packet('c', 2)] })
    expect(read(head, gap)).toEqual([
      [
        ['h', 3, undefined],
        ['c', 2, 5],
      ],
      false,
      0,
    ])
    expect(read(head, cut, gap)).toEqual([
      [
        ['h', 3, undefined],
        ['c', 2, 5],
      ],
      false,
      0,
    ])
    expect(read(head, cut, pageOf({ number: 2, packets: [packet('d', 4)] }))).toEqual([
      [
        ['h', 3, undefined],
        ['d', 4, undefined],
      ],
      false,
      0,
    ])
    const middle = pageOf({ number: 5, flags: continued, packets: [packet('b', 255)], open: true })
    const end = pageOf({ number: 6, flags: continued, packets: [packet('b', 9), packet('c', 2)] })
    expect(read(head, middle, end)).toEqual([
      [
        ['h', 3, undefined],
        ['c', 2, undefined],
      ],
      false,
      0,
    ])
  })

  it('keeps to one stream, and counts the others', () => {
    const other = pageOf({ serial: 8, flags: first, packets: [packet('x', 3)] })
    const more = pageOf({ serial: 8, number: 1, packets: [packet('y', 3)] })
    const own = pageOf({ number: 1, flags: last, granule: 2, packets: [packet('a', 2)] })
    const next = pageOf({ serial: 9, flags: first, packets: [packet('h', 5)] })
    expect(read(other, head, more, own, next)).toEqual([
      [
        ['h', 3, undefined],
        ['a', 2, 2],
      ],
      true,
      2,
    ])
    expect(read(other, more)).toBeUndefined()
  })

  it('ends where a page does', () => {
    const page = pageOf({ number: 1, packets: [packet('a', 100)] })
    for (const length of [1, 20, 27, 28, 100])
      expect(read(head, page.subarray(0, length))).toEqual([[['h', 3, undefined]], false, 0])
  })

  it.each([5, 26, 28, 60])('refuses a page with byte %i changed', (at) => {
    const page = pageOf({ number: 1, packets: [packet('a', 100)] })
    page[at] = page[at]! ^ 1
    expect(() => read(head, page, pageOf({ number: 2, packets: [packet('b', 200)] }))).toThrow(Refusal)
  })

  it('refuses what lies between pages', () => {
    expect(() => read(head, Buffer.alloc(40))).toThrow(Refusal)
  })
})
