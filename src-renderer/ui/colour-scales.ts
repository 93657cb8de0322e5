/** A colour for each value: 256 colours, three bytes each, from the lowest value to the highest. */
export type ColourScale = Uint8Array

type Rgb = readonly [number, number, number]

/** From `#rrggbb` to linear light, in which colours mix as light does. */
function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** Linear light to Oklab, in which equal steps look equal (B. Ottosson, "A perceptual color space", 2020). */
function toOklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([L, a, b]: Rgb): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const byte = (value: number): number => {
    const bounded = Math.min(1, Math.max(0, value))
    return Math.round(255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055))
  }
  return [
    byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The colours between evenly spaced stops. */
function ramp(stops: readonly string[]): ColourScale {
  const points = stops.map((hex) => toOklab(linear(hex)))
  const table = new Uint8Array(256 * 3)
  for (let index = 0; index < 256; index++) {
    const at = (index / 255) * (points.length - 1)
    const from = points[Math.floor(at)] ?? [0, 0, 0]
    const to = points[Math.ceil(at)] ?? from
    const share = at - Math.floor(at)
    table.set(
      fromOklab([
        from[0] + (to[0] - from[0]) * share,
        from[1] + (to[1] - from[1]) * share,
        from[2] + (to[2] - from[2]) * share,
      ]),
      index * 3,
    )
  }
  return table
}

/** For magnitudes: dark violet over teal to yellow, ever lighter, so that it reads in grey too. */
export const magnitudeScale = ramp(['#440a57', '#45347e', '#345f8d', '#22848c', '#23a883', '#74cf56', '#f8e62b'])

/** For signed values around zero: blue below, white at zero, orange above. */
export const signedScale = ramp(['#0a3f7f', '#2f7ebf', '#98c4e6', '#f7f7f6', '#f5b878', '#d9730d', '#873a00'])

/** Black to white. */
export const greyScale = ramp(['#000000', '#ffffff'])

/** The bounds that put zero in the middle of a scale. An empty or all-zero list gives -1 and 1. */
export function signedRange(values: ArrayLike<number>): readonly [number, number] {
  let largest = 0
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index] ?? 0)
    if (size > largest && Number.isFinite(size)) largest = size
  }
  return largest === 0 ? [-1, 1] : [-largest, largest]
}

/** The smallest and the largest finite value; an empty or constant list gives a range of one. */
export function valueRange(values: ArrayLike<number>): readonly [number, number] {
  let least = Infinity
  let most = -Infinity
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0
    if (!Number.isFinite(value)) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  if (least > most) return [0, 1]
  return least === most ? [least, least + 1] : [least, most]
}

/** A CSS gradient of a scale, from left to right. */
export function scaleGradient(scale: ColourScale, steps = 16): string {
  const stops = Array.from({ length: steps + 1 }, (_, step) => {
    const at = Math.round((step / steps) * 255) * 3
    return `rgb(${scale[at]} ${scale[at + 1]} ${scale[at + 2]})`
  })
  return `linear-gradient(to right, ${stops.join(', ')})`
}
