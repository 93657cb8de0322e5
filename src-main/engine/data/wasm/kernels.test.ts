import { expect, it } from 'vitest'
import { withKernels } from './kernels'

const bytes = (size: number) => withKernels(({ reserve, bytes }) => bytes(reserve(size), 1).buffer.byteLength)

it('reserves pieces that lie apart, keep what is in them, and are used again by the next work', () => {
  const places = () =>
    withKernels(({ reserve, bytes }) => {
      const [one, two] = [reserve(1), reserve(100)]
      bytes(one, 1).fill(7)
      bytes(two, 100).fill(8)
      const large = reserve(5e6)
      bytes(large, 5e6).fill(9)
      expect([bytes(one, 1)[0], bytes(two, 100)[99], bytes(large, 5e6)[0]]).toEqual([7, 8, 9])
      expect([one % 16, two % 16, two - one > 16, large - two > 116]).toEqual([0, 0, true, true])
      return [one, two, large]
    })
  expect(places()).toEqual(places())
})

it('keeps no memory that only a large picture needs, and goes on after it has too little', () => {
  const usual = bytes(1000)
  expect(bytes(1e8)).toBeGreaterThan(1e8)
  expect(bytes(1000)).toBeLessThan(8e6)
  expect(() => bytes(2 ** 32 + 1)).toThrow(RangeError)
  const tooMuch = () => withKernels(({ reserve }) => [1, 2, 3].map(() => reserve(2 ** 31 - 1)))
  expect(tooMuch).toThrow(WebAssembly.RuntimeError)
  expect(bytes(1000)).toBeLessThanOrEqual(usual)
})
