import { Refusal } from '../contract'
import { BitReader } from './bits'
import { checksum } from './checksum'
import type { StreamInfo } from './flac'
import { readSubframe } from './flac-subframe'

const headCheck = checksum(8, 0x07)
const frameCheck = checksum(16, 0x8005)

const damaged = () => new Refusal('data-damaged', { format: 'FLAC' })

interface FrameHead {
  readonly size: number
  readonly assignment: number
  readonly channels: number
  readonly width: number
}

/** Decodes the frame that begins at a byte (RFC 9639, 9): its samples `[frames, channels]`, and where the next one is. */
export function readFlacFrame(bytes: Uint8Array, at: number, info: StreamInfo): { samples: Float32Array; end: number } {
  const bits = new BitReader(bytes, at)
  const head = readHead(bits, bytes, at, info)
  const planes = Array.from({ length: head.channels }, (_, channel) => {
    const plane = new Float64Array(head.size)
    readSubframe(bits, plane, head.width + (isSide(head.assignment, channel) ? 1 : 0))
    return plane
  })
  const checked = bits.align()
  if (bits.unsigned(16) !== frameCheck(bytes, at, checked)) throw damaged()
  undoStereo(planes, head.assignment)
  return { samples: interleave(planes, 2 ** (head.width - 1)), end: checked + 2 }
}

function readHead(bits: BitReader, bytes: Uint8Array, at: number, info: StreamInfo): FrameHead {
  if (bits.unsigned(15) !== 0x7ffc) throw damaged()
  bits.unsigned(1)
  const sizeCode = bits.unsigned(4)
  const rateCode = bits.unsigned(4)
  const assignment = bits.unsigned(4)
  const widthCode = bits.unsigned(3)
  bits.unsigned(1)
  skipNumber(bits)
  const size = blockSize(sizeCode, bits)
  if (rateCode === 12) bits.unsigned(8)
  if (rateCode === 13 || rateCode === 14) bits.unsigned(16)
  const checked = bits.align()
  if (bits.unsigned(8) !== headCheck(bytes, at, checked)) throw damaged()
  const width = widthCode === 0 ? info.width : [0, 8, 12, 0, 16, 20, 24, 32][widthCode]
  const channels = assignment < 8 ? assignment + 1 : 2
  // A stream whose frames are unlike its header has no one shape.
  if (assignment > 10 || rateCode === 15 || width !== info.width || channels !== info.channels) throw damaged()
  return { size, assignment, channels, width }
}

/** A frame's or sample's number, coded like a character of UTF-8 of up to seven bytes. */
function skipNumber(bits: BitReader): void {
  const first = bits.unsigned(8)
  const more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1
  if (more < 0 || (first >= 0x80 && more === 0) || first === 0xff) throw damaged()
  for (let n = 0; n < more; n++) if (bits.unsigned(8) >>> 6 !== 2) throw damaged()
}

function blockSize(code: number, bits: BitReader): number {
  if (code === 1) return 192
  if (code >= 2 && code <= 5) return 576 * 2 ** (code - 2)
  if (code === 6) return bits.unsigned(8) + 1
  if (code === 7) return bits.unsigned(16) + 1
  if (code >= 8) return 256 * 2 ** (code - 8)
  throw damaged()
}

/** Whether a channel is the difference of both, which takes one bit more. */
function isSide(assignment: number, channel: number): boolean {
  return assignment === 9 ? channel === 0 : (assignment === 8 || assignment === 10) && channel === 1
}

function undoStereo([first, second]: readonly Float64Array[], assignment: number): void {
  if (!first || !second || assignment < 8) return
  for (let n = 0; n < first.length; n++) {
    const a = first[n] ?? 0
    const b = second[n] ?? 0
    if (assignment === 8) second[n] = a - b
    if (assignment === 9) first[n] = a + b
    if (assignment === 10) {
      // The mean has lost its last bit, which the difference still has.
      const sum = 2 * a + (Math.abs(b) % 2)
      first[n] = (sum + b) / 2
      second[n] = (sum - b) / 2
    }
  }
}

function interleave(planes: readonly Float64Array[], scale: number): Float32Array {
  const channels = planes.length
  const samples = new Float32Array((planes[0]?.length ?? 0) * channels)
  for (const [channel, plane] of planes.entries()) {
    for (let n = 0, at = channel; n < plane.length; n++, at += channels) samples[at] = (plane[n] ?? 0) / scale
  }
  return samples
}
