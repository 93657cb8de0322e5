/** Pixels of RGBA without what says nothing. */

/** Red, green and blue of `count` pixels; up to 16 bytes more are written. */
export function rgbFromRgba(rgba: usize, count: i32, to: usize): void {
  for (let n: i32 = 0; n < count; n += 4, rgba += 16, to += 12) {
    const four = v128.load(rgba)
    v128.store(to, v128.shuffle<i8>(four, four, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15))
  }
}

/** One value of each of `count` grey pixels; up to 16 bytes more are written. */
export function greyFromRgba(rgba: usize, count: i32, to: usize): void {
  for (let n: i32 = 0; n < count; n += 4, rgba += 16, to += 4) {
    const four = v128.load(rgba)
    v128.store32_lane(to, v128.shuffle<i8>(four, four, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0)
  }
}
