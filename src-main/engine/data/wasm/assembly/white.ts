/**
 * Bytes as RGBA: grey, grey with alpha, RGB or RGBA (1 to 4 channels). What is transparent is laid on white; the fourth
 * byte says nothing then.
 */
export function layOnWhite(from: usize, channels: i32, pixels: i32, to: usize): void {
  const spread = spreadOf(channels)
  const end = to + <usize>pixels * 4
  // Behind the last pixels there is room in either piece of memory.
  if (channels & 1) {
    const opaque = i32x4.splat(0xff000000)
    for (; to < end; from += 4 * channels, to += 16)
      v128.store(to, v128.or(i8x16.swizzle(v128.load(from), spread), opaque))
  } else {
    for (; to < end; from += 4 * channels, to += 16) v128.store(to, blended(i8x16.swizzle(v128.load(from), spread)))
  }
}

/** Where red, green, blue and alpha of four pixels are; beyond the 16 bytes where there is none. */
function spreadOf(channels: i32): v128 {
  if (channels === 1) return i8x16(0, 0, 0, 16, 1, 1, 1, 16, 2, 2, 2, 16, 3, 3, 3, 16)
  if (channels === 2) return i8x16(0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)
  if (channels === 3) return i8x16(0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11, 16)
  return i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}

/** Four pixels on white: `white + (value - white) * alpha`, rounded. */
function blended(pixels: v128): v128 {
  const alpha = i8x16.shuffle(pixels, pixels, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15)
  const dark = v128.not(pixels)
  const low = over255(i16x8.extmul_low_i8x16_u(dark, alpha))
  const high = over255(i16x8.extmul_high_i8x16_u(dark, alpha))
  return v128.not(i8x16.narrow_i16x8_u(low, high))
}

/** Products of two bytes divided by 255 and rounded, which is exact; there is no half. */
function over255(products: v128): v128 {
  const more = i16x8.add(products, i16x8.splat(128))
  return i16x8.shr_u(i16x8.add(more, i16x8.shr_u(more, 8)), 8)
}
