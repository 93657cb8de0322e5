import { Refusal, type Limits, type Note, type Reader } from '../contract'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { fromChannels, type Sound } from '../../sound/sound'
import { decodeFlac } from './flac'
import { afterId3 } from './id3'
import { beginsFrame, findFrames, type Frames } from './mp3-frames'
import { checkSampleCount, packedLimits, soundValues } from './sound-values'

/** So much is given to the decoder at once. */
const pieceLength = 2 ** 16

/**
 * MP3, and layers 1 and 2, by mpg123. Frames are found here, so that limits hold before anything is decoded, and what is
 * no frame is never given to it; of encoders that say how much silence they have added, that is taken off again.
 */
export const mp3: Reader = {
  name: 'mp3',
  endings: ['mp3', 'mp2', 'mpga'],
  // Some programs leave zeros before the first frame: then the name has to help.
  recognizes: (head, name) =>
    starts(0, 'ID3')(head) || beginsFrame(head, 0) || (/\.mp[23]$/i.test(name) && findFrames(head, 0) !== undefined),
  read: async (file, { limits }) => {
    const bytes = await readAll(file, limits.bytes)
    const start = afterId3(bytes)
    // Its tags may be longer than what formats are told by.
    const tail = bytes.subarray(start)
    if (starts(0, 'fLaC')(tail)) return soundValues('FLAC', decodeFlac(tail, packedLimits(limits, bytes.length)))
    const frames = findFrames(bytes, start)
    if (!frames || frames.ranges.length === 0) throw new Refusal('data-damaged', { format: 'MP3' })
    const sound = await decode(bytes, frames, limits)
    return soundValues('MP3', sound, notesOf(frames, sound))
  },
}

async function decode(bytes: Uint8Array, { header, ranges }: Frames, limits: Limits): Promise<Sound> {
  checkSampleCount(ranges.length * header.samples, header.channels, limits)
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = new MPEGDecoder()
  await decoder.ready
  try {
    const parts = pieces(bytes, ranges).map((piece) => decoder.decode(piece))
    // The decoder gives two channels always.
    const planes = Array.from({ length: header.channels }, (_, channel) =>
      join(parts.map(({ channelData }) => channelData[channel] ?? new Float32Array(0))),
    )
    if (parts.some(({ errors }) => errors.length > 0)) throw new Refusal('data-damaged', { format: 'MP3' })
    return fromChannels(header.rate, planes)
  } finally {
    decoder.free()
  }
}

/** Whole frames, as many at a time as fit. */
function pieces(bytes: Uint8Array, ranges: Frames['ranges']): Uint8Array[] {
  const found: Uint8Array[] = []
  let open: Uint8Array[] = []
  let length = 0
  for (const [from, to] of ranges) {
    if (length + to - from > pieceLength) {
      found.push(new Uint8Array(Buffer.concat(open)))
      open = []
      length = 0
    }
    open.push(bytes.subarray(from, to))
    length += to - from
  }
  return [...found, new Uint8Array(Buffer.concat(open))]
}

function join(parts: readonly Float32Array[]): Float32Array {
  const plane = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    plane.set(part, at)
    at += part.length
  }
  return plane
}

function notesOf({ cut, strange }: Frames, { samples, channels }: Sound): Note[] {
  const notes: Note[] = []
  if (cut) notes.push({ code: 'sound-cut', params: { frames: samples.length / channels }, warns: true })
  if (strange > 0) notes.push({ code: 'bytes-left-out', params: { count: strange }, warns: true })
  return notes
}
