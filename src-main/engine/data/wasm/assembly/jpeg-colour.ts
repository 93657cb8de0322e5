/**
 * Planes of luma and colour differences become pixels, exactly as libjpeg rounds them: the colours' planes are made as wide
 * and high as the luma's by a triangle filter ("fancy upsampling": 3/4 of the nearer value, 1/4 of the other), then all
 * become RGB by JFIF's equations, whose constants have 16 bits.
 */

const half: i32 = 1 << 15

/** 1.402, less 1; 1.772, less 2; 0.34414; 0.71414, less 1: times 65536. */
const crToRed: i32 = 26345
const cbToBlue: i32 = -14942
const cbToGreen: i32 = -22554
const crToGreen: i32 = 18734

function pair(first: i32, second: i32): v128 {
  return i32x4.splat((first & 0xffff) | (second << 16))
}

/** The products' upper halves, rounded, of eight numbers of 16 bits by `first`, and by what the others are, by `second`. */
function scaled(one: v128, other: v128, factors: v128, bias: v128): v128 {
  const low = i32x4.dot_i16x8_s(v128.shuffle<i16>(one, other, 0, 8, 1, 9, 2, 10, 3, 11), factors)
  const high = i32x4.dot_i16x8_s(v128.shuffle<i16>(one, other, 4, 12, 5, 13, 6, 14, 7, 15), factors)
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, bias), 16), i32x4.shr_s(i32x4.add(high, bias), 16))
}

/** A row of `width` pixels of RGBA from rows of luma and colour differences; up to 7 pixels more are written. */
export function colourRow(luma: usize, cb: usize, cr: usize, to: usize, width: i32): void {
  const middle = i16x8.splat(128)
  const opaque = i16x8.splat(255)
  const bias = i32x4.splat(half)
  for (let x: usize = 0; x < <usize>width; x += 8) {
    const y = v128.load8x8_u(luma + x)
    const blueness = i16x8.sub(v128.load8x8_u(cb + x), middle)
    const redness = i16x8.sub(v128.load8x8_u(cr + x), middle)
    const none = i16x8.splat(0)
    const red = i16x8.add(i16x8.add(y, redness), scaled(redness, none, pair(crToRed, 0), bias))
    const twice = i16x8.add(blueness, blueness)
    const blue = i16x8.add(i16x8.add(y, twice), scaled(blueness, none, pair(cbToBlue, 0), bias))
    const green = i16x8.add(i16x8.sub(y, redness), scaled(blueness, redness, pair(cbToGreen, crToGreen), bias))
    const redGreen = i8x16.narrow_i16x8_u(red, green)
    const blueAlpha = i8x16.narrow_i16x8_u(blue, opaque)
    const at = to + (x << 2)
    v128.store(at, v128.shuffle<i8>(redGreen, blueAlpha, 0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27))
    v128.store(
      at,
      v128.shuffle<i8>(redGreen, blueAlpha, 4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31),
      16,
    )
  }
}

/** A row of `width` grey pixels as RGBA; up to 15 pixels more are written. */
export function greyRow(luma: usize, to: usize, width: i32): void {
  const opaque = i8x16.splat(-1)
  for (let x: usize = 0; x < <usize>width; x += 16) {
    const y = v128.load(luma + x)
    const at = to + (x << 2)
    v128.store(at, v128.shuffle<i8>(y, opaque, 0, 0, 0, 16, 1, 1, 1, 16, 2, 2, 2, 16, 3, 3, 3, 16))
    v128.store(at, v128.shuffle<i8>(y, opaque, 4, 4, 4, 16, 5, 5, 5, 16, 6, 6, 6, 16, 7, 7, 7, 16), 16)
    v128.store(at, v128.shuffle<i8>(y, opaque, 8, 8, 8, 16, 9, 9, 9, 16, 10, 10, 10, 16, 11, 11, 11, 16), 32)
    v128.store(at, v128.shuffle<i8>(y, opaque, 12, 12, 12, 16, 13, 13, 13, 16, 14, 14, 14, 16, 15, 15, 15, 16), 48)
  }
}

/**
 * A row twice as wide: between its values others, by 3/4 and 1/4. `sums` has room for `width` + 16 numbers of 16 bits.
 */
export function widenRow(from: usize, to: usize, width: i32, sums: usize): void {
  const row = sums + 16
  for (let x: usize = 0; x < <usize>width; x += 8) v128.store(row + (x << 1), v128.load8x8_u(from + x))
  interpolate(row, to, width, i16x8.splat(1), i16x8.splat(2), 2)
}

/** As `widenRow`, of a row between two of the plane: `near` counts 3/4, `far` 1/4. */
export function widenRows(near: usize, far: usize, to: usize, width: i32, sums: usize): void {
  const row = sums + 16
  const three = i16x8.splat(3)
  for (let x: usize = 0; x < <usize>width; x += 8) {
    const sum = i16x8.add(i16x8.mul(v128.load8x8_u(near + x), three), v128.load8x8_u(far + x))
    v128.store(row + (x << 1), sum)
  }
  interpolate(row, to, width, i16x8.splat(8), i16x8.splat(7), 4)
}

/** Twice as many bytes as there are numbers in a row: 3/4 of one, 1/4 of the one before, then of the one after. */
function interpolate(row: usize, to: usize, width: i32, biasLeft: v128, biasRight: v128, shift: i32): void {
  // Beyond its ends the row goes on as it ends.
  store<u16>(row - 2, load<u16>(row))
  const end = row + ((<usize>width) << 1)
  store<u16>(end, load<u16>(end - 2))
  const three = i16x8.splat(3)
  for (let x: usize = 0; x < <usize>width; x += 8) {
    const at = row + (x << 1)
    const own = i16x8.mul(v128.load(at), three)
    const left = i16x8.shr_u(i16x8.add(i16x8.add(own, v128.load(at - 2)), biasLeft), shift)
    const right = i16x8.shr_u(i16x8.add(i16x8.add(own, v128.load(at + 2)), biasRight), shift)
    v128.store(to + (x << 1), v128.or(left, i16x8.shl(right, 8)))
  }
}
