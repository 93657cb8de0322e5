/**
 * A picture of RGBA turned or mirrored: `width` and `height` are those that it gets, `first` is the number of the pixel that
 * comes first, `alongX` and `alongY` how far the next one lies to the right and below.
 */
export function turn(from: usize, width: i32, height: i32, first: i32, alongX: i32, alongY: i32, to: usize): void {
  for (let y: i32 = 0; y < height; y++) {
    let pixel = first + y * alongY
    for (let x: i32 = 0; x < width; x++, pixel += alongX, to += 4) {
      store<u32>(to, load<u32>(from + ((<usize>pixel) << 2)))
    }
  }
}
