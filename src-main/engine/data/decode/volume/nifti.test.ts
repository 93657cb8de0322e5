import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../testing/decoded'
import { niftiFile, type NiftiPlan } from '../../../testing/nifti-file'

const shape = [3, 4, 2]
const plan = (wanted: Partial<NiftiPlan> = {}): NiftiPlan => ({
  version: 1,
  order: 'little',
  shape,
  type: 'int16',
  values: Array.from({ length: 24 }, (_, n) => n * 3 - 20),
  ...wanted,
})

/** Where the value at x, y, z lies in the file, whose first axis runs fastest. */
const stored = (x: number, y: number, z: number) => x + 3 * (y + 4 * z)

function reordered(values: readonly number[]): number[] {
  const found: number[] = []
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 4; y++) for (let z = 0; z < 2; z++) found.push(values[stored(x, y, z)]!)
  return found
}

describe('values', () => {
  const types: [NiftiPlan['type'], string][] = [
    ['uint8', 'uint8'],
    ['int8', 'int8'],
    ['int16', 'int16'],
    ['uint16', 'uint16'],
    ['int32', 'int32'],
    ['uint32', 'uint32'],
    ['float32', 'float32'],
    ['float64', 'float64'],
    ['int64', 'float64'],
  ]
  for (const version of [1, 2] as const) {
    for (const order of ['little', 'big'] as const) {
      it.each(types)(`of %s come through (NIfTI-${version}, ${order}-endian)`, async (type, dtype) => {
        const signed = !type.startsWith('u')
        const values = Array.from({ length: 24 }, (_, n) => (signed ? n * 5 - 60 : n * 5))
        const found = await decodedValues(niftiFile(plan({ version, order, type, values })))
        expect([found.kind, found.shape, found.dtype]).toEqual(['volume', shape, dtype])
        expect(Array.from(found.values)).toEqual(reordered(values))
      })
    }
  }

  it.each([1, 2] as const)('are scaled (NIfTI-%i)', async (version) => {
    const made = plan({ version, slope: 0.5, intercept: 7 })
    const found = await decodedValues(niftiFile(made))
    expect([found.dtype, Array.from(found.values)]).toEqual([
      'float32',
      reordered(made.values.map((one) => one / 2 + 7)),
    ])
  })

  it('are not scaled by a slope of 0 or one that is no number', async () => {
    for (const slope of [0, NaN]) {
      const found = await decodedValues(niftiFile(plan({ slope, intercept: 7 })))
      expect(found.dtype).toBe('int16')
    }
  })

  it('lose axes of one at the end', async () => {
    expect((await decodedValues(niftiFile(plan({ shape: [3, 4, 2, 1, 1] })))).shape).toEqual(shape)
  })

  it('come through gzip', async () => {
    const made = plan()
    const found = await decodedValues(gzipSync(niftiFile(made)), 'it.nii.gz')
    expect([Array.from(found.values), found.notes]).toEqual([reordered(made.values), []])
  })

  it('that are no numbers are told', async () => {
    const values = [NaN, Infinity, ...new Array<number>(22).fill(1)]
    const found = await decodedValues(niftiFile(plan({ type: 'float32', values })))
    expect(found.notes).toEqual([{ code: 'not-numbers', params: { count: 2 }, warns: true }])
  })
})

describe('what is refused', () => {
  const changed = (at: number, value: number) => {
    const file = niftiFile(plan())
    file.writeInt16LE(value, at)
    return file
  }
  it.each([
    ['cut', niftiFile(plan()).subarray(0, 380), 'truncated'],
    ['of complex numbers', changed(70, 32), 'format-not-read'],
    ['of an unknown type', changed(70, 99), 'format-not-read'],
    ['of no axes', changed(40, 0), 'damaged'],
    ['of too many axes', changed(40, 8), 'damaged'],
    ['of a negative size', changed(44, -4), 'damaged'],
    ['that claims too much', niftiFile(plan({ shape: [30_000, 30_000, 30_000] })), 'too-many-values'],
    [
      'whose values lie elsewhere',
      (() => {
        const file = niftiFile(plan())
        file.write('ni1', 344, 'latin1')
        return file
      })(),
      'format-not-read',
    ],
  ])('a file %s', async (_what, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })
})
