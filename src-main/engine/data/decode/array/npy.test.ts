import { describe, expect, it } from 'vitest'
import { usualLimits } from '../contract'
import { decodeFile } from '../decode-file'
import { bytesFile } from '../source-file'

function npyFile(text: string, data: Uint8Array, version = 1): Buffer {
  const head = Buffer.from(`${text.padEnd(53)}\n`, 'latin1')
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(head.length)
  else length.writeUInt32LE(head.length)
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0]), length, head, data])
}

const describeArray = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`

const read = (bytes: Uint8Array, values = 1000) =>
  decodeFile(bytesFile('a.npy', bytes), { limits: { ...usualLimits, values }, frames: 'first' })

const six = Uint8Array.of(1, 2, 3, 4, 5, 6)

describe('.npy', () => {
  it.each<[string, string, number[], number[]]>([
    ['rows', describeArray("'|u1'", '(2, 3)'), [2, 3], [1, 2, 3, 4, 5, 6]],
    ['Fortran’s order', describeArray("'|u1'", '(2, 3)', 'True'), [2, 3], [1, 3, 5, 2, 4, 6]],
    ['three axes in it', describeArray("'|u1'", '(1, 3, 2)', 'True'), [1, 3, 2], [1, 4, 2, 5, 3, 6]],
    ['one axis', describeArray("'|u1'", '(6,)'), [6], [1, 2, 3, 4, 5, 6]],
    ['sizes of Python 2', describeArray("'|u1'", '(2L, 3L)'), [2, 3], [1, 2, 3, 4, 5, 6]],
    ['a single number', describeArray("'|u1'", '()'), [], [1]],
    ['big-endian numbers', describeArray("'>u2'", '(3,)'), [3], [258, 772, 1286]],
    ['truth values', describeArray("'|b1'", '(6,)'), [6], [1, 1, 1, 1, 1, 1]],
  ])('reads %s', async (_, text, shape, values) => {
    const outcome = await read(npyFile(text, six))
    if (!outcome.ok || outcome.decoded.kind !== 'array') throw new Error('no array')
    expect(outcome.decoded.shape).toEqual(shape)
    expect(Array.from(outcome.decoded.values)).toEqual(values)
  })

  it('says when whole numbers are too large to be exact', async () => {
    const bytes = npyFile(describeArray("'<i8'", '(1,)'), Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0x7f))
    const outcome = await read(bytes)
    expect(outcome.ok && outcome.decoded.notes.map(({ code }) => code)).toEqual(['numbers-rounded'])
  })

  it.each<[string, Uint8Array, string, string]>([
    ['objects', npyFile(describeArray("'|O'", '(2,)'), six), 'refused', 'object-array'],
    ['records', npyFile(describeArray("[('a', '<i4')]", '(1,)'), six), 'skipped', 'number-type-not-read'],
    ['texts', npyFile(describeArray("'<U3'", '(1,)'), six), 'skipped', 'number-type-not-read'],
    ['complex numbers', npyFile(describeArray("'<c8'", '(1,)'), six), 'skipped', 'number-type-not-read'],
    ['numbers of three bytes', npyFile(describeArray("'<i3'", '(2,)'), six), 'skipped', 'number-type-not-read'],
    ['a negative size', npyFile(describeArray("'|u1'", '(-2,)'), six), 'skipped', 'header-damaged'],
    ['no shape', npyFile("{'descr': '|u1', 'fortran_order': False}", six), 'skipped', 'header-damaged'],
    ['no dictionary', npyFile('print(1)', six), 'skipped', 'header-damaged'],
    ['another version', npyFile(describeArray("'|u1'", '(6,)'), six, 9), 'skipped', 'header-damaged'],
    ['too few numbers', npyFile(describeArray("'|u1'", '(7,)'), six), 'skipped', 'array-truncated'],
    ['no numbers', npyFile(describeArray("'|u1'", '(0, 5)'), six), 'skipped', 'empty-array'],
    ['more numbers than allowed', npyFile(describeArray("'|u1'", '(1001,)'), six), 'skipped', 'too-many-values'],
    [
      'a size beyond all',
      npyFile(describeArray("'<f8'", '(99999999999999, 99999999999999)'), six),
      'skipped',
      'too-many-values',
    ],
    ['a head that ends', npyFile(describeArray("'|u1'", '(6,)'), six).subarray(0, 40), 'skipped', 'truncated'],
  ])('refuses %s', async (_, bytes, kind, code) => {
    const outcome = await read(bytes)
    expect(outcome.ok ? ['decoded'] : [outcome.refusal.outcome, outcome.refusal.code]).toEqual([kind, code])
  })
})
