import { addToDigest, beginDigest, endDigest } from './digest'
import { meanCells } from './grid'

/** Where a print's parts begin; see prints.ts. */
const digestAt: usize = 1
const cellsAt: usize = 17

/** The print of a picture of bytes, packed: whether all of them are the same and, if not, their digest and their `meanCells`. */
export function printPicture(
  values: usize,
  height: i32,
  width: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  to: usize,
): void {
  const length = <usize>height * width * channels
  const constant = isConstant(values, length)
  store<u8>(to, constant ? 1 : 0)
  if (constant) return
  beginDigest()
  addToDigest(values, length)
  endDigest(to + digestAt)
  meanCells(values, height, width, channels, to + cellsAt, rows, columns)
}

/** Most pictures are found not to be within their first bytes. */
function isConstant(values: usize, length: usize): bool {
  const first = load<u8>(values)
  const end = values + length
  while (++values < end) if (load<u8>(values) !== first) return false
  return true
}
