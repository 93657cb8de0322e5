/**
 * Where the coefficients lie in a block, in bytes, in the order in which they come (ITU-T T.81, figure A.6); a run that
 * leads out of a block ends at its last one.
 */
const order = memory.data<u8>([
  0, 2, 16, 32, 18, 4, 6, 20, 34, 48, 64, 50, 36, 22, 8, 10, 24, 38, 52, 66, 80, 96, 82, 68, 54, 40, 26, 12, 14, 28, 42,
  56, 70, 84, 98, 112, 114, 100, 86, 72, 58, 44, 30, 46, 60, 74, 88, 102, 116, 118, 104, 90, 76, 62, 78, 92, 106, 120,
  122, 108, 94, 110, 124, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126,
])

/** The place of a coefficient of 16 bits by its number, up to 79, in bytes. */
export function placeOf(number: i32): usize {
  return <usize>load<u8>(order + number)
}
