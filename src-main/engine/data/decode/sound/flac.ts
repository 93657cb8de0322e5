import { Refusal, type Limits, type Reader } from '../contract'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { checkSampleCount, packedLimits, soundValues } from './sound-values'
import { readFlacFrame } from './flac-frame'
import { afterId3 } from './id3'

/**
 * FLAC (RFC 9639): metadata blocks, of which the first tells rate, channels and width, then frames that each decode on
 * their own. Every frame's checksums are compared, and the whole must be as long as the header says.
 */
export const flac: Reader = {
  name: 'flac',
  endings: ['flac'],
  recognizes: (head) => starts(afterId3(head), 'fLaC')(head),
  read: async (file, { limits }) => {
    const bytes = await readAll(file, limits.bytes)
    return soundValues('FLAC', decodeFlac(bytes.subarray(afterId3(bytes)), packedLimits(limits, bytes.length)))
  },
}

/** What the first metadata block says of the whole stream. */
export interface StreamInfo {
  readonly rate: number
  readonly channels: number
  /** Bits of a sample. */
  readonly width: number
  /** 0 where it is not known. */
  readonly frames: number
  readonly longestBlock: number
}

/** Decodes a stream that begins with `fLaC`. */
export function decodeFlac(bytes: Uint8Array, limits: Limits) {
  const { info, at } = readMetadata(bytes)
  checkSampleCount(info.frames, info.channels, limits)
  const blocks: Float32Array[] = []
  let total = 0
  let position = at
  while (position < bytes.length && (info.frames === 0 || total < info.frames)) {
    if (info.frames === 0 && !isFrame(bytes, position)) break
    const block = readFlacFrame(bytes, position, info)
    total += block.samples.length / info.channels
    checkSampleCount(total, info.channels, limits)
    blocks.push(block.samples)
    position = block.end
  }
  if (total < info.frames) throw new Refusal('truncated')
  return { rate: info.rate, channels: info.channels, samples: join(blocks, (info.frames || total) * info.channels) }
}

/** What follows the last frame may be a tag of another program. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xfe) === 0xf8
}

function readMetadata(bytes: Uint8Array): { info: StreamInfo; at: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let info: StreamInfo | undefined
  for (let at = 4; at + 4 <= bytes.length;) {
    const head = view.getUint32(at)
    const length = head & 0xffffff
    const type = (head >>> 24) & 0x7f
    at += 4
    if (at + length > bytes.length) throw new Refusal('truncated')
    if (type === 0 && length >= 34) info = streamInfo(view, at)
    at += length
    if (head >>> 31 === 0) continue
    if (!info) break
    return { info, at }
  }
  if (bytes.length < 42) throw new Refusal('truncated')
  throw new Refusal('header-damaged', { format: 'FLAC' })
}

function streamInfo(view: DataView, at: number): StreamInfo {
  const packed = view.getUint32(at + 10)
  const rate = packed >>> 12
  const channels = ((packed >>> 9) & 7) + 1
  const width = ((packed >>> 4) & 31) + 1
  const frames = (packed & 15) * 2 ** 32 + view.getUint32(at + 14)
  const longestBlock = view.getUint16(at + 2)
  if (rate === 0 || width < 4 || longestBlock < 16) throw new Refusal('header-damaged', { format: 'FLAC' })
  return { rate, channels, width, frames, longestBlock }
}

function join(blocks: readonly Float32Array[], length: number): Float32Array {
  const samples = new Float32Array(length)
  let at = 0
  for (const block of blocks) {
    samples.set(block.subarray(0, length - at), at)
    at = Math.min(length, at + block.length)
  }
  return samples
}
