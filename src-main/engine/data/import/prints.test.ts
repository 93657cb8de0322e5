import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packPrint, printLength, printOf, unpackPrint } from './prints'

const sides = fc.integer({ min: 1, max: 30 })

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
        expect(Buffer.from(print.digest, 'latin1')).toEqual(createHash('sha1').update(values).digest())
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
