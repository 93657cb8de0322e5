import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DecodedValues, Values, ValueType } from './decode/contract'
import { pictureSample } from './picture-sample'

const side = fc.integer({ min: 1, max: 40 })
const shape = fc.tuple(side, side, fc.constantFrom(1, 3))

function decoded(shape: readonly number[], values: Values, dtype: ValueType = 'uint8'): DecodedValues {
  return { kind: 'picture', format: 'PNG', dtype, shape, values, notes: [] }
}

interface Picture {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly values: Uint8Array<ArrayBuffer>
}

/** Of bytes, which are a walk, so that neighbours are alike but seldom the same. */
const pictures: fc.Arbitrary<Picture> = fc
  .tuple(side, side, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.integer({ min: -9, max: 9 })))
  .map(([height, width, channels, steps]) => {
    let value = 128
    const values = Uint8Array.from({ length: height * width * channels }, () => {
      value = Math.abs(value + steps.next().value) % 256
      return value
    })
    return { height, width, channels, values }
  })

/** The RGB values of a pixel on white. */
function colours({ width, channels, values }: Picture, y: number, x: number): number[] {
  const own = values.subarray((y * width + x) * channels, (y * width + x + 1) * channels)
  const alpha = channels % 2 ? 1 : own.at(-1)! / 255
  const [red = 0, green = red, blue = red] = channels < 3 ? [own[0]!] : own
  return [red, green, blue].map((value) => Math.round(value * alpha + 255 * (1 - alpha)))
}

function asShown(picture: Picture, channels: number): Uint8Array {
  const { height, width } = picture
  const pixels = Array.from({ length: height * width }, (_, n) => colours(picture, Math.floor(n / width), n % width))
  const luma = ([red, green, blue]: number[]) => Math.floor((299 * red! + 587 * green! + 114 * blue! + 500) / 1000)
  const shown = (rgb: number[]) => Array.from({ length: channels }, (_, channel) => rgb[channel] ?? 0)
  return Uint8Array.from(channels === 1 ? pixels.map(luma) : pixels.flatMap(shown))
}

function part(values: Uint8Array, width: number, place: readonly number[], channels: number): Uint8Array {
  const [top = 0, left = 0, rows = 0, columns = 0] = place
  return Uint8Array.from(
    Array.from({ length: rows }, (_, y) => [
      ...values.subarray(((top + y) * width + left) * channels, ((top + y) * width + left + columns) * channels),
    ]).flat(),
  )
}

describe('a picture as a sample', () => {
  it('is laid on white, and as it is where it has the sample’s size', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 5 }), (picture, channels) => {
        const { height, width, channels: own, values } = picture
        const sample = pictureSample(decoded([height, width, own], values), { shape: [height, width, channels] })
        expect(sample).toEqual(channels === own ? values : asShown(picture, channels))
      }),
    )
  })

  it('is the same of bytes, words and fractions, and of many pixels', () => {
    const [height, width] = [310, 301]
    const values = Uint8Array.from({ length: height * width * 4 }, (_, n) => (n * 7 + (n >> 9)) & 255)
    const picture = { height, width, channels: 4, values }
    const [from, frame] = [[height, width, 4], { shape: [height, width, 3] }]
    const words = Uint16Array.from(values, (value) => value * 257)
    const fractions = Float64Array.from(values, (value) => value / 255)
    for (const file of [decoded(from, values), decoded(from, words, 'uint16'), decoded(from, fractions, 'float64')]) {
      expect([file.dtype, Buffer.compare(pictureSample(file, frame), asShown(picture, 3))]).toEqual([file.dtype, 0])
    }
  })

  it('fills with the part in its middle, as if there were no more', () => {
    fc.assert(
      fc.property(pictures, shape, (picture, [rows, columns, channels]) => {
        const { height, width, channels: own, values } = picture
        const cut = [
          Math.max(1, Math.min(height, Math.floor((width * rows) / columns))),
          Math.max(1, Math.min(width, Math.floor((height * columns) / rows))),
        ]
        const [top, left] = [Math.floor((height - cut[0]!) / 2), Math.floor((width - cut[1]!) / 2)]
        const alone = part(values, width, [top, left, ...cut], own)
        const frame = { shape: [rows, columns, channels] }
        expect(pictureSample(decoded([height, width, own], values), { ...frame, resize: 'fill' })).toEqual(
          pictureSample(decoded([...cut, own], alone), { ...frame, resize: 'stretch' }),
        )
      }),
    )
  })

  it('fits into its middle, with the median of its border around it', () => {
    fc.assert(
      fc.property(pictures, shape, (picture, [rows, columns, channels]) => {
        const { height, width, channels: own, values } = picture
        const file = decoded([height, width, own], values)
        const sample = pictureSample(file, { shape: [rows, columns, channels], resize: 'fit' })
        const scale = Math.min(rows / height, columns / width)
        const size = [
          Math.min(rows, Math.max(1, Math.round(height * scale))),
          Math.min(columns, Math.max(1, Math.round(width * scale))),
        ]
        const [top, left] = [Math.floor((rows - size[0]!) / 2), Math.floor((columns - size[1]!) / 2)]
        const inside = part(sample, columns, [top, left, ...size], channels)
        expect(inside).toEqual(pictureSample(file, { shape: [...size, channels], resize: 'stretch' }))
        for (let channel = 0; channel < channels; channel++) {
          const at = (y: number, x: number) => inside[(y * size[1]! + x) * channels + channel]!
          const border = [
            ...Array.from({ length: size[1]! }, (_, x) => [at(0, x), at(size[0]! - 1, x)]),
            ...Array.from({ length: size[0]! }, (_, y) => [at(y, 0), at(y, size[1]! - 1)]),
          ].flat()
          const median = border.sort((one, other) => one - other)[border.length / 2]
          const around = sample.filter((_, n) => {
            const [y, x] = [Math.floor(n / channels / columns) - top, (Math.floor(n / channels) % columns) - left]
            return n % channels === channel && !(y >= 0 && y < size[0]! && x >= 0 && x < size[1]!)
          })
          expect(new Set([median, ...around]).size).toBe(1)
        }
      }),
    )
  })
})
