import { reserve } from './arena'

/**
 * Gives everything around a picture in a sample, `columns` pixels to a row, the colour that most of the picture's border
 * has: of each channel the median, of an even number of values the higher one.
 */
export function fillAround(
  values: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  left: i32,
  top: i32,
  width: i32,
  height: i32,
): void {
  const row: usize = <usize>columns * channels
  const pattern = reserve(row)
  const counts = reserve(256 * 4)
  const corner = values + <usize>top * row + <usize>left * channels
  for (let channel = 0; channel < channels; channel++) {
    const colour = borderValue(corner + channel, row, channels, width, height, counts)
    for (let at: usize = channel; at < row; at += channels) store<u8>(pattern + at, colour)
  }
  const before: usize = <usize>left * channels
  const behind: usize = before + <usize>width * channels
  for (let y = 0; y < rows; y++, values += row) {
    if (y < top || y >= top + height) {
      copy(values, pattern, row)
    } else {
      copy(values, pattern, before)
      copy(values + behind, pattern + behind, row - behind)
    }
  }
}

/** The median of one channel along a picture's border; corners count twice. */
function borderValue(corner: usize, row: usize, channels: i32, width: i32, height: i32, counts: usize): u8 {
  memory.fill(counts, 0, 256 * 4)
  countAlong(counts, corner, channels, width)
  countAlong(counts, corner + <usize>(height - 1) * row, channels, width)
  countAlong(counts, corner, row, height)
  countAlong(counts, corner + <usize>(width - 1) * channels, row, height)
  let value = 0
  for (let seen = load<i32>(counts); seen <= width + height; seen += load<i32>(counts + ((<usize>value) << 2))) value++
  return <u8>value
}

/** Counts `length` values, `step` apart. */
function countAlong(counts: usize, at: usize, step: usize, length: i32): void {
  for (let n = 0; n < length; n++, at += step) {
    const count = counts + ((<usize>load<u8>(at)) << 2)
    store<i32>(count, load<i32>(count) + 1)
  }
}

/** Mostly a few bytes, for which a call of `memory.copy` takes longer. */
function copy(to: usize, from: usize, length: usize): void {
  if (length < 16) {
    for (let n: usize = 0; n < length; n++) store<u8>(to + n, load<u8>(from + n))
    return
  }
  const last = length - 16
  for (let n: usize = 0; n < last; n += 16) v128.store(to + n, v128.load(from + n))
  v128.store(to + last, v128.load(from + last))
}
