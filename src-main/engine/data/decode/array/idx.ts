import { Refusal, type Note, type Reader } from '../contract'
import { arrayOf, checkedCount } from './array-values'
import type { NumberType } from './number-type'

/** The element types of IDX by their code. */
const types: Readonly<Record<number, Pick<NumberType, 'kind' | 'size'>>> = {
  0x08: { kind: 'u', size: 1 },
  0x09: { kind: 'i', size: 1 },
  0x0b: { kind: 'i', size: 2 },
  0x0c: { kind: 'i', size: 4 },
  0x0d: { kind: 'f', size: 4 },
  0x0e: { kind: 'f', size: 8 },
}
const mostDimensions = 8
const namedIdx = /idx\d(-u?byte|-\w+)?$/i

/**
 * The IDX format of the MNIST database (http://yann.lecun.com/exdb/mnist/): two zero bytes, a code for the element type,
 * the number of dimensions, the dimensions and the elements, all big-endian. A file that is only called so is told apart.
 */
export const idx: Reader = {
  name: 'idx',
  recognizes: (head, name) => beginsAsIdx(head) || namedIdx.test(name),
  read: async (file, { limits }) => {
    const head = await file.read(0, 4 + 4 * mostDimensions)
    if (isTurned(head)) throw new Refusal('idx-little-endian')
    const [, , code = 0, dimensions = 0] = head
    const kind = types[code]
    if (!beginsAsIdx(head) || !kind) throw new Refusal('not-idx', { found: hex(head.subarray(0, 4)) })
    const offset = 4 + 4 * dimensions
    if (head.length < offset) throw new Refusal('truncated')
    const view = new DataView(head.buffer)
    const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis))
    const length = checkedCount(shape, limits) * kind.size
    const found = file.size - offset
    if (length === 0) throw new Refusal('empty-array')
    const params = { expected: length, found }
    if (found < length) throw new Refusal('array-truncated', params)
    if (found > length) throw new Refusal('array-too-long', params)
    const array = arrayOf('IDX', await file.read(offset, length), { ...kind, littleEndian: false }, shape)
    const signed: Note = { code: 'signed-bytes', params: {}, warns: true }
    return code === 0x09 ? { ...array, notes: [...array.notes, signed] } : array
  },
}

function beginsAsIdx([a, b, code = 0, dimensions = 0]: Uint8Array): boolean {
  return a === 0 && b === 0 && code in types && dimensions > 0 && dimensions <= mostDimensions
}

/** Whether the head was written with its bytes turned around. */
function isTurned([dimensions = 0, code = 0, c, d]: Uint8Array): boolean {
  return c === 0 && d === 0 && code in types && dimensions > 0 && dimensions <= mostDimensions
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
