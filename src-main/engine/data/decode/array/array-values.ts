import { Refusal, type DecodedValues, type Limits, type Note, type Values } from '../contract'
import { holderOf, toNumbers, type NumberType } from './number-type'

/** How many numbers a shape holds; refused over the limit, before memory is taken. */
export function checkedCount(shape: readonly number[], { values }: Limits): number {
  const count = shape.reduce((product, size) => product * size, 1)
  if (!(count <= values)) throw new Refusal('too-many-values', { count, limit: values })
  return count
}

/** An array of a file's bytes, which hold at least as many numbers as the shape says. */
export function arrayOf(
  format: string,
  bytes: Uint8Array,
  type: NumberType,
  shape: readonly number[],
  fortranOrder = false,
): DecodedValues {
  const flat = toNumbers(bytes, type)
  const values = fortranOrder && shape.length > 1 ? toCOrder(flat, shape) : flat
  return { kind: 'array', format, shape, dtype: holderOf(type), values, notes: notesOf(values, type) }
}

/** An array of numbers that are there already. */
export function plainArray(
  format: string,
  values: Uint8Array | Int32Array | Float32Array | Float64Array,
  shape: readonly number[],
): DecodedValues {
  return { kind: 'array', format, shape, dtype: dtypeOf(values), values, notes: [] }
}

function dtypeOf(values: Uint8Array | Int32Array | Float32Array | Float64Array): DecodedValues['dtype'] {
  if (values instanceof Uint8Array) return 'uint8'
  if (values instanceof Int32Array) return 'int32'
  return values instanceof Float32Array ? 'float32' : 'float64'
}

/** Values whose first axis runs fastest, in the order in which the last one does. */
function toCOrder(flat: Values, shape: readonly number[]): Values {
  const ordered = flat.slice()
  const strides: number[] = []
  let stride = 1
  for (const size of shape) {
    strides.push(stride)
    stride *= size
  }
  const index = shape.map(() => 0)
  let from = 0
  for (let at = 0; at < ordered.length; at++) {
    ordered[at] = flat[from] ?? 0
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1
      from += strides[axis] ?? 0
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next
        break
      }
      from -= next * (strides[axis] ?? 0)
      index[axis] = 0
    }
  }
  return ordered
}

function notesOf(values: Values, type: NumberType): Note[] {
  if (type.kind === 'f') {
    let count = 0
    for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) count++
    return count > 0 ? [{ code: 'not-numbers', params: { count }, warns: true }] : []
  }
  if (type.size < 8) return []
  const rounded = values.some((value) => !Number.isSafeInteger(value))
  return rounded ? [{ code: 'numbers-rounded', params: {}, warns: true }] : []
}
