import { Refusal } from '../contract'
import { checksum } from './checksum'

/** One logical stream of an Ogg file (RFC 3533): its packets, with what its pages tell of their position. */
export interface OggStream {
  readonly packets: readonly OggPacket[]
  /** Whether the page that ends the stream is there. */
  readonly ended: boolean
  /** Further streams in the file, side by side or one after another, which are not read. */
  readonly others: number
}

export interface OggPacket {
  readonly bytes: Uint8Array
  /** The position that its page gives, if this is the last packet that ends on it, in units of the codec. */
  readonly granule: number | undefined
}

const pageCheck = checksum(32, 0x04c11db7)

interface Page {
  readonly serial: number
  /** Counted from 0 within a stream. */
  readonly number: number
  readonly granule: number | undefined
  readonly continues: boolean
  readonly first: boolean
  readonly last: boolean
  readonly lacing: Uint8Array
  readonly body: Uint8Array
  readonly end: number
}

/** The packets of the first stream that `wanted` recognizes by its first packet. */
export function readOgg(bytes: Uint8Array, wanted: (packet: Uint8Array) => boolean): OggStream | undefined {
  const packets: OggPacket[] = []
  const others = new Set<number>()
  let serial: number | undefined
  let ended = false
  let number = -1
  let open: Uint8Array[] = []
  for (let page = readPage(bytes, 0); page; page = readPage(bytes, page.end)) {
    if (page.first && serial === undefined && wanted(page.body)) serial = page.serial
    else if (page.serial !== serial || ended) {
      if (page.first) others.add(page.end)
      continue
    }
    // Streams that were recorded from the middle on have a gap behind their head. A packet whose beginning or end is on
    // no page cannot be used.
    if (!page.continues || page.number !== number + 1) open = []
    number = page.number
    const isBroken = page.continues && open.length === 0
    const whole = endedPackets(page, open)
    for (const [n, packet] of whole.packets.entries()) {
      if (isBroken && n === 0) continue
      const isLast = n === whole.packets.length - 1
      packets.push({ bytes: packet, granule: isLast ? page.granule : undefined })
    }
    open = isBroken && whole.packets.length === 0 ? [] : whole.open
    ended = page.last
  }
  return serial === undefined ? undefined : { packets, ended, others: others.size }
}

/** The page at a position, which must be one; `undefined` where the file ends, be it within a page. */
function readPage(bytes: Uint8Array, at: number): Page | undefined {
  if (at + 27 > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at)
  if (view.getUint32(0) !== 0x4f676753 || view.getUint8(4) !== 0) throw new Refusal('data-damaged', { format: 'Ogg' })
  const flags = view.getUint8(5)
  const segments = view.getUint8(26)
  const lacing = bytes.subarray(at + 27, at + 27 + segments)
  const start = at + 27 + segments
  const end = start + lacing.reduce((sum, size) => sum + size, 0)
  if (lacing.length < segments || end > bytes.length) return undefined
  if (view.getUint32(22, true) !== pageChecksum(bytes, at, end)) throw new Refusal('data-damaged', { format: 'Ogg' })
  const granule = view.getBigInt64(6, true)
  return {
    serial: view.getUint32(14, true),
    number: view.getUint32(18, true),
    granule: granule < 0 ? undefined : Number(granule),
    continues: (flags & 1) !== 0,
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    lacing,
    body: bytes.subarray(start, end),
    end,
  }
}

/** The checksum is made while its own field holds zeros. */
function pageChecksum(bytes: Uint8Array, at: number, end: number): number {
  const page = bytes.slice(at, end)
  page.fill(0, 22, 26)
  return pageCheck(page, 0, page.length)
}

/** The packets that end on a page, the first of them with what came before it, and the pieces of one that goes on. */
function endedPackets(
  { lacing, body }: Page,
  before: readonly Uint8Array[],
): { packets: Uint8Array[]; open: Uint8Array[] } {
  const packets: Uint8Array[] = []
  let open = [...before]
  let at = 0
  let size = 0
  const take = () => {
    open.push(body.subarray(at, at + size))
    at += size
    size = 0
  }
  for (const segment of lacing) {
    size += segment
    if (segment === 255) continue
    take()
    packets.push(open.length === 1 && open[0] ? open[0] : new Uint8Array(Buffer.concat(open)))
    open = []
  }
  if (size > 0) take()
  return { packets, open }
}
