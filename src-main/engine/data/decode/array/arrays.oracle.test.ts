import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { useTemporaryFolder } from '@main/testing/temporary-folder'
import { askOracle, oracleMissing } from '../../../testing/oracle'
import { usualLimits } from '../contract'
import { decodeFile } from '../decode-file'
import { diskFile } from '../source-file'

const Values = z.array(z.union([z.number(), z.string().transform(Number)]))
const Answer = z.array(
  z.object({
    file: z.string(),
    arrays: z.record(z.string(), z.object({ shape: z.array(z.number()), values: Values })),
    texts: z.record(z.string(), z.array(z.string())),
  }),
)

const temporaryFolder = useTemporaryFolder()

describe.skipIf(oracleMissing)('arrays that NumPy and Python have written', () => {
  it('come in with the same numbers, in every type, order and protocol', async () => {
    const folder = await temporaryFolder()
    const files = await askOracle('array_files.py', { folder }, Answer)
    expect(files.length).toBeGreaterThan(90)
    for (const { file, arrays, texts } of files) {
      const outcome = await decodeFile(await diskFile(file), { limits: usualLimits, frames: 'first' })
      if (!outcome.ok) throw new Error(`${file}: ${outcome.refusal.code}`)
      const { decoded } = outcome
      if (decoded.kind === 'table') throw new Error('table')
      const found = decoded.kind === 'arrays' ? decoded.arrays : new Map([['', decoded]])
      expect([...found.keys()].sort(), file).toEqual(Object.keys(arrays).sort())
      for (const [name, { shape, values }] of Object.entries(arrays)) {
        expect(found.get(name)!.shape, `${file} ${name}`).toEqual(shape)
        expect(Array.from(found.get(name)!.values), `${file} ${name}`).toEqual(values)
      }
      if (decoded.kind === 'arrays') expect(Object.fromEntries(decoded.texts), file).toEqual(texts)
    }
  })
})
