import { Refusal, type Limits } from '../contract'
import { fromChannels, type Sound } from '../../sound/sound'
import type { OggStream } from './ogg'
import { checkSampleCount } from './sound-values'

const damaged = () => new Refusal('data-damaged', { format: 'Opus' })

/** Opus always decodes to this rate; the one in its head says only what the sound once had. */
const rate = 48_000

interface OpusHead {
  readonly channels: number
  readonly preSkip: number
  readonly gain: number
  readonly streamCount: number
  readonly coupledStreamCount: number
  readonly channelMappingTable: number[]
}

/** Decodes Opus in Ogg (RFC 7845) with libopus: a head, comments, then packets of up to 120 ms each. */
export async function decodeOpus({ packets }: OggStream, limits: Limits): Promise<Sound> {
  const [first, , ...sound] = packets
  if (!first) throw damaged()
  const head = readHead(first.bytes)
  checkSampleCount(
    sound.reduce((sum, { bytes }) => sum + packetLength(bytes), 0),
    head.channels,
    limits,
  )
  // The decoder's memory is fixed, and of packets longer than that there are none.
  const longest = 3840 * head.channels
  if (sound.some(({ bytes }) => bytes.length > longest)) throw damaged()
  const decoded = await decodePackets(
    head,
    sound.map((packet) => packet.bytes),
  )
  const end = sound.findLast((packet) => packet.granule !== undefined)?.granule ?? Infinity
  const planes = decoded.map((plane) => {
    const kept = plane.subarray(head.preSkip, Math.max(head.preSkip, Math.min(plane.length, end)))
    return head.gain === 1 ? kept : kept.map((sample) => sample * head.gain)
  })
  return fromChannels(rate, planes)
}

async function decodePackets(head: OpusHead, packets: Uint8Array[]): Promise<Float32Array[]> {
  const { OpusDecoder } = await import('opus-decoder')
  // The decoder would leave out the lead-in by itself; here it is left out with the rest.
  const decoder = new OpusDecoder({ ...head, preSkip: 0 })
  await decoder.ready
  try {
    const { channelData, errors } = decoder.decodeFrames(packets)
    if (errors.length > 0) throw damaged()
    return channelData
  } finally {
    decoder.free()
  }
}

function readHead(bytes: Uint8Array): OpusHead {
  if (bytes.length < 19) throw new Refusal('header-damaged', { format: 'Opus' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const channels = view.getUint8(9)
  const family = view.getUint8(18)
  const common = { channels, preSkip: view.getUint16(10, true), gain: 10 ** (view.getInt16(16, true) / 256 / 20) }
  const damagedHead = new Refusal('header-damaged', { format: 'Opus' })
  if (view.getUint8(8) >> 4 !== 0 || channels === 0) throw damagedHead
  if (family === 0) {
    if (channels > 2) throw damagedHead
    const channelMappingTable = channels === 2 ? [0, 1] : [0]
    return { ...common, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable }
  }
  const channelMappingTable = [...bytes.subarray(21, 21 + channels)]
  const [streamCount = 0, coupledStreamCount = 0] = bytes.subarray(19, 21)
  const highest = streamCount + coupledStreamCount
  const fits = channelMappingTable.every((source) => source < highest || source === 255)
  if (channelMappingTable.length < channels || streamCount === 0 || coupledStreamCount > streamCount || !fits) {
    throw damagedHead
  }
  return { ...common, streamCount, coupledStreamCount, channelMappingTable }
}

/** How many frames a packet gives at 48 kHz, from its first two bytes (RFC 6716, 3.1). */
function packetLength(bytes: Uint8Array): number {
  const [toc = 0, second = 0] = bytes
  const config = toc >> 3
  const milliseconds =
    config < 12 ? [10, 20, 40, 60][config % 4] : config < 16 ? [10, 20][config % 2] : [2.5, 5, 10, 20][config % 4]
  const count = (toc & 3) === 0 ? 1 : (toc & 3) === 3 ? second & 63 : 2
  return (milliseconds ?? 0) * 48 * count
}
