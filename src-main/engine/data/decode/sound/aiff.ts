import { Refusal, type Limits, type Reader, type SourceFile } from '../contract'
import { starts } from '../unreadable'
import { decodeSamples, isSampleFormat, type SampleFormat } from './pcm'
import { checkSampleCount, soundValues } from './sound-values'

/**
 * Apple's AIFF and AIFF-C: big-endian chunks, padded to even lengths. `COMM` says how samples are kept, `SSND` holds them;
 * they may come in either order.
 */
export const aiff: Reader = {
  name: 'aiff',
  endings: ['aiff', 'aif', 'aifc'],
  recognizes: (head) => starts(0, 'FORM')(head) && (starts(8, 'AIFF')(head) || starts(8, 'AIFC')(head)),
  read: async (file, { limits }) => {
    const { common, at } = await findChunks(file)
    const samples = await readData(file, common, at, limits)
    return soundValues('AIFF', { rate: common.rate, channels: common.channels, samples })
  },
}

interface Common {
  readonly rate: number
  readonly channels: number
  readonly frames: number
  readonly sample: SampleFormat
}

const chunkLimit = 10_000
const damaged = () => new Refusal('header-damaged', { format: 'AIFF' })

/** Sample formats of AIFF-C by their four letters; an absent one is plain AIFF. */
const codecs: Readonly<Record<string, Omit<SampleFormat, 'bytes'>>> = {
  NONE: { type: 'signed', littleEndian: false },
  twos: { type: 'signed', littleEndian: false },
  in24: { type: 'signed', littleEndian: false },
  in32: { type: 'signed', littleEndian: false },
  sowt: { type: 'signed', littleEndian: true },
  'raw ': { type: 'unsigned', littleEndian: false },
  fl32: { type: 'float', littleEndian: false },
  FL32: { type: 'float', littleEndian: false },
  fl64: { type: 'float', littleEndian: false },
  FL64: { type: 'float', littleEndian: false },
  alaw: { type: 'a-law', littleEndian: false },
  ALAW: { type: 'a-law', littleEndian: false },
  ulaw: { type: 'mu-law', littleEndian: false },
  ULAW: { type: 'mu-law', littleEndian: false },
}

async function findChunks(file: SourceFile): Promise<{ common: Common; at: number }> {
  let common: Common | undefined
  let data: number | undefined
  let at = 12
  for (let count = 0; count < chunkLimit && at + 8 <= file.size; count++) {
    const chunk = await view(file, at, 8)
    const id = letters(chunk, 0)
    const size = chunk.getUint32(4)
    at += 8
    if (id === 'COMM') common = readCommon(await view(file, at, Math.min(size, 22)))
    // The sound itself may begin some bytes into its chunk.
    if (id === 'SSND') data = at + 8 + (await view(file, at, 8)).getUint32(0)
    if (common && data !== undefined) return { common, at: data }
    at += size + (size % 2)
  }
  throw damaged()
}

function readCommon(chunk: DataView): Common {
  if (chunk.byteLength < 18) throw damaged()
  const channels = chunk.getUint16(0)
  const frames = chunk.getUint32(2)
  const rate = Math.round(extended(chunk, 8))
  const id = chunk.byteLength >= 22 ? letters(chunk, 18) : 'NONE'
  const codec = codecs[id]
  if (!codec) throw new Refusal('codec-not-read', { format: 'AIFF', codec: id.trim() })
  const companded = codec.type === 'a-law' || codec.type === 'mu-law'
  const sample = { ...codec, bytes: companded ? 1 : Math.ceil(chunk.getUint16(6) / 8) }
  if (channels === 0 || !(rate >= 1 && rate < 2 ** 32) || !isSampleFormat(sample)) throw damaged()
  return { rate, channels, frames, sample }
}

/** A number of 80 bits (IEEE 754 extended), as Apple keeps rates. */
function extended(chunk: DataView, at: number): number {
  const exponent = chunk.getUint16(at) & 0x7fff
  return (chunk.getUint32(at + 2) * 2 ** 32 + chunk.getUint32(at + 6)) * 2 ** (exponent - 16383 - 63)
}

async function readData(file: SourceFile, common: Common, at: number, limits: Limits): Promise<Float32Array> {
  const length = common.frames * common.channels * common.sample.bytes
  if (at + length > file.size) throw new Refusal('truncated')
  checkSampleCount(common.frames, common.channels, limits)
  return decodeSamples(await file.read(at, length), common.sample)
}

async function view(file: SourceFile, at: number, length: number): Promise<DataView> {
  const bytes = await file.read(at, length)
  if (bytes.length < length) throw new Refusal('truncated')
  return new DataView(bytes.buffer)
}

function letters(chunk: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => chunk.getUint8(at + n)))
}
