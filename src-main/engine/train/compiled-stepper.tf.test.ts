import { describe, expect, it } from 'vitest'
import { optimizerKinds } from '@shared/training/registry'
import { easyBatch, preprocessing, settings, smallNetwork } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

function relative(one: Float32Array, other: Float32Array): number {
  let difference = 0
  let size = 0
  for (let n = 0; n < one.length; n++) {
    difference = Math.max(difference, Math.abs((one[n] ?? 0) - (other[n] ?? 0)))
    size = Math.max(size, Math.abs(other[n] ?? 0))
  }
  return difference / size
}

describe('the compiled stepper against the eager one', () => {
  it.each([...optimizerKinds.keys()])('takes the same 20 steps with %s, dropout included', (kind) => {
    const own = settings({ optimizer: { kind, values: {} }, seed: 5 })
    const eager = makeEagerStepper(smallNetwork(), own, preprocessing)
    const compiled = makeCompiledStepper(smallNetwork(), own, preprocessing, 'float32')
    for (let n = 0; n < 20; n++) {
      const [one, other] = [eager.step(easyBatch(32, n)), compiled.step(easyBatch(32, n))]
      expect(Math.abs(one.loss - other.loss) / one.loss).toBeLessThan(1e-5)
      expect(other.hits).toBe(one.hits)
    }
    const [expected, found] = [eager.readWeights(), compiled.readWeights()]
    expect(found.map(({ node, name, shape }) => ({ node, name, shape }))).toEqual(
      expected.map(({ node, name, shape }) => ({ node, name, shape })),
    )
    for (const [index, { values }] of expected.entries())
      expect(relative(found[index]!.values, values)).toBeLessThan(1e-4)
    const batch = easyBatch(50, 99)
    expect(compiled.evaluate(batch).loss).toBeCloseTo(eager.evaluate(batch).loss, 4)
    expect(relative(compiled.predict(batch), eager.predict(batch))).toBeLessThan(1e-4)
    eager.dispose()
    compiled.dispose()
  })
})
