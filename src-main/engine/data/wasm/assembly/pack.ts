/** Takes a row of RGBA to grey values, to RGB or, of other numbers of channels, to the colours that there is room for, and 0. */
export function packRow(from: usize, to: usize, pixels: i32, channels: i32): void {
  if (channels === 1) greyRow(from, to, pixels)
  else if (channels === 3) colourRow(from, to, pixels)
  else otherRow(from, to, pixels, channels)
}

function otherRow(from: usize, to: usize, pixels: i32, channels: i32): void {
  for (let pixel = 0; pixel < pixels; pixel++, from += 4) {
    for (let channel = 0; channel < channels; channel++, to++) {
      store<u8>(to, channel < 3 ? load<u8>(from + channel) : 0)
    }
  }
}

function colourRow(from: usize, to: usize, pixels: i32): void {
  const whole = from + <usize>(pixels & ~3) * 4
  const end = from + <usize>pixels * 4
  for (; from < whole; from += 16, to += 12) {
    const four = v128.load(from)
    const packed = i8x16.shuffle(four, four, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0)
    v128.store_lane<u64>(to, packed, 0)
    v128.store_lane<u32>(to, packed, 2, 8)
  }
  for (; from < end; from += 4, to += 3) {
    store<u16>(to, load<u16>(from))
    store<u8>(to, load<u8>(from, 2), 2)
  }
}

function greyRow(from: usize, to: usize, pixels: i32): void {
  const whole = from + <usize>(pixels & ~3) * 4
  for (; from < whole; from += 16, to += 4) v128.store_lane<u32>(to, greyOf(v128.load(from)), 0)
  const rest = greyOf(v128.load(from))
  const left = pixels & 3
  if (left > 0) v128.store_lane<u8>(to, rest, 0)
  if (left > 1) v128.store_lane<u8>(to, rest, 1, 1)
  if (left > 2) v128.store_lane<u8>(to, rest, 2, 2)
}

/** ITU-R BT.601 luma of four pixels of RGBA, rounded, in the first four bytes. */
function greyOf(pixels: v128): v128 {
  const weights = i16x8(299, 587, 114, 0, 299, 587, 114, 0)
  const one = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pixels), weights)
  const other = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pixels), weights)
  const redGreen = i32x4.shuffle(one, other, 0, 2, 4, 6)
  const thousandths = i32x4.add(i32x4.add(redGreen, i32x4.shuffle(one, other, 1, 3, 5, 7)), i32x4.splat(500))
  // Divides by 8 and by 125, the latter exactly for all that 15 bits hold.
  const grey = i32x4.shr_u(i32x4.mul(i32x4.shr_u(thousandths, 3), i32x4.splat(67109)), 23)
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(grey, grey), grey)
}
