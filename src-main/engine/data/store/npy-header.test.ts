import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { formatNpyHead, longestNpyHead, npyBytes, npyLength, parseNpyHead, type NpyType } from './npy-header'

/** A file's head around a text, in a version of the format. */
function head(text: string, major = 1, minor = 0): Uint8Array {
  const body = Buffer.from(text, 'latin1')
  const length = Buffer.alloc(major === 1 ? 2 : 4)
  if (major === 1) length.writeUInt16LE(body.length)
  else length.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, minor]), length, body])
}

const dictionary = (descr: string, order: string, shape: string) =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`

describe('a head that is read', () => {
  it.each<[string, Uint8Array, NpyType, number[]]>([
    ['of bytes', head(dictionary("'|u1'", 'False', '(3, 4)')), 'uint8', [3, 4]],
    ['of little-endian floats', head(dictionary("'<f4'", 'False', '(2, 3, 4, 5)')), 'float32', [2, 3, 4, 5]],
    ['of 16-bit numbers', head(dictionary("'<u2'", 'False', '(7,)')), 'uint16', [7]],
    ['of one number', head(dictionary("'<f4'", 'False', '()')), 'float32', []],
    ['of no rows', head(dictionary("'<f4'", 'False', '(0, 8)')), 'float32', [0, 8]],
    ['of version 2', head(dictionary("'<f4'", 'False', '(3,)'), 2), 'float32', [3]],
    ['of bytes with an order, which they do not have', head(dictionary("'>u1'", 'False', '(3,)')), 'uint8', [3]],
    ['by Python 2', head(dictionary("'<f4'", 'False', '(3L, 4L)')), 'float32', [3, 4]],
    [
      'in another order, quotes and spacing',
      head(`{"shape":(2,3),"fortran_order":False,"descr":"<f4"}`),
      'float32',
      [2, 3],
    ],
  ])('%s', (_what, bytes, type, shape) => {
    const more = Buffer.concat([bytes, Buffer.alloc(10)])
    expect(parseNpyHead(more, 'it')).toEqual({ type, shape, offset: bytes.length })
  })
})

describe('a head that is refused', () => {
  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'not-npy'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'not-npy'],
    ['magic bytes alone', head('').subarray(0, 6), 'npy-version'],
    ['version 3', head(dictionary("'<f4'", 'False', '(3,)'), 3), 'npy-version'],
    ['version 1.1', head(dictionary("'<f4'", 'False', '(3,)'), 1, 1), 'npy-version'],
    ['no length', head('').subarray(0, 9), 'npy-header-cut'],
    ['half a text', head(dictionary("'<f4'", 'False', '(3,)')).subarray(0, 40), 'npy-header-cut'],
    [
      'a length of gigabytes',
      Buffer.concat([head('', 2).subarray(0, 8), Buffer.from([255, 255, 255, 127])]),
      'npy-header',
    ],
    ['columns first', head(dictionary("'<f4'", 'True', '(3, 4)')), 'npy-order'],
    ['big-endian floats', head(dictionary("'>f4'", 'False', '(3,)')), 'npy-big-endian'],
    ['doubles', head(dictionary("'<f8'", 'False', '(3,)')), 'npy-type'],
    ['objects', head(dictionary("'|O'", 'False', '(3,)')), 'npy-type'],
    ['texts', head(dictionary("'<U5'", 'False', '(3,)')), 'npy-type'],
    ['records', head(dictionary("[('a', '<f4')]", 'False', '(3,)')), 'npy-type'],
    ['no dictionary', head('(1, 2)'), 'npy-header'],
    ['an entry missing', head(`{'descr': '<f4', 'fortran_order': False}`), 'npy-header'],
    ['an entry twice', head(`{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}`), 'npy-header'],
    ['an entry too many', head(`{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 'x'}`), 'npy-header'],
    ['a negative size', head(dictionary("'<f4'", 'False', '(-3,)')), 'npy-header'],
    ['a size that is no number', head(dictionary("'<f4'", 'False', '(3, , 4)')), 'npy-header'],
    ['a number instead of sizes', head(dictionary("'<f4'", 'False', '(3)')), 'npy-header'],
    ['more values than can be counted', head(dictionary("'<f4'", 'False', '(99999999, 99999999, 9)')), 'npy-header'],
    ['an order that is no order', head(dictionary("'<f4'", "'C'", '(3,)')), 'npy-header'],
    ['a type that is no text', head(dictionary('True', 'False', '(3,)')), 'npy-header'],
    ['code instead of values', head(dictionary("__import__('os')", 'False', '(3,)')), 'npy-header'],
  ])('%s', (_what, bytes, code) => {
    expect(() => parseNpyHead(bytes, 'it')).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining({ file: 'it' }) }),
    )
  })
})

const types = fc.constantFrom<NpyType>('uint8', 'uint16', 'float32')
const shapes = fc.array(fc.nat(1000), { maxLength: 5 })

describe('any head', () => {
  it('is read as it was written, values at whole 64 bytes', () => {
    fc.assert(
      fc.property(types, shapes, fc.nat(500), (type, shape, length) => {
        const bytes = formatNpyHead(type, shape, length)
        expect(bytes.length % 64).toBe(0)
        expect(bytes.length).toBeGreaterThanOrEqual(length)
        expect(parseNpyHead(bytes, 'it')).toEqual({ type, shape, offset: bytes.length })
        expect(npyLength({ type, shape })).toBe(shape.reduce((product, size) => product * size, npyBytes(type)))
      }),
    )
  })

  it('gives values or an error that tells the file, whatever its bytes are', () => {
    const valid = fc.tuple(types, shapes).map(([type, shape]) => formatNpyHead(type, shape))
    const mutated = fc
      .tuple(valid, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.nat(200))
      .map(([bytes, changes, cut]) => {
        const changed = bytes.slice(0, Math.max(bytes.length - cut, 0))
        for (const [at, byte] of changes) if (at < changed.length) changed[at] = byte
        return changed
      })
    const spelled = fc.string({
      unit: fc.constantFrom(...'{}()[],:\'" <|u1f4L-0descrfortran_ordershapeTrueFalse'),
      maxLength: 300,
    })
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      mutated,
      spelled.map((text) => head(text)),
    )
    fc.assert(
      fc.property(any, (bytes) => {
        try {
          const { shape, offset } = parseNpyHead(bytes, 'it')
          expect(offset).toBeLessThanOrEqual(Math.min(bytes.length, longestNpyHead))
          expect(shape.every((size) => Number.isSafeInteger(size) && size >= 0)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect((error as AppError).params['file']).toBe('it')
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('of the longest text takes no longer than others', () => {
    const began = performance.now()
    for (const text of ['('.repeat(65_000), `{'shape': (${'1,'.repeat(30_000)})}`, `{${' '.repeat(65_000)}`]) {
      expect(() => parseNpyHead(head(text), 'it')).toThrow(AppError)
    }
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
