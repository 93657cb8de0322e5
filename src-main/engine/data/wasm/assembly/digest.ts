/**
 * MurmurHash3 for 64-bit processors (Appleby 2011, x64_128, seed 0): 128 bits that tell equal bytes from others. It is no
 * cryptographic hash and need not be one: whoever makes files on purpose whose samples have the same digest only gets
 * samples of their own called equal, while of other samples even billions hardly ever share one.
 */

const one: u64 = 0x87c37b91114253d5
const other: u64 = 0x4cf5ad432745937f

let first: u64 = 0
let second: u64 = 0
let total: u64 = 0

export function beginDigest(): void {
  first = 0
  second = 0
  total = 0
}

/** Takes in `length` bytes, of all pieces but the last a multiple of 16. */
export function addToDigest(at: usize, length: usize): void {
  total += length
  let a = first
  let b = second
  const end = at + (length & ~15)
  for (; at < end; at += 16) {
    a = rotl(a ^ mixedFirst(load<u64>(at)), 27) + b
    a = a * 5 + 0x52dce729
    b = rotl(b ^ mixedSecond(load<u64>(at, 8)), 31) + a
    b = b * 5 + 0x38495ab5
  }
  // What is left is mixed in as if zeros came behind it.
  const left = length & 15
  first = a ^ mixedFirst(bytesAt(at, min(left, 8)))
  second = b ^ mixedSecond(left > 8 ? bytesAt(at + 8, left - 8) : 0)
}

/** Writes the digest's 16 bytes. */
export function endDigest(to: usize): void {
  let a = first ^ total
  let b = second ^ total
  a += b
  b += a
  a = scattered(a)
  b = scattered(b)
  a += b
  store<u64>(to, a)
  store<u64>(to, b + a, 8)
}

function mixedFirst(value: u64): u64 {
  return rotl(value * one, 31) * other
}

function mixedSecond(value: u64): u64 {
  return rotl(value * other, 33) * one
}

/** Lets every bit of a value change about half of all. */
function scattered(value: u64): u64 {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53
  return value ^ (value >> 33)
}

/** Up to 8 bytes, of which the first is the lowest. */
function bytesAt(at: usize, count: usize): u64 {
  let value: u64 = 0
  for (let n: usize = 0; n < count; n++) value |= (<u64>load<u8>(at + n)) << (8 * n)
  return value
}
