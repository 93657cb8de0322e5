import { Refusal, type Limits } from '../../contract'
import type { Sound } from '../../../sound/sound'
import type { OggPacket, OggStream } from '../ogg'
import { checkSampleCount } from '../sound-values'
import { blockDecoder, type BlockDecoder } from './blocks'
import { readIdentification, readSetup } from './setup'

/** Decodes a stream of Vorbis I (xiph.org/vorbis/doc/Vorbis_I_spec.html): three packets of setup, then the sound. */
export function decodeVorbis({ packets }: OggStream, limits: Limits): Sound {
  const [first, , third, ...sound] = packets
  if (!first || !third) throw new Refusal('truncated')
  const identification = readIdentification(first.bytes)
  const { channels, rate } = identification
  const decoder = blockDecoder(identification, readSetup(third.bytes, channels))
  const { chunks, frames, lead } = decodePackets(decoder, sound, channels, limits)
  const end = sound.findLast((packet) => packet.granule !== undefined)?.granule ?? Infinity
  // The first page's position tells how much of the first packets lies before the beginning, the last page's where the
  // end is.
  const samples = join(chunks, frames * channels)
  const begin = Math.max(0, -lead)
  const kept = Math.max(0, Math.min(frames - begin, end - Math.max(0, lead)))
  return { rate, channels, samples: samples.subarray(begin * channels, (begin + kept) * channels) }
}

function decodePackets(decoder: BlockDecoder, packets: readonly OggPacket[], channels: number, limits: Limits) {
  const chunks: Float32Array[] = []
  let frames = 0
  let lead: number | undefined
  for (const [n, packet] of packets.entries()) {
    // Encoders write empty packets where nothing is to be said.
    const chunk = packet.bytes.length === 0 ? new Float32Array(0) : decoder.decode(packet.bytes)
    if (!chunk) throw new Refusal('data-damaged', { format: 'Ogg Vorbis' })
    frames += chunk.length / channels
    checkSampleCount(frames, channels, limits)
    chunks.push(chunk)
    // A stream of one page is shortened at its end, not at its beginning.
    if (packet.granule !== undefined && lead === undefined) lead = n < packets.length - 1 ? packet.granule - frames : 0
  }
  return { chunks, frames, lead: lead ?? 0 }
}

function join(chunks: readonly Float32Array[], length: number): Float32Array {
  const samples = new Float32Array(length)
  let at = 0
  for (const chunk of chunks) {
    samples.set(chunk, at)
    at += chunk.length
  }
  return samples
}
