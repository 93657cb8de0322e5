import { Refusal, type Limits, type Note, type Reader } from '../contract'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import type { Sound } from '../../sound/sound'
import { decodeFlac } from './flac'
import { readOgg, type OggStream } from './ogg'
import { decodeOpus } from './opus'
import { packedLimits, soundValues } from './sound-values'
import { decodeVorbis } from './vorbis/vorbis'

interface Codec {
  readonly format: string
  readonly begins: (packet: Uint8Array) => boolean
  readonly decode: (stream: OggStream, limits: Limits) => Sound | Promise<Sound>
}

const codecs: readonly Codec[] = [
  { format: 'Ogg Vorbis', begins: starts(0, '\x01vorbis'), decode: decodeVorbis },
  { format: 'Opus', begins: starts(0, 'OpusHead'), decode: decodeOpus },
  { format: 'Ogg FLAC', begins: starts(0, '\x7fFLAC'), decode: decodeOggFlac },
]

/** Sounds in Ogg files, by what their first packets are: Vorbis, Opus or FLAC. */
export const oggSound: Reader = {
  name: 'ogg',
  endings: ['ogg', 'oga', 'opus', 'spx'],
  recognizes: starts(0, 'OggS'),
  read: async (file, { limits }) => {
    const bytes = await readAll(file, limits.bytes)
    let codec: Codec | undefined
    const stream = readOgg(bytes, (packet) => {
      codec = codecs.find((one) => one.begins(packet))
      return codec !== undefined
    })
    if (!codec || !stream) throw new Refusal('codec-not-read', { format: 'Ogg', codec: firstLetters(bytes) })
    const sound = await codec.decode(stream, packedLimits(limits, bytes.length))
    if (sound.samples.length === 0 && !stream.ended) throw new Refusal('truncated')
    return soundValues(codec.format, sound, notesOf(stream, sound))
  },
}

function notesOf(stream: OggStream, { samples, channels }: Sound): Note[] {
  const notes: Note[] = []
  if (!stream.ended) notes.push({ code: 'sound-cut', params: { frames: samples.length / channels }, warns: true })
  if (stream.others > 0) notes.push({ code: 'first-stream', params: { count: stream.others + 1 }, warns: true })
  return notes
}

/** FLAC in Ogg (RFC 9639, 10.1): its own head, then metadata and frames, one to a packet. */
function decodeOggFlac({ packets }: OggStream, limits: Limits): Sound {
  const [head, ...rest] = packets.map((packet) => packet.bytes)
  return decodeFlac(new Uint8Array(Buffer.concat([head?.subarray(9) ?? new Uint8Array(0), ...rest])), limits)
}

/** What names a codec that is not read: the letters at the start of the first packet (`Speex`, `theora`). */
function firstLetters(bytes: Uint8Array): string {
  const start = 27 + (bytes[26] ?? 0)
  const text = Buffer.from(bytes.subarray(start, start + 8)).toString('latin1')
  return text.replace(/[^A-Za-z0-9]/g, '') || '?'
}
