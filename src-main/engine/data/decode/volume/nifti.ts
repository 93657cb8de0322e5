import { arrayOf, checkedCount } from '../array/array-values'
import type { NumberType } from '../array/number-type'
import { Refusal, type DecodedValues, type Reader } from '../contract'
import { fieldsOf, type ByteOrder, type Fields } from '../fields'
import { numbersNote } from '../numbers-note'

interface Header {
  readonly shape: readonly number[]
  readonly type: NumberType
  /** Where the values begin. */
  readonly position: number
  readonly slope: number
  readonly intercept: number
}

const firstLength = 348
const secondLength = 540

/** The types of nifti1.h that are plain numbers. */
const types: Readonly<Record<number, Pick<NumberType, 'kind' | 'size'>>> = {
  2: { kind: 'u', size: 1 },
  4: { kind: 'i', size: 2 },
  8: { kind: 'i', size: 4 },
  16: { kind: 'f', size: 4 },
  64: { kind: 'f', size: 8 },
  256: { kind: 'i', size: 1 },
  512: { kind: 'u', size: 2 },
  768: { kind: 'u', size: 4 },
  1024: { kind: 'i', size: 8 },
  1280: { kind: 'u', size: 8 },
}
const otherTypes: Readonly<Record<number, string>> = {
  1: 'bits',
  32: 'complex64',
  128: 'RGB',
  1536: 'float128',
  1792: 'complex128',
  2048: 'complex256',
  2304: 'RGBA',
}

/**
 * NIfTI-1 and NIfTI-2 in one file (https://nifti.nimh.nih.gov), both byte orders. The axes are the file's own, x first,
 * as other programs index them. Values that the header scales are float32, or float64 where they lie so.
 */
export const nifti: Reader = {
  name: 'nifti',
  endings: ['nii'],
  recognizes: (head) => byteOrder(head) !== undefined,
  async read(file, { limits }) {
    const head = await file.read(0, secondLength)
    const order = byteOrder(head)
    if (!order) throw new Refusal('truncated')
    const header = readHeader(fieldsOf(head, order), order)
    const length = checkedCount(header.shape, limits) * header.type.size
    if (header.position + length > file.size) throw new Refusal('truncated')
    const bytes = await file.read(header.position, length)
    if (bytes.length < length) throw new Refusal('changed')
    const stored = arrayOf('NIfTI', bytes, header.type, header.shape, true)
    return scaled({ ...stored, kind: 'volume' }, header)
  },
}

/** By the length of the header, which is the first number of the file, and the mark that follows in it. */
function byteOrder(head: Uint8Array): ByteOrder | undefined {
  if (head.length < firstLength) return undefined
  const orders: readonly ByteOrder[] = ['little', 'big']
  return orders.find((order) => {
    const fields = fieldsOf(head, order)
    const length = fields.u32(0)
    if (length === firstLength) return /^n[+i]1/.test(fields.text(344, 3))
    return length === secondLength && head.length >= secondLength && /^n[+i]2/.test(fields.text(4, 3))
  })
}

function readHeader(fields: Fields, order: ByteOrder): Header {
  const second = fields.u32(0) === secondLength
  if (fields.text(second ? 5 : 345, 1) === 'i') throw new Refusal('format-not-read', { format: 'NIfTI (.hdr + .img)' })
  const dimension = (n: number) => (second ? fields.u64(16 + 8 * n) : fields.i16(40 + 2 * n))
  const axes = dimension(0)
  if (!(axes >= 1 && axes <= 7)) throw new Refusal('damaged', { detail: `NIfTI dim[0] = ${axes}` })
  const shape = Array.from({ length: axes }, (_, n) => dimension(n + 1))
  if (!shape.every((size) => size >= 1)) throw new Refusal('damaged', { detail: `NIfTI dim = ${shape.join(', ')}` })
  // Axes of one at the end say nothing.
  while (shape.length > 1 && shape.at(-1) === 1) shape.pop()
  const code = fields.i16(second ? 12 : 70)
  const type = types[code]
  if (!type) throw new Refusal('format-not-read', { format: `NIfTI (${otherTypes[code] ?? code})` })
  const position = second ? fields.u64(168) : Math.trunc(fields.f32(108))
  if (!(position >= fields.u32(0))) throw new Refusal('damaged', { detail: `NIfTI vox_offset = ${position}` })
  const [slope, intercept] = second ? [fields.f64(176), fields.f64(184)] : [fields.f32(112), fields.f32(116)]
  // A slope of 0 means that nothing is scaled.
  const scales = Number.isFinite(slope) && slope !== 0 && Number.isFinite(intercept)
  const scaling = scales ? { slope, intercept } : { slope: 1, intercept: 0 }
  return { shape, type: { ...type, littleEndian: order === 'little' }, position, ...scaling }
}

function scaled(stored: DecodedValues, { slope, intercept }: Header): DecodedValues {
  if (slope === 1 && intercept === 0) return stored
  const scale = (value: number) => value * slope + intercept
  const wide = stored.dtype === 'float64'
  const values = wide ? Float64Array.from(stored.values, scale) : Float32Array.from(stored.values, scale)
  return { ...stored, dtype: wide ? 'float64' : 'float32', values, notes: numbersNote(values) }
}
