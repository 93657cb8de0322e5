/**
 * The inverse discrete cosine transform of 8 × 8 coefficients by integers (Loeffler, Ligtenberg and Moschytz 1989, with 12
 * multiplications), exactly as libjpeg's accurate one rounds it: constants of 13 bits, first the columns, whose results keep
 * 2 more bits, then the rows. Sums of products are of two terms each, so that one instruction makes four of them.
 */

const scaleBits: i32 = 13
const extraBits: i32 = 2

/** The constants of 13 bits: multiples of cosines, as the paper's graph has them. */
const c0541: i32 = 4433
const c0765: i32 = 6270
const c1847: i32 = 15137
const c1175: i32 = 9633
const c0298: i32 = 2446
const c2053: i32 = 16819
const c3072: i32 = 25172
const c1501: i32 = 12299
const c0899: i32 = 7373
const c2562: i32 = 20995
const c1961: i32 = 16069
const c0390: i32 = 3196

/** Eight vectors of eight numbers of 16 bits: what comes out of a pass. */
const between = memory.data(128, 16)

/** Two constants, four times. */
function pair(first: i32, second: i32): v128 {
  return i32x4.splat((first & 0xffff) | (second << 16))
}

function lowPairs(one: v128, other: v128): v128 {
  return v128.shuffle<i16>(one, other, 0, 8, 1, 9, 2, 10, 3, 11)
}

function highPairs(one: v128, other: v128): v128 {
  return v128.shuffle<i16>(one, other, 4, 12, 5, 13, 6, 14, 7, 15)
}

function narrowed(low: v128, high: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, shift), i32x4.shr_s(high, shift))
}

/** One pass over eight columns at once; row `n` goes to `between`. `bias` is what makes shifts round, and more. */
function pass(
  in0: v128,
  in1: v128,
  in2: v128,
  in3: v128,
  in4: v128,
  in5: v128,
  in6: v128,
  in7: v128,
  bias: v128,
  shift: i32,
): void {
  const z3 = i16x8.add(in7, in3)
  const z4 = i16x8.add(in5, in1)

  let even = lowPairs(in2, in6)
  let outer = i32x4.dot_i16x8_s(even, pair(c0541 + c0765, c0541))
  let inner = i32x4.dot_i16x8_s(even, pair(c0541, c0541 - c1847))
  even = lowPairs(in0, in4)
  let sum = i32x4.add(i32x4.dot_i16x8_s(even, pair(1 << scaleBits, 1 << scaleBits)), bias)
  let difference = i32x4.add(i32x4.dot_i16x8_s(even, pair(1 << scaleBits, -(1 << scaleBits))), bias)
  const low10 = i32x4.add(sum, outer)
  const low13 = i32x4.sub(sum, outer)
  const low11 = i32x4.add(difference, inner)
  const low12 = i32x4.sub(difference, inner)
  even = highPairs(in2, in6)
  outer = i32x4.dot_i16x8_s(even, pair(c0541 + c0765, c0541))
  inner = i32x4.dot_i16x8_s(even, pair(c0541, c0541 - c1847))
  even = highPairs(in0, in4)
  sum = i32x4.add(i32x4.dot_i16x8_s(even, pair(1 << scaleBits, 1 << scaleBits)), bias)
  difference = i32x4.add(i32x4.dot_i16x8_s(even, pair(1 << scaleBits, -(1 << scaleBits))), bias)
  const high10 = i32x4.add(sum, outer)
  const high13 = i32x4.sub(sum, outer)
  const high11 = i32x4.add(difference, inner)
  const high12 = i32x4.sub(difference, inner)

  let odd = lowPairs(z3, z4)
  const low3 = i32x4.dot_i16x8_s(odd, pair(c1175 - c1961, c1175))
  const low4 = i32x4.dot_i16x8_s(odd, pair(c1175, c1175 - c0390))
  odd = highPairs(z3, z4)
  const high3 = i32x4.dot_i16x8_s(odd, pair(c1175 - c1961, c1175))
  const high4 = i32x4.dot_i16x8_s(odd, pair(c1175, c1175 - c0390))

  let oddLow = lowPairs(in7, in1)
  let oddHigh = highPairs(in7, in1)
  let low = i32x4.add(i32x4.dot_i16x8_s(oddLow, pair(-c0899, c1501 - c0899)), low4)
  let high = i32x4.add(i32x4.dot_i16x8_s(oddHigh, pair(-c0899, c1501 - c0899)), high4)
  v128.store(between, narrowed(i32x4.add(low10, low), i32x4.add(high10, high), shift))
  v128.store(between, narrowed(i32x4.sub(low10, low), i32x4.sub(high10, high), shift), 112)
  low = i32x4.add(i32x4.dot_i16x8_s(oddLow, pair(c0298 - c0899, -c0899)), low3)
  high = i32x4.add(i32x4.dot_i16x8_s(oddHigh, pair(c0298 - c0899, -c0899)), high3)
  v128.store(between, narrowed(i32x4.add(low13, low), i32x4.add(high13, high), shift), 48)
  v128.store(between, narrowed(i32x4.sub(low13, low), i32x4.sub(high13, high), shift), 64)

  oddLow = lowPairs(in5, in3)
  oddHigh = highPairs(in5, in3)
  low = i32x4.add(i32x4.dot_i16x8_s(oddLow, pair(-c2562, c3072 - c2562)), low3)
  high = i32x4.add(i32x4.dot_i16x8_s(oddHigh, pair(-c2562, c3072 - c2562)), high3)
  v128.store(between, narrowed(i32x4.add(low11, low), i32x4.add(high11, high), shift), 16)
  v128.store(between, narrowed(i32x4.sub(low11, low), i32x4.sub(high11, high), shift), 96)
  low = i32x4.add(i32x4.dot_i16x8_s(oddLow, pair(c2053 - c2562, -c2562)), low4)
  high = i32x4.add(i32x4.dot_i16x8_s(oddHigh, pair(c2053 - c2562, -c2562)), high4)
  v128.store(between, narrowed(i32x4.add(low12, low), i32x4.add(high12, high), shift), 32)
  v128.store(between, narrowed(i32x4.sub(low12, low), i32x4.sub(high12, high), shift), 80)
}

function row(block: usize, quantizers: usize, n: usize): v128 {
  return i16x8.mul(v128.load(block + n * 16), v128.load(quantizers + n * 16))
}

/** Eight rows of 8 bytes at `to`, `stride` apart, of a block's 64 coefficients and what they are multiples of (16 bits each). */
export function transform(block: usize, quantizers: usize, to: usize, stride: usize): void {
  pass(
    row(block, quantizers, 0),
    row(block, quantizers, 1),
    row(block, quantizers, 2),
    row(block, quantizers, 3),
    row(block, quantizers, 4),
    row(block, quantizers, 5),
    row(block, quantizers, 6),
    row(block, quantizers, 7),
    i32x4.splat(1 << (scaleBits - extraBits - 1)),
    scaleBits - extraBits,
  )
  // Rows become columns: neighbours first, then pairs of them, then fours.
  const r0 = v128.load(between)
  const r1 = v128.load(between, 16)
  const r2 = v128.load(between, 32)
  const r3 = v128.load(between, 48)
  const r4 = v128.load(between, 64)
  const r5 = v128.load(between, 80)
  const r6 = v128.load(between, 96)
  const r7 = v128.load(between, 112)
  const a0 = lowPairs(r0, r1)
  const a1 = highPairs(r0, r1)
  const a2 = lowPairs(r2, r3)
  const a3 = highPairs(r2, r3)
  const a4 = lowPairs(r4, r5)
  const a5 = highPairs(r4, r5)
  const a6 = lowPairs(r6, r7)
  const a7 = highPairs(r6, r7)
  const b0 = v128.shuffle<i32>(a0, a2, 0, 4, 1, 5)
  const b1 = v128.shuffle<i32>(a0, a2, 2, 6, 3, 7)
  const b2 = v128.shuffle<i32>(a1, a3, 0, 4, 1, 5)
  const b3 = v128.shuffle<i32>(a1, a3, 2, 6, 3, 7)
  const b4 = v128.shuffle<i32>(a4, a6, 0, 4, 1, 5)
  const b5 = v128.shuffle<i32>(a4, a6, 2, 6, 3, 7)
  const b6 = v128.shuffle<i32>(a5, a7, 0, 4, 1, 5)
  const b7 = v128.shuffle<i32>(a5, a7, 2, 6, 3, 7)
  const shift = scaleBits + extraBits + 3
  pass(
    v128.shuffle<i64>(b0, b4, 0, 2),
    v128.shuffle<i64>(b0, b4, 1, 3),
    v128.shuffle<i64>(b1, b5, 0, 2),
    v128.shuffle<i64>(b1, b5, 1, 3),
    v128.shuffle<i64>(b2, b6, 0, 2),
    v128.shuffle<i64>(b2, b6, 1, 3),
    v128.shuffle<i64>(b3, b7, 0, 2),
    v128.shuffle<i64>(b3, b7, 1, 3),
    // Half of what is shifted out, and the middle of the range of bytes.
    i32x4.splat((1 << (shift - 1)) + (128 << shift)),
    shift,
  )
  storeRows(to, stride)
}

/** So many coefficients, in the order in which they come, lie in the first four rows and columns. */
export const fewCoefficients: i32 = 10

/** As `transform`, of a block with nothing beyond its first four rows and columns, in half the time: what is 0 is left out. */
export function transformFew(block: usize, quantizers: usize, to: usize, stride: usize): void {
  const in1 = row(block, quantizers, 1)
  const in2 = row(block, quantizers, 2)
  const odd = lowPairs(row(block, quantizers, 3), in1)
  let even = i32x4.shl(i32x4.extend_low_i16x8_s(row(block, quantizers, 0)), scaleBits)
  const shift = scaleBits - extraBits
  even = i32x4.add(even, i32x4.splat(1 << (shift - 1)))
  const outer = i32x4.extmul_low_i16x8_s(in2, i16x8.splat(<i16>(c0541 + c0765)))
  const inner = i32x4.extmul_low_i16x8_s(in2, i16x8.splat(<i16>c0541))
  const even0 = i32x4.add(even, outer)
  const even1 = i32x4.add(even, inner)
  const even2 = i32x4.sub(even, inner)
  const even3 = i32x4.sub(even, outer)
  const odd0 = i32x4.dot_i16x8_s(odd, pair(few0From3, few0From1))
  const odd1 = i32x4.dot_i16x8_s(odd, pair(few1From3, few1From1))
  const odd2 = i32x4.dot_i16x8_s(odd, pair(few2From3, few2From1))
  const odd3 = i32x4.dot_i16x8_s(odd, pair(few3From3, few3From1))
  // Of each two rows the first four columns; then each column's four rows.
  const r01 = narrowed(i32x4.add(even0, odd0), i32x4.add(even1, odd1), shift)
  const r23 = narrowed(i32x4.add(even2, odd2), i32x4.add(even3, odd3), shift)
  const r45 = narrowed(i32x4.sub(even3, odd3), i32x4.sub(even2, odd2), shift)
  const r67 = narrowed(i32x4.sub(even1, odd1), i32x4.sub(even0, odd0), shift)
  const above01 = v128.shuffle<i16>(r01, r23, 0, 4, 8, 12, 1, 5, 9, 13)
  const above23 = v128.shuffle<i16>(r01, r23, 2, 6, 10, 14, 3, 7, 11, 15)
  const below01 = v128.shuffle<i16>(r45, r67, 0, 4, 8, 12, 1, 5, 9, 13)
  const below23 = v128.shuffle<i16>(r45, r67, 2, 6, 10, 14, 3, 7, 11, 15)
  fewColumns(
    v128.shuffle<i64>(above01, below01, 0, 2),
    v128.shuffle<i64>(above01, below01, 1, 3),
    v128.shuffle<i64>(above23, below23, 0, 2),
    v128.shuffle<i64>(above23, below23, 1, 3),
  )
  storeRows(to, stride)
}

/** What the third and the first of four numbers add to the odd part of each of the first four results, by `pass`'s constants. */
const few0From3: i32 = c1175
const few0From1: i32 = c1175 - c0390 + c1501 - c0899
const few1From3: i32 = c1175 - c1961 + c3072 - c2562
const few1From1: i32 = c1175
const few2From3: i32 = c1175 - c2562
const few2From1: i32 = c1175 - c0390
const few3From3: i32 = c1175 - c1961
const few3From1: i32 = c1175 - c0899

/** The second pass, as `pass` over four columns of which all others are 0. */
function fewColumns(in0: v128, in1: v128, in2: v128, in3: v128): void {
  const shift = scaleBits + extraBits + 3
  const bias = i32x4.splat((1 << (shift - 1)) + (128 << shift))
  const low = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(in0), scaleBits), bias)
  const high = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(in0), scaleBits), bias)
  const oddLow = lowPairs(in3, in1)
  const oddHigh = highPairs(in3, in1)
  const outer = i16x8.splat(<i16>(c0541 + c0765))
  const inner = i16x8.splat(<i16>c0541)
  let evenLow = i32x4.extmul_low_i16x8_s(in2, outer)
  let evenHigh = i32x4.extmul_high_i16x8_s(in2, outer)
  storeTwo(0, i32x4.add(low, evenLow), i32x4.add(high, evenHigh), oddLow, oddHigh, pair(few0From3, few0From1))
  storeTwo(3, i32x4.sub(low, evenLow), i32x4.sub(high, evenHigh), oddLow, oddHigh, pair(few3From3, few3From1))
  evenLow = i32x4.extmul_low_i16x8_s(in2, inner)
  evenHigh = i32x4.extmul_high_i16x8_s(in2, inner)
  storeTwo(1, i32x4.add(low, evenLow), i32x4.add(high, evenHigh), oddLow, oddHigh, pair(few1From3, few1From1))
  storeTwo(2, i32x4.sub(low, evenLow), i32x4.sub(high, evenHigh), oddLow, oddHigh, pair(few2From3, few2From1))
}

/** Two results of a pass, as far from the first as from the last: the even part with the odd one, and without it. */
function storeTwo(n: usize, low: v128, high: v128, oddLow: v128, oddHigh: v128, factors: v128): void {
  const shift = scaleBits + extraBits + 3
  const ownLow = i32x4.dot_i16x8_s(oddLow, factors)
  const ownHigh = i32x4.dot_i16x8_s(oddHigh, factors)
  v128.store(between + n * 16, narrowed(i32x4.add(low, ownLow), i32x4.add(high, ownHigh), shift))
  v128.store(between + 112 - n * 16, narrowed(i32x4.sub(low, ownLow), i32x4.sub(high, ownHigh), shift))
}

/** Columns of numbers in `between` become rows of bytes. */
function storeRows(to: usize, stride: usize): void {
  const c01 = i8x16.narrow_i16x8_u(v128.load(between), v128.load(between, 16))
  const c23 = i8x16.narrow_i16x8_u(v128.load(between, 32), v128.load(between, 48))
  const c45 = i8x16.narrow_i16x8_u(v128.load(between, 64), v128.load(between, 80))
  const c67 = i8x16.narrow_i16x8_u(v128.load(between, 96), v128.load(between, 112))
  const p01 = v128.shuffle<i8>(c01, c01, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  const p23 = v128.shuffle<i8>(c23, c23, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  const p45 = v128.shuffle<i8>(c45, c45, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  const p67 = v128.shuffle<i8>(c67, c67, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)
  const q03 = lowPairs(p01, p23)
  const s03 = highPairs(p01, p23)
  const q47 = lowPairs(p45, p67)
  const s47 = highPairs(p45, p67)
  const row01 = v128.shuffle<i32>(q03, q47, 0, 4, 1, 5)
  const row23 = v128.shuffle<i32>(q03, q47, 2, 6, 3, 7)
  const row45 = v128.shuffle<i32>(s03, s47, 0, 4, 1, 5)
  const row67 = v128.shuffle<i32>(s03, s47, 2, 6, 3, 7)
  v128.store64_lane(to, row01, 0)
  v128.store64_lane(to + stride, row01, 1)
  v128.store64_lane(to + 2 * stride, row23, 0)
  v128.store64_lane(to + 3 * stride, row23, 1)
  v128.store64_lane(to + 4 * stride, row45, 0)
  v128.store64_lane(to + 5 * stride, row45, 1)
  v128.store64_lane(to + 6 * stride, row67, 0)
  v128.store64_lane(to + 7 * stride, row67, 1)
}

/** As `transform`, of a block whose first coefficient is its only one: all its pixels are alike. */
export function transformFirst(first: i32, quantizer: i32, to: usize, stride: usize): void {
  const value = ((<i32>(<i16>(first * quantizer)) + 4) >> 3) + 128
  const byte = <u64>max(0, min(255, value))
  const eight = byte * 0x0101010101010101
  for (let y = 0; y < 8; y++, to += stride) store<u64>(to, eight)
}
