import { placeOf } from './jpeg-order'
import { bits, eightBytes, fill, held, keep, lookBits, position, skip, take } from './jpeg-bits'

/**
 * Huffman tables and the blocks that are coded by them (ITU-T T.81, annexes C and F).
 *
 * A table has an entry of 32 bits for each `lookBits` bits that may come next. What they stand for is often told by them
 * alone, number and all. From the lowest bit on: how many bits to go on by (6 bits), how many zeros come before the number
 * (4), how many bits of the number follow (4), whether the code is longer than the bits looked at (1), whether it ends the
 * block (1), the number (16).
 */
const entries: i32 = 1 << lookBits
const sizeShift = 10
const longCode: i32 = 1 << 14
export const blockEnd: i32 = 1 << 15
/** Entries that have their number. */
const incomplete: i32 = 0xfc00

/** Behind the entries: of each length of codes the first code that is too large for it, what to add to a code, the symbols. */
const limits: usize = (<usize>entries) << 2
const offsets: usize = limits + 18 * 4
const symbols: usize = offsets + 18 * 4
const definition: usize = symbols + 256
/** Bytes of a table. Its last ones are the definition that it was made of: most files of a folder have the same. */
const tableBytes: usize = definition + 16 + 256 + 16

const tables = memory.data(8 * (4096 + 144 + 256 + 16 + 256 + 16), 16)
let defined: i32 = 0

/** Forgets what tables there are. */
export function forgetTables(): void {
  defined = 0
}

/** The table with a number from 0 to 3 for DC (`kind` 0) or AC (1); 0 where the file defines none. */
export function tableOf(kind: i32, number: i32): usize {
  const n = (kind << 2) | number
  return defined & (1 << n) ? tables + <usize>n * tableBytes : 0
}

/**
 * Makes a table of its definition: 16 counts of codes and their symbols. Gives the definition's length, or 0 where there
 * are more codes than there can be or more bytes than `length`.
 */
export function defineTable(kind: i32, number: i32, at: usize, length: i32): i32 {
  if (length < 16) return 0
  let count: i32 = 0
  for (let n = 0; n < 16; n++) count += load<u8>(at + n)
  if (count > 256 || 16 + count > length) return 0
  const n = (kind << 2) | number
  const table = tables + <usize>n * tableBytes
  defined |= 1 << n
  if (memory.compare(table + definition, at, 16 + count) == 0 && load<u8>(table + definition, 16 + 256) == 1) {
    return 16 + count
  }
  store<u8>(table + definition, 0, 16 + 256)
  if (!makeEntries(table, at, kind == 0)) return 0
  memory.copy(table + definition, at, 16 + count)
  store<u8>(table + definition, 1, 16 + 256)
  return 16 + count
}

function makeEntries(table: usize, at: usize, isDc: bool): bool {
  for (let n = 0; n < entries; n++) store<i32>(table + ((<usize>n) << 2), longCode)
  let code: i32 = 0
  let symbol: i32 = 0
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(at + length - 1)
    store<i32>(table + offsets + (length << 2), symbol - code)
    for (let n = 0; n < count; n++, code++, symbol++) {
      // The code of all ones is none.
      if (code + 1 >= 1 << length) return false
      const meaning = <i32>load<u8>(at + 16 + symbol)
      if (isDc && meaning > 15) return false
      store<u8>(table + symbols + symbol, <u8>meaning)
      if (length <= lookBits) look(table, code, length, meaning, isDc)
    }
    store<i32>(table + limits + (length << 2), code << (16 - length))
    code <<= 1
  }
  return true
}

/** Writes the entries that begin with a code. */
function look(table: usize, code: i32, length: i32, meaning: i32, isDc: bool): void {
  const size = meaning & 15
  const run = isDc ? 0 : meaning >> 4
  const free = lookBits - length
  const first = table + ((<usize>(code << free)) << 2)
  if (!isDc && size == 0 && run < 15) {
    fillEntries(first, 1 << free, blockEnd | (run << 6) | length)
  } else if (size > free) {
    fillEntries(first, 1 << free, (size << sizeShift) | (run << 6) | length)
  } else {
    const each = 1 << (free - size)
    for (let number = 0; number < 1 << size; number++) {
      const entry = (extended(number, size) << 16) | (run << 6) | (length + size)
      fillEntries(first + ((<usize>(number * each)) << 2), each, entry)
    }
  }
}

function fillEntries(at: usize, count: i32, entry: i32): void {
  for (let n = 0; n < count; n++) store<i32>(at + ((<usize>n) << 2), entry)
}

/** The number that `size` bits stand for: those that begin with a zero are negative. */
function extended(number: i32, size: i32): i32 {
  return number + (((number - ((1 << size) >> 1)) >> 31) & ((-1 << size) + 1))
}

/** The entry of a code that is longer than the bits looked at, as `look` would make it; -1: there is no such code. */
function longEntry(table: usize, next: u64, isDc: bool): i32 {
  const sixteen = <i32>(next >> 48)
  // A short code that means nothing.
  if (sixteen < load<i32>(table + limits + (lookBits << 2))) return -1
  for (let length = lookBits + 1; length <= 16; length++) {
    if (sixteen < load<i32>(table + limits + (length << 2))) {
      const symbol = (sixteen >> (16 - length)) + load<i32>(table + offsets + (length << 2))
      if (symbol < 0 || symbol > 255) return -1
      const meaning = <i32>load<u8>(table + symbols + symbol)
      const size = meaning & 15
      const run = isDc ? 0 : meaning >> 4
      if (!isDc && size == 0 && run < 15) return blockEnd | (run << 6) | length
      return (size << sizeShift) | (run << 6) | length
    }
  }
  return -1
}

/**
 * The entry of the next code, which is gone on from, its number with it: in the upper 16 bits, whatever the code's length.
 * Run and `blockEnd` are as in any entry. -1: there is no such code.
 */
export function nextEntry(table: usize, isDc: bool): i32 {
  fill()
  let entry = load<i32>(table + ((<usize>(bits >> (64 - lookBits))) << 2))
  if (entry & longCode) {
    entry = longEntry(table, bits, isDc)
    if (entry < 0) return -1
  }
  skip(entry & 63)
  const size = (entry >> sizeShift) & 15
  return size > 0 ? (entry & (blockEnd | 0x3ff)) | (extended(take(size), size) << 16) : entry
}

/** The DC coefficient's difference from the one before, of the block that `decodeBlock` read last. */
export let difference: i32 = 0

/**
 * Reads a block's coefficients into 64 zeros of 16 bits; the first one is left to the caller, who knows the one before. Gives
 * the number of the last that is there, or -1 where the data is damaged.
 */
export function decodeBlock(dc: usize, ac: usize, block: usize): i32 {
  let next = bits
  let count = held
  let at = position
  // As many whole bytes as there is room for, the bits of the next one too: they come again.
  next |= eightBytes(at) >> count
  at += (63 - count) >> 3
  count |= 56
  let entry = load<i32>(dc + ((<usize>(next >> (64 - lookBits))) << 2))
  if (entry & longCode) {
    entry = longEntry(dc, next, true)
    if (entry < 0) return -1
  }
  next <<= entry & 63
  count -= entry & 63
  if (entry & incomplete) {
    const size = (entry >> sizeShift) & 15
    difference = size > 0 ? extended(<i32>(next >> (64 - size)), size) : 0
    next <<= size
    count -= size
  } else difference = entry >> 16
  let last = 0
  let k = 1
  while (k < 64) {
    if (count < 32) {
      next |= eightBytes(at) >> count
      at += (63 - count) >> 3
      count |= 56
    }
    entry = load<i32>(ac + ((<usize>(next >> (64 - lookBits))) << 2))
    if (entry & incomplete) {
      if (entry & longCode) {
        entry = longEntry(ac, next, false)
        if (entry < 0) return -1
      }
      next <<= entry & 63
      count -= entry & 63
      if (entry & blockEnd) break
      k += (entry >> 6) & 15
      const size = (entry >> sizeShift) & 15
      if (size > 0) {
        store<i16>(block + placeOf(k), <i16>extended(<i32>(next >> (64 - size)), size))
        next <<= size
        count -= size
        last = k
      }
    } else {
      next <<= entry & 63
      count -= entry & 63
      k += (entry >> 6) & 15
      store<i16>(block + placeOf(k), <i16>(entry >> 16))
      last = k
    }
    k++
  }
  if (k > 64) return -1
  keep(next, count, at)
  return last
}
