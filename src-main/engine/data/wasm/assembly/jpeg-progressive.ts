import { reserve } from './arena'
import { begin, ended, overran, take, unstuff } from './jpeg-bits'
import {
  componentInScan,
  components,
  height,
  horizontal,
  readSegments,
  restartInterval,
  scanComponents,
  scanFirst,
  scanHigh,
  scanLast,
  scanLow,
  tableNumber,
  vertical,
  width,
} from './jpeg-frame'
import { fewCoefficients } from './jpeg-idct'
import { blockEnd, nextEntry, tableOf } from './jpeg-huffman'
import { placeOf } from './jpeg-order'
import { mcuColumns, mcuRows, paintBlock } from './jpeg-planes'

/**
 * Progressive files: each scan tells some coefficients of all blocks, or one more bit of them (ITU-T T.81, annex G). All
 * coefficients are kept until the last scan.
 */

/** A file of more scans takes too long for what it is. */
const mostScans: i32 = 100

/** Of up to three components, four bytes each: where the coefficients lie, the last DC coefficient. */
const coefficients = memory.data(3 * 4)
const lastFirst = memory.data(3 * 4)
/** Of each component's 64 coefficients how many of the lowest bits are still to come; 255: all of it. */
const missing = memory.data(3 * 64)
/** Blocks to come in which a scan tells nothing more. */
let silent: i32 = 0

/** Decodes all scans of a file, the first of which has been read up to its data. False where anything is odd, or is missing at the end. */
export function decodeScans(data: usize, end: usize): bool {
  for (let n = 0; n < components; n++) {
    const bytes = (<usize>blockColumns(n) * (mcuRows * vertical(n))) << 7
    const at = reserve(bytes)
    memory.fill(at, 0, bytes)
    store<u32>(coefficients + ((<usize>n) << 2), <u32>at)
  }
  memory.fill(missing, 255, 3 * 64)
  for (let scan = 0; scan < mostScans; scan++) {
    if (!noteBits()) return false
    const stop = decodeScan(data, end)
    if (stop == 0) return false
    if (load<u8>(stop, 1) == 0xd9) return paintAll()
    data = readSegments(stop, end)
    if (data == 0) return false
  }
  return false
}

/** Blocks in a row of a component's coefficients. */
function blockColumns(component: i32): i32 {
  return mcuColumns * horizontal(component)
}

/** Takes down what a scan tells. False where that is not what may come next. */
function noteBits(): bool {
  if (scanFirst == 0 ? scanLast != 0 : scanComponents != 1) return false
  for (let n = 0; n < scanComponents; n++) {
    const at = missing + componentInScan(n) * 64
    if (scanFirst > 0 && load<u8>(at) == 255) return false
    for (let k = scanFirst; k <= scanLast; k++) {
      if (<i32>load<u8>(at + k) != (scanHigh == 0 ? 255 : scanHigh)) return false
      if (scanHigh > 0 && scanLow != scanHigh - 1) return false
      store<u8>(at + k, <u8>scanLow)
    }
  }
  return true
}

/** Decodes a scan's data, and gives the address of the marker behind it; 0 where it is damaged. */
function decodeScan(data: usize, end: usize): usize {
  const one = componentInScan(0)
  const isAlone = scanComponents == 1
  // Alone, a component has no more blocks than its picture takes.
  const columns = isAlone ? blocksIn(width, horizontal(one), horizontal(0)) : mcuColumns
  const rows = isAlone ? blocksIn(height, vertical(one), vertical(0)) : mcuRows
  const units = columns * rows
  const interval = restartInterval > 0 ? restartInterval : units
  const stop = unstuff(data, end, (units + interval - 1) / interval)
  if (stop == 0) return 0
  let left: i32 = 0
  let segment: i32 = 0
  for (let row: i32 = 0; row < rows; row++) {
    for (let column: i32 = 0; column < columns; column++) {
      if (left == 0) {
        if (segment > 0 && !(silent == 0 && ended())) return 0
        begin(segment++)
        memory.fill(lastFirst, 0, 12)
        silent = 0
        left = interval
      }
      left--
      const isWhole = isAlone ? decodeBlock(one, column, row) : decodeUnit(column, row)
      if (!isWhole || overran()) return 0
    }
  }
  return silent == 0 && ended() ? stop : 0
}

/** So many blocks of 8 pixels of a component in a length of the picture. */
function blocksIn(length: i32, sampling: i32, most: i32): i32 {
  return ((length * sampling + most - 1) / most + 7) >> 3
}

/** All blocks of the scan's components in a unit of coded data. */
function decodeUnit(column: i32, row: i32): bool {
  for (let n = 0; n < scanComponents; n++) {
    const component = componentInScan(n)
    const h = horizontal(component)
    const v = vertical(component)
    for (let y = 0; y < v; y++) {
      for (let x = 0; x < h; x++) {
        if (!decodeBlock(component, column * h + x, row * v + y)) return false
      }
    }
  }
  return true
}

function decodeBlock(component: i32, column: i32, row: i32): bool {
  const slot = (<usize>component) << 2
  const number = <usize>row * blockColumns(component) + <usize>column
  const block = <usize>load<u32>(coefficients + slot) + (number << 7)
  if (scanFirst == 0) return scanHigh == 0 ? firstOfDc(component, block) : moreOfDc(block)
  const table = tableOf(1, tableNumber(component, 1))
  if (table == 0) return false
  return scanHigh == 0 ? firstOfAc(table, block) : moreOfAc(table, block)
}

function firstOfDc(component: i32, block: usize): bool {
  const table = tableOf(0, tableNumber(component, 0))
  const entry = table == 0 ? -1 : nextEntry(table, true)
  if (entry == -1) return false
  const last = lastFirst + ((<usize>component) << 2)
  const first = load<i32>(last) + (entry >> 16)
  store<i32>(last, first)
  store<i16>(block, <i16>(first << scanLow))
  return true
}

function moreOfDc(block: usize): bool {
  store<i16>(block, <i16>(load<i16>(block) | (take(1) << scanLow)))
  return true
}

function firstOfAc(table: usize, block: usize): bool {
  if (silent > 0) {
    silent--
    return true
  }
  for (let k = scanFirst; k <= scanLast; k++) {
    const entry = nextEntry(table, false)
    if (entry == -1) return false
    const run = (entry >> 6) & 15
    if (entry & blockEnd) {
      silent = silentBlocks(run) - 1
      return true
    }
    k += run
    store<i16>(block + placeOf(k), <i16>((entry >> 16) << scanLow))
    if (k > scanLast) return false
  }
  return true
}

/** How many blocks in a row have no more to be told, this one with them: 1 << `run` and as many as so many bits say. */
function silentBlocks(run: i32): i32 {
  return run > 0 ? (1 << run) + take(run) : 1
}

/** One more bit of the coefficients that are not zero, and those that have become so by it. */
function moreOfAc(table: usize, block: usize): bool {
  const bit = 1 << scanLow
  let k = scanFirst
  while (silent == 0 && k <= scanLast) {
    const entry = nextEntry(table, false)
    if (entry == -1) return false
    const run = (entry >> 6) & 15
    if (entry & blockEnd) {
      silent = silentBlocks(run)
      break
    }
    const sign = entry >> 16
    if (sign < -1 || sign > 1) return false
    // Zeros are counted, others told more of on the way.
    for (let zeros = run; k <= scanLast; k++) {
      const at = block + placeOf(k)
      if (load<i16>(at) != 0) refine(at, bit)
      else if (zeros-- == 0) break
    }
    if (sign != 0) {
      if (k > scanLast) return false
      store<i16>(block + placeOf(k), <i16>(sign * bit))
    }
    k++
  }
  if (silent > 0) {
    for (; k <= scanLast; k++) {
      const at = block + placeOf(k)
      if (load<i16>(at) != 0) refine(at, bit)
    }
    silent--
  }
  return true
}

function refine(at: usize, bit: i32): void {
  if (take(1) == 0) return
  const value = <i32>load<i16>(at)
  store<i16>(at, <i16>(value >= 0 ? value + bit : value - bit))
}

/** Makes pixels of all blocks. False where any bit of a coefficient was never told. */
function paintAll(): bool {
  for (let component = 0; component < components; component++) {
    for (let k = 0; k < 64; k++) if (load<u8>(missing + component * 64 + k) != 0) return false
    let block = <usize>load<u32>(coefficients + ((<usize>component) << 2))
    const columns = blockColumns(component)
    const rows = mcuRows * vertical(component)
    for (let row: i32 = 0; row < rows; row++) {
      for (let column: i32 = 0; column < columns; column++, block += 128) {
        paintBlock(component, column, row, block, reachOf(block))
      }
    }
  }
  return true
}

/** What is in a block, as `paintBlock` asks. */
function reachOf(block: usize): i32 {
  const first = v128.load(block)
  const second = v128.load(block, 16)
  const third = v128.load(block, 32)
  const fourth = v128.load(block, 48)
  let below = v128.load(block, 64)
  for (let at: usize = 80; at < 128; at += 16) below = v128.or(below, v128.load(block + at))
  const above = v128.or(v128.or(first, second), v128.or(third, fourth))
  if (v128.any_true(v128.or(below, v128.and(above, i16x8(0, 0, 0, 0, -1, -1, -1, -1))))) return 64
  const others = v128.or(v128.and(first, i16x8(0, -1, -1, -1, 0, 0, 0, 0)), v128.or(second, v128.or(third, fourth)))
  return v128.any_true(others) ? fewCoefficients : 1
}
