import { reserve } from './arena'

/** So many bytes are at most 65535 in sum. */
const mostRows = 257

/** The rounded mean of each channel of a picture of bytes in `rows` rows of `columns` cells; 0 where a cell has no pixel. */
export function meanCells(
  values: usize,
  height: i32,
  width: i32,
  channels: i32,
  cells: usize,
  rows: i32,
  columns: i32,
): void {
  const row: usize = <usize>width * channels
  const sums = reserve(((row + 15) & ~15) * 4)
  for (let cellRow = 0; cellRow < rows; cellRow++) {
    const top = firstOf(cellRow, height, rows)
    const bottom = firstOf(cellRow + 1, height, rows)
    sumColumns(values + <usize>top * row, row, bottom - top, sums)
    for (let column = 0; column < columns; column++) {
      const left = firstOf(column, width, columns)
      const right = firstOf(column + 1, width, columns)
      const pixels = max(1, <f64>(right - left) * <f64>(bottom - top))
      const end = sums + <usize>right * channels * 4
      for (let channel = 0; channel < channels; channel++, cells++) {
        let sum: u64 = 0
        for (let at = sums + (<usize>left * channels + channel) * 4; at < end; at += <usize>channels * 4) {
          sum += load<u32>(at)
        }
        store<u8>(cells, <u8>floor(<f64>sum / pixels + 0.5))
      }
    }
  }
}

/** The first of `length` pixels in a row that belongs to a cell of several. */
function firstOf(cell: i32, length: i32, cells: i32): i32 {
  return (cell * length + cells - 1) / cells
}

/** The sums of all bytes of `count` rows that stand below each other, in 32 bits. */
function sumColumns(from: usize, row: usize, count: i32, sums: usize): void {
  const end = from + row
  for (; from < end; from += 16, sums += 64) {
    let a = i32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let at = from
    for (let left = count; left > 0; left -= mostRows) {
      let low = i16x8.splat(0)
      let high = low
      for (let n = min(left, mostRows); n > 0; n--, at += row) {
        const bytes = v128.load(at)
        low = i16x8.add(low, i16x8.extend_low_i8x16_u(bytes))
        high = i16x8.add(high, i16x8.extend_high_i8x16_u(bytes))
      }
      a = i32x4.add(a, i32x4.extend_low_i16x8_u(low))
      b = i32x4.add(b, i32x4.extend_high_i16x8_u(low))
      c = i32x4.add(c, i32x4.extend_low_i16x8_u(high))
      d = i32x4.add(d, i32x4.extend_high_i16x8_u(high))
    }
    v128.store(sums, a)
    v128.store(sums, b, 16)
    v128.store(sums, c, 32)
    v128.store(sums, d, 48)
  }
}
