import { Refusal, type Limits, type Note, type Reader, type SourceFile } from '../contract'
import { starts } from '../unreadable'
import { codecNames } from './codec-names'
import { decodeSamples, isSampleFormat, type SampleFormat } from './pcm'
import { checkSampleCount, soundValues } from './sound-values'

/**
 * Microsoft's RIFF/WAVE with its relatives: RIFX (big-endian) and RF64 (EBU Tech 3306, for more than 4 GB). Chunks follow
 * one another, padded to even lengths; `fmt ` says how samples are kept, `data` holds them.
 */
export const wav: Reader = {
  name: 'wav',
  endings: ['wav', 'wave'],
  recognizes: (head) => ['RIFF', 'RIFX', 'RF64'].some((id) => starts(0, id)(head)) && starts(8, 'WAVE')(head),
  read: async (file, { limits }) => {
    const layout = await findData(file)
    const { samples, notes } = await readData(file, layout, limits)
    return soundValues('WAV', { rate: layout.format.rate, channels: layout.format.channels, samples }, notes)
  },
}

interface Format {
  readonly rate: number
  readonly channels: number
  readonly sample: SampleFormat
}

interface Layout {
  readonly format: Format
  readonly at: number
  /** What the header says; it need not be true. */
  readonly said: number
}

/** A size that programs write who do not know it yet: all is data up to the end. */
const unknownSize = 0xffffffff
/** Of so many chunks before the data a file is no longer believed. */
const chunkLimit = 10_000

async function findData(file: SourceFile): Promise<Layout> {
  const littleEndian = (await file.read(3, 1))[0] !== 'X'.charCodeAt(0)
  let format: Format | undefined
  let longSize: number | undefined
  let at = 12
  for (let count = 0; count < chunkLimit && at + 8 <= file.size; count++) {
    const chunk = await view(file, at, 8)
    const id = String.fromCharCode(...[0, 1, 2, 3].map((n) => chunk.getUint8(n)))
    const size = chunk.getUint32(4, littleEndian)
    at += 8
    if (id === 'fmt ') format = readFormat(await view(file, at, Math.min(size, 40)), littleEndian)
    if (id === 'ds64' && size >= 16) longSize = await readLongSize(file, at)
    if (id === 'data') {
      if (!format) break
      return { format, at, said: size === unknownSize && longSize !== undefined ? longSize : size }
    }
    at += size + (size % 2)
  }
  throw new Refusal('header-damaged', { format: 'WAV' })
}

async function readLongSize(file: SourceFile, at: number): Promise<number> {
  return Number((await view(file, at + 8, 8)).getBigUint64(0, true))
}

function readFormat(chunk: DataView, littleEndian: boolean): Format {
  if (chunk.byteLength < 16) throw new Refusal('header-damaged', { format: 'WAV' })
  const tag = chunk.getUint16(0, littleEndian)
  const extensible = tag === 0xfffe && chunk.byteLength >= 26
  // Of WAVE_FORMAT_EXTENSIBLE the first two bytes of its GUID are what the tag is elsewhere.
  const codec = extensible ? chunk.getUint16(24, littleEndian) : tag
  const channels = chunk.getUint16(2, littleEndian)
  const rate = chunk.getUint32(4, littleEndian)
  const block = chunk.getUint16(12, littleEndian)
  const type = sampleType(codec, channels === 0 ? 0 : block / channels)
  const sample: SampleFormat = { type, bytes: block / channels, littleEndian }
  if (channels === 0 || rate === 0 || !isSampleFormat(sample)) throw new Refusal('header-damaged', { format: 'WAV' })
  return { rate, channels, sample }
}

function sampleType(codec: number, bytes: number): SampleFormat['type'] {
  if (codec === 1) return bytes === 1 ? 'unsigned' : 'signed'
  if (codec === 3) return 'float'
  if (codec === 6) return 'a-law'
  if (codec === 7) return 'mu-law'
  const name = codecNames[codec] ?? `0x${codec.toString(16).padStart(4, '0')}`
  throw new Refusal('codec-not-read', { format: 'WAV', codec: name })
}

async function readData(file: SourceFile, { format, at, said }: Layout, limits: Limits) {
  const frameBytes = format.channels * format.sample.bytes
  const there = Math.max(0, file.size - at)
  if (said === 0 && there > 0) throw new Refusal('no-samples-said', { bytes: there })
  const frames = Math.floor(Math.min(said, there) / frameBytes)
  checkSampleCount(frames, format.channels, limits)
  const data = await file.read(at, frames * frameBytes)
  if (data.length < frames * frameBytes) throw new Refusal('truncated')
  const samples = decodeSamples(data, format.sample)
  const cut: Note = { code: 'sound-cut', params: { frames }, warns: true }
  return { samples, notes: said > there && said !== unknownSize ? [cut] : [] }
}

/** A part of a header, which has to be there. */
async function view(file: SourceFile, at: number, length: number): Promise<DataView> {
  const bytes = await file.read(at, length)
  if (bytes.length < length) throw new Refusal('truncated')
  return new DataView(bytes.buffer)
}
