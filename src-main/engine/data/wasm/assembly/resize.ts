import { reserve } from './arena'
import { packRow } from './pack'
import { makeWeights } from './weights'

/** Rows that are made at once: each weight along a row is read once for all of them. */
const together = 4
/** A row of more pixels is made alone, or the rows in between would take more memory than the picture. */
const widest = 65536

/**
 * Brings a picture of RGBA, its rows `stride` bytes apart, to a size, with as many channels as `packRow` takes it to, in
 * rows that are `toStride` apart. Of its own size a picture stays as it is.
 */
export function resize(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  to: usize,
  toStride: usize,
  toWidth: i32,
  toHeight: i32,
  channels: i32,
): void {
  if (width === toWidth && height === toHeight) {
    for (let y = 0; y < height; y++, from += stride, to += toStride) packRow(from, to, width, channels)
    return
  }
  const down = makeWeights(height, toHeight, false)
  const along = makeWeights(width, toWidth, true)
  const most = width > widest ? 1 : together
  // As 16 bits a value, in whole steps of `weighRows`.
  const between: usize = ((<usize>width * 4 + 31) & ~31) * 2
  const rows = reserve(between * most)
  const ready: usize = <usize>toWidth * 4
  const pixels = reserve(ready * together)
  const fraction = fractionBits(load<i32>(along))
  let weights = down + 4
  for (let y = 0; y < toHeight; y += most) {
    const count = min(most, toHeight - y)
    for (let n = 0; n < count; n++) {
      weights = weighRows(from, stride, width, height, weights, load<i32>(down), rows + <usize>n * between, fraction)
    }
    weighColumns(rows, most === 1 ? 0 : between, along, fraction, pixels, ready, toWidth)
    for (let n = 0; n < count; n++, to += toStride) packRow(pixels + <usize>n * ready, to, toWidth, channels)
  }
}

/**
 * Values between the two steps have 8 bits and as many of a fraction as leave room for both in 16 bits, and for their sum
 * weighed by weights of `bits` in 32.
 */
function fractionBits(bits: i32): i32 {
  return min(7, 23 - bits)
}

/**
 * One row as high as those that are made, of 16 bits a value, in pairs of pixels: red and red, green and green, and so on.
 * `weights` is the address of the row's weights; gives that of the next row's.
 */
function weighRows(
  from: usize,
  stride: usize,
  width: i32,
  height: i32,
  weights: usize,
  bits: i32,
  to: usize,
  fraction: i32,
): usize {
  const first = load<i32>(weights)
  const pairs = load<i32>(weights, 4)
  weights += 8
  const end = weights + <usize>pairs * 4
  const start = from + <usize>first * stride
  // Beyond the last row there is nothing that could be read, even to be weighed by 0.
  const lastStep: usize = first + pairs * 2 > height ? 0 : stride
  const shift = bits - fraction
  const half = i32x4.splat(1 << (shift - 1))
  const rowEnd = start + <usize>width * 4
  for (let at = start; at < rowEnd; at += 32, to += 64) {
    let a = half
    let b = half
    let c = half
    let d = half
    let e = half
    let f = half
    let g = half
    let h = half
    let row = at
    for (let pair = weights; pair < end; pair += 4, row += stride * 2) {
      const weight = v128.load32_splat(pair)
      const next = row + (pair + 4 === end ? lastStep : stride)
      const low = v128.load(row)
      const lowBelow = v128.load(next)
      const high = v128.load(row, 16)
      const highBelow = v128.load(next, 16)
      a = i32x4.add(a, i32x4.dot_i16x8_s(lowHalf(firstBytes(low, lowBelow)), weight))
      b = i32x4.add(b, i32x4.dot_i16x8_s(highHalf(firstBytes(low, lowBelow)), weight))
      c = i32x4.add(c, i32x4.dot_i16x8_s(lowHalf(lastBytes(low, lowBelow)), weight))
      d = i32x4.add(d, i32x4.dot_i16x8_s(highHalf(lastBytes(low, lowBelow)), weight))
      e = i32x4.add(e, i32x4.dot_i16x8_s(lowHalf(firstBytes(high, highBelow)), weight))
      f = i32x4.add(f, i32x4.dot_i16x8_s(highHalf(firstBytes(high, highBelow)), weight))
      g = i32x4.add(g, i32x4.dot_i16x8_s(lowHalf(lastBytes(high, highBelow)), weight))
      h = i32x4.add(h, i32x4.dot_i16x8_s(highHalf(lastBytes(high, highBelow)), weight))
    }
    v128.store(to, inPairs(a, b, shift))
    v128.store(to, inPairs(c, d, shift), 16)
    v128.store(to, inPairs(e, f, shift), 32)
    v128.store(to, inPairs(g, h, shift), 48)
  }
  return end
}

/** Of two rows the first 8 bytes, in turn. */
function firstBytes(one: v128, other: v128): v128 {
  return i8x16.shuffle(one, other, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}

/** Of two rows the last 8 bytes, in turn. */
function lastBytes(one: v128, other: v128): v128 {
  return i8x16.shuffle(one, other, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
}

function lowHalf(bytes: v128): v128 {
  return i16x8.extend_low_i8x16_u(bytes)
}

function highHalf(bytes: v128): v128 {
  return i16x8.extend_high_i8x16_u(bytes)
}

/** The sums of two pixels side by side as 16 bits a value: red and red, green and green, and so on. */
function inPairs(one: v128, other: v128, shift: i32): v128 {
  const both = i16x8.narrow_i32x4_s(i32x4.shr_s(one, shift), i32x4.shr_s(other, shift))
  return i16x8.shuffle(both, both, 0, 4, 1, 5, 2, 6, 3, 7)
}

/** Four rows of RGBA, `toStride` apart, of rows that `weighRows` made, `stride` apart. */
function weighColumns(
  from: usize,
  stride: usize,
  along: usize,
  fraction: i32,
  to: usize,
  toStride: usize,
  toWidth: i32,
): void {
  const shift = load<i32>(along) + fraction
  const half = i32x4.splat(1 << (shift - 1))
  let weight = along + 4
  const end = to + <usize>toWidth * 4
  for (; to < end; to += 4) {
    let at = from + <usize>load<i32>(weight) * 8
    const last = weight + 8 + <usize>load<i32>(weight, 4) * 4
    let a = half
    let b = half
    let c = half
    let d = half
    for (weight += 8; weight < last; weight += 4, at += 16) {
      const pair = v128.load32_splat(weight)
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), pair))
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at + stride), pair))
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at + stride * 2), pair))
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at + stride * 3), pair))
    }
    const upper = i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift))
    const lower = i16x8.narrow_i32x4_s(i32x4.shr_s(c, shift), i32x4.shr_s(d, shift))
    const pixels = i8x16.narrow_i16x8_u(upper, lower)
    v128.store_lane<u32>(to, pixels, 0)
    v128.store_lane<u32>(to + toStride, pixels, 1)
    v128.store_lane<u32>(to + toStride * 2, pixels, 2)
    v128.store_lane<u32>(to + toStride * 3, pixels, 3)
  }
}
