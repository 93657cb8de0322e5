import { reserve } from './arena'

/**
 * The coded data of a scan without its stuffed bytes, in segments that restart markers end (ITU-T T.81, B.1.1.5 and F.2.2.5).
 */

/** So many bits are looked up at once. */
export const lookBits: i32 = 10

/** More bytes than a unit of coded data may take: 6 blocks of 64 coefficients, of at most 31 bits each. */
const mostUnitBytes: usize = 2048

/** Where the data of all segments lies, one after another; there is room for a whole file and a unit that is not in it. */
let data: usize = 0
/** Where each segment ends, as 32-bit offsets into the data. */
let ends: usize = 0
let mostEnds: i32 = 0
let segments: i32 = 0

/** The next 64 bits at most, the first one on top; `held` of them are valid. */
export let bits: u64 = 0
export let held: i32 = 0
/** Where the bits after these lie. */
export let position: usize = 0
let end: usize = 0

export function keep(newBits: u64, newHeld: i32, newPosition: usize): void {
  bits = newBits
  held = newHeld
  position = newPosition
}

/** Takes memory for the data of a file's scans, of which there is one at a time. */
export function makeRoom(fileBytes: usize): void {
  data = reserve(fileBytes + mostUnitBytes)
  mostEnds = 0
}

/**
 * Takes the data from `from` on up to the next marker that ends it, and gives that marker's address; 0 where there is
 * none before `to`, or where it is not in `expected` segments with their restart markers in order.
 */
export function unstuff(from: usize, to: usize, expected: i32): usize {
  if (expected > mostEnds) {
    ends = reserve((<usize>expected) << 2)
    mostEnds = expected
  }
  segments = 0
  let at = from
  let out = data
  while (at < to) {
    // Up to the next byte of ones, 16 at a time; what is copied too much is overwritten.
    const piece = v128.load(at)
    v128.store(out, piece)
    const ones = i8x16.bitmask(i8x16.eq(piece, i8x16.splat(-1)))
    const plain = ones ? ctz(ones) : 16
    at += plain
    out += plain
    if (ones == 0) continue
    if (at + 1 >= to) return 0
    const code = <i32>load<u8>(at, 1)
    if (code == 0) {
      store<u8>(out, 0xff)
      out += 1
      at += 2
      continue
    }
    if (segments >= expected) return 0
    store<u32>(ends + ((<usize>segments) << 2), <u32>(out - data))
    segments++
    // What is read beyond the end counts as damage, whatever it is.
    if (code < 0xd0 || code > 0xd7) return segments == expected ? at : 0
    if ((code & 7) != ((segments - 1) & 7)) return 0
    at += 2
  }
  return 0
}

/** Makes sure that there are 32 bits at least. */
export function fill(): void {
  if (held >= 32) return
  bits |= eightBytes(position) >> held
  position += (63 - held) >> 3
  held |= 56
}

/** Goes on by as many bits. */
export function skip(count: i32): void {
  bits <<= count
  held -= count
}

/** The next bits, from 1 to 16, as a number. */
export function take(count: i32): i32 {
  fill()
  const number = <i32>(bits >> (64 - count))
  skip(count)
  return number
}

/** Begins with a segment. */
export function begin(segment: i32): void {
  const first = segment == 0 ? 0 : load<u32>(ends + ((<usize>(segment - 1)) << 2))
  position = data + first
  end = data + load<u32>(ends + ((<usize>segment) << 2))
  bits = 0
  held = 0
}

/** Whether a segment was read to its end, but for the bits that fill its last byte, and no further. */
export function ended(): bool {
  const left = (<i64>end - <i64>position) * 8 + held
  return left >= 0 && left < 8
}

/** Whether more was read than a segment has; what is read ahead does not count. */
export function overran(): bool {
  return position > end + 8
}

/** The eight bytes at an address as one number, the first byte on top. */
export function eightBytes(at: usize): u64 {
  const read = v128.load64_zero(at)
  return i64x2.extract_lane(i8x16.shuffle(read, read, 7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0), 0)
}
