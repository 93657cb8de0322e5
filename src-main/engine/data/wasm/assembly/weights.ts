import { reserve } from './arena'

/**
 * The weights of one axis of a picture whose size is changed: a triangle as wide as the pixels that are made or, where
 * those are the smaller ones, as those that there are (bilinear).
 *
 * Lengths are counted in parts of which a pixel has `2 * to`: then the triangle's half width, all pixels' centres and all
 * weights are whole numbers, which float64 holds exactly.
 */

/** More, and a sum of weighed values would leave 32 bits; see `fractionBits`. */
const mostBits: i32 = 20

/**
 * Makes the weights of the `to` pixels that become of `from`. At the address lies their number of bits: those of one pixel
 * are `1 << bits` in sum. Then follow for each pixel its first pixel of those there are, how many pairs of weights come,
 * and the pairs, each weight in 16 bits. If `even`, first pixels are of even number. What is beyond the last has weight 0.
 */
export function makeWeights(from: i32, to: i32, even: bool): usize {
  const half: f64 = 2 * <f64>max(from, to)
  const pixel: f64 = 2 * <f64>to
  const mostPairs: usize = <usize>(half / pixel) + 3
  const address = reserve(4 + <usize>to * (8 + 4 * mostPairs))
  const bits = bitsFor(from, to)
  store<i32>(address, bits)
  let at = address + 4
  for (let n = 0; n < to; n++) {
    const centre = (2 * <f64>n + 1) * <f64>from
    // The first and the last pixel whose centre lies within the triangle.
    const before = centre - half - <f64>to
    const first = before < 0 ? 0 : <i32>(before / pixel) + 1
    const last = min(from - 1, <i32>((centre + half - <f64>to - 1) / pixel))
    const start = even ? first & ~1 : first
    const count = ((last - start) | 1) + 1
    store<i32>(at, start)
    store<i32>(at, count >> 1, 4)
    at += 8
    const end = at + <usize>count * 2
    // Of an odd number one end of the last pair is left, and of an even start maybe the other of the first.
    store<i16>(at, 0)
    store<i16>(end - 2, 0)
    at += <usize>(first - start) * 2
    // Sums are rounded instead of weights: what rounding takes from one is given to the next.
    const scale = <f64>(1 << bits) / sumOf(centre, half, <f64>to, first, last)
    let sum: f64 = 0
    let place = (2 * <f64>first + 1) * <f64>to - centre
    let rounded = 0
    for (let k = first; k <= last; k++, at += 2, place += pixel) {
      sum += half - abs(place)
      const next = <i32>nearest(sum * scale)
      store<i16>(at, <i16>(next - rounded))
      rounded = next
    }
    at = end
  }
  return address
}

/** As many bits as let the largest weight fit in 16: of `n` pixels to one it is less than 2 / n of all, and never more than all. */
function bitsFor(from: i32, to: i32): i32 {
  let bits = 14
  while (bits < mostBits && (<i64>to) << (bits - 13) <= from) bits++
  return bits
}

/** The sum of the weights from one pixel to another, which rise by the same from one to the next and then fall by it. */
function sumOf(centre: f64, half: f64, to: f64, first: i32, last: i32): f64 {
  // The first pixel whose centre lies beyond the triangle's.
  const top = nearest(centre / (2 * to))
  const left = top - <f64>first
  const right = <f64>last + 1 - top
  return left * (half - centre + (top + <f64>first) * to) + right * (half + centre - (<f64>last + 1 + top) * to)
}
