import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { seededRandom } from '../../random'
import { appErrorOf } from '../../testing/errors'
import { temporaryFolder } from '../../testing/idx-files'
import { askOracle, oracleMissing } from '../../testing/oracle'
import { openNpy } from './npy-file'
import { NpyWriter, type NpyValues } from './npy-writer'

const Described = z.object({ dtype: z.string(), shape: z.array(z.int()), hash: z.string() })
const Answer = z.object({ made: z.array(Described), read: z.array(Described) })

let folder: ReturnType<typeof temporaryFolder>
let answer: z.output<typeof Answer>
beforeAll(() => (folder = temporaryFolder()))
afterAll(() => folder.remove())

const at = (name: string) => join(folder.path, `${name}.npy`)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Random arrays that this writer makes, and what numpy calls their types. */
const ours = [
  { name: 'bytes', type: 'uint8', dtype: '|u1', rowShape: [7, 5, 3], count: 40 },
  { name: 'floats', type: 'float32', dtype: '<f4', rowShape: [11, 2], count: 100 },
  { name: 'labels', type: 'uint16', dtype: '<u2', rowShape: [], count: 1000 },
  { name: 'volumes', type: 'float32', dtype: '<f4', rowShape: [4, 5, 6, 1], count: 3 },
  { name: 'none', type: 'uint8', dtype: '|u1', rowShape: [2], count: 0 },
] as const

/** Arrays that numpy makes: those that are read, and those that are refused and why. */
const theirs = [
  { name: 'numpy-bytes', dtype: 'uint8', shape: [6, 4, 4, 3], type: 'uint8' },
  { name: 'numpy-floats', dtype: '<f4', shape: [10, 33], type: 'float32' },
  { name: 'numpy-labels', dtype: '<u2', shape: [17], type: 'uint16' },
  { name: 'numpy-version-2', dtype: '<f4', shape: [3, 2], type: 'float32', version: [2, 0] },
  { name: 'numpy-number', dtype: '<f4', shape: [], type: 'float32' },
  { name: 'numpy-columns', dtype: '<f4', shape: [3, 4], fortran: true, code: 'npy-order' },
  { name: 'numpy-big-endian', dtype: '>f4', shape: [3, 4], code: 'npy-big-endian' },
  { name: 'numpy-doubles', dtype: '<f8', shape: [3, 4], code: 'npy-type' },
  { name: 'numpy-integers', dtype: '<i8', shape: [3, 4], code: 'npy-type' },
  { name: 'numpy-truths', dtype: '?', shape: [3, 4], code: 'npy-type' },
  { name: 'numpy-version-3', dtype: '<f4', shape: [3, 4], version: [3, 0], code: 'npy-version' },
]

describe.skipIf(oracleMissing)('arrays and numpy', () => {
  const written = new Map<string, string>()

  beforeAll(async () => {
    const random = seededRandom(3)
    for (const { name, type, rowShape, count } of ours) {
      const size = rowShape.reduce<number>((product, length) => product * length, 1)
      const writer = await NpyWriter.create(at(name), type, rowShape)
      const hash = createHash('sha256')
      for (let n = 0; n < count; n++) {
        const values: NpyValues =
          type === 'uint8'
            ? Uint8Array.from({ length: size }, () => random.below(256))
            : type === 'uint16'
              ? Uint16Array.from({ length: size }, () => random.below(65_536))
              : Float32Array.from({ length: size }, () => random.next() / 2 ** 31 - 1)
        hash.update(new Uint8Array(values.buffer))
        await writer.append(values)
      }
      await writer.finish()
      written.set(name, hash.digest('hex'))
    }
    const write = theirs.map(({ name, dtype, shape, version, fortran }, seed) => ({
      ...{ path: at(name), dtype, shape, seed },
      ...(version ? { version } : {}),
      ...(fortran ? { fortran } : {}),
    }))
    answer = await askOracle(
      'npy_arrays.py',
      { write, read: ours.filter(({ count }) => count > 0).map(({ name }) => at(name)) },
      Answer,
    )
  })

  it.each(ours.filter(({ count }) => count > 0).map((one, index) => ({ ...one, index })))(
    'numpy reads our $name as they are',
    ({ name, dtype, rowShape, count, index }) => {
      expect(answer.read[index]).toEqual({ dtype, shape: [count, ...rowShape], hash: written.get(name) })
    },
  )

  it('an array without rows is one', async () => {
    expect(await openNpy(at('none'))).toMatchObject({ shape: [0, 2] })
  })

  it.each(theirs.map((one, index) => ({ ...one, index })))(
    'we read or refuse $name',
    async ({ name, shape, type, code, index }) => {
      if (code) {
        expect(await appErrorOf(openNpy(at(name)))).toMatchObject({ code, params: { file: at(name) } })
        return
      }
      const file = await openNpy(at(name))
      expect(file).toMatchObject({ type, shape })
      expect(sha256(readFileSync(at(name)).subarray(file.offset))).toBe(answer.made[index]?.hash)
    },
  )
})
