import { expandALaw, expandMuLaw } from './companding'

/** How a file keeps a sample: its kind, bytes, and the order of those. */
export interface SampleFormat {
  readonly type: 'unsigned' | 'signed' | 'float' | 'a-law' | 'mu-law'
  readonly bytes: number
  readonly littleEndian: boolean
}

/** Whether there is such a sample. */
export function isSampleFormat({ type, bytes }: SampleFormat): boolean {
  if (type === 'float') return bytes === 4 || bytes === 8
  if (type === 'signed') return [1, 2, 3, 4].includes(bytes)
  return bytes === 1
}

/** All whole samples in some bytes as numbers, the full range of whole ones being -1 to 1. */
export function decodeSamples(data: Uint8Array, format: SampleFormat): Float32Array {
  const samples = new Float32Array(Math.floor(data.length / format.bytes))
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const read = sampleReader(view, format)
  for (let n = 0, at = 0; n < samples.length; n++, at += format.bytes) samples[n] = read(at)
  return samples
}

function sampleReader(view: DataView, { type, bytes, littleEndian }: SampleFormat): (at: number) => number {
  if (type === 'a-law') return (at) => expandALaw(view.getUint8(at))
  if (type === 'mu-law') return (at) => expandMuLaw(view.getUint8(at))
  if (type === 'unsigned') return (at) => (view.getUint8(at) - 128) / 128
  if (type === 'float') {
    return bytes === 4 ? (at) => view.getFloat32(at, littleEndian) : (at) => view.getFloat64(at, littleEndian)
  }
  if (bytes === 1) return (at) => view.getInt8(at) / 2 ** 7
  if (bytes === 2) return (at) => view.getInt16(at, littleEndian) / 2 ** 15
  if (bytes === 4) return (at) => view.getInt32(at, littleEndian) / 2 ** 31
  const [low, high] = littleEndian ? [0, 1] : [2, 0]
  return (at) => (view.getInt16(at + high, littleEndian) * 256 + view.getUint8(at + low)) / 2 ** 23
}
