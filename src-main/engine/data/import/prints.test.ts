import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packPrint, printLength, printOf, unpackPrint } from './prints'

const sides = fc.integer({ min: 1, max: 30 })

/** Bytes without an order, of which the digests below are those of mmh3 5 (PyPI): `mmh3.hash_bytes(bytes)`. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, n) => n * n * 31 + n * 7 + (n >> 8))
const hexOf = (values: Uint8Array) => Buffer.from(printOf(values, []).digest, 'latin1').toString('hex')

it.each([
  [8, '10597f1a37539ba0b400ee6c02874a72'],
  [9, 'd0e8f617d91e93df23417ea70b9d1371'],
  [15, '9d8310edd7e2e16d1ffd7b7704db4413'],
  [16, 'f07ff6b16439fbc2c7dea3e07938b9fa'],
  [17, '7072674979978e75bddecc2c5725fdd2'],
  [300, '8af92f1e731691b6ea339e67c7c14bb1'],
  [12288, 'efc038a57a120d4b1594dc8a2afec096'],
  [100003, '5a71cc54a0bdd1c661a5d80ab5951698'],
  [2 ** 21 + 5, 'ec29bafd8348affa4f8b3a7f1bda179f'],
])('has MurmurHash3 of %i bytes as digest', (length, digest) => {
  expect(hexOf(bytesOf(length))).toBe(digest)
})

it('has MurmurHash3 of bytes of any number as digest, floats too', () => {
  const all = createHash('sha256')
  // Of one byte, as of any that are all the same, there is none.
  for (let length = 2; length <= 300; length++) all.update(hexOf(bytesOf(length)))
  expect(all.digest('hex')).toBe('381b765a865b8ab0b20987caea51cc5485fa56603806ddae8193ab6f7cda444c')
  const floats = new Float32Array(bytesOf(300).buffer)
  expect(printOf(floats, []).digest).toBe(printOf(bytesOf(300), []).digest)
})

it('has the mean of every cell, pixel by pixel, and is the same when it was packed', () => {
  fc.assert(
    fc.property(
      sides,
      sides,
      fc.constantFrom(1, 3),
      fc.infiniteStream(fc.nat(255)),
      (height, width, channels, noise) => {
        const values = Uint8Array.from(noise.take(height * width * channels))
        const print = printOf(values, [height, width, channels])
        expect(print.constant).toBe(new Set(values).size === 1)
        if (print.constant) return
        const pixels = Array.from({ length: 72 * channels }, (): number[] => [])
        for (const [at, value] of values.entries()) {
          const [y, x] = [Math.floor(at / (width * channels)), Math.floor(at / channels) % width]
          const cell = Math.floor((y * 8) / height) * 9 + Math.floor((x * 9) / width)
          pixels[cell * channels + (at % channels)]!.push(value)
        }
        const mean = (cell: number[]) =>
          Math.round(cell.reduce((sum, value) => sum + value, 0) / Math.max(1, cell.length))
        expect([...print.cells]).toEqual(pixels.map(mean))
        expect(print.digest).toBe(printOf(values, []).digest)
        const packed = new Uint8Array(printLength([height, width, channels]))
        packPrint(print, packed)
        expect(unpackPrint(packed)).toEqual(print)
      },
    ),
    { numRuns: 60 },
  )
})

it('has the mean of cells of any height', () => {
  const values = new Uint8Array(5000 * 9).fill(255)
  values.fill(0, 0, 9 * 300)
  const mean = Math.round((255 * 325) / 625)
  const cells = Array.from({ length: 72 }, (_, cell) => (cell < 9 ? mean : 255))
  expect([...printOf(values, [5000, 9, 1]).cells]).toEqual(cells)
})
