import { defineTable, forgetTables } from './jpeg-huffman'
import { placeOf } from './jpeg-order'

/** What a JPEG says before its data (ITU-T T.81, annex B). */

export let width: i32 = 0
export let height: i32 = 0
/** 1 grey, 3 luma and two colour differences. */
export let components: i32 = 0
/** Whether the coefficients come in several scans, first roughly. */
export let isProgressive: bool = false
/** Units of coded data between restart markers; 0: there are none. */
export let restartInterval: i32 = 0
/** Whether there is a block of EXIF, which somebody else reads. */
export let hasExif: bool = false

/** Of the scan that was read last: how many components, the first and last coefficient, the bits that come after and before. */
export let scanComponents: i32 = 0
export let scanFirst: i32 = 0
export let scanLast: i32 = 0
export let scanHigh: i32 = 0
export let scanLow: i32 = 0

/** Of up to three components what the file says of each, a byte each. */
const identifiers = memory.data(4)
const samplings = memory.data(4)
const quantizerNumbers = memory.data(4)
const tableNumbers = memory.data(4)
/** The numbers of the scan's components. */
const inScan = memory.data(4)
/** Four times 64 numbers of 16 bits. */
const quantizers = memory.data(4 * 128, 16)
let quantizersDefined: i32 = 0

export function horizontal(component: i32): i32 {
  return (<i32>load<u8>(samplings + component)) >> 4
}

export function vertical(component: i32): i32 {
  return (<i32>load<u8>(samplings + component)) & 15
}

/** The number of a scan's component among all. */
export function componentInScan(n: i32): i32 {
  return <i32>load<u8>(inScan + n)
}

/** The address of what a component's coefficients are multiples of. */
export function quantizersOf(component: i32): usize {
  return quantizers + ((<usize>load<u8>(quantizerNumbers + component)) << 7)
}

/** The number of a component's table for DC (`kind` 0) or AC (1). */
export function tableNumber(component: i32, kind: i32): i32 {
  const both = <i32>load<u8>(tableNumbers + component)
  return kind == 0 ? both >> 4 : both & 15
}

function word(at: usize): i32 {
  return ((<i32>load<u8>(at)) << 8) | (<i32>load<u8>(at, 1))
}

/**
 * Begins with a file and reads all segments up to a scan's data, whose address it gives. It gives 0 for what is not of the
 * usual kind: by Huffman codes, of 8 bits, grey or YCbCr, the only picture in its file.
 */
export function readFrame(from: usize, to: usize): usize {
  width = height = components = restartInterval = quantizersDefined = scanComponents = 0
  hasExif = false
  forgetTables()
  if (to - from < 4 || word(from) != 0xffd8) return 0
  return readSegments(from + 2, to)
}

/** Reads all segments from one on up to the next scan's data, as `readFrame`. */
export function readSegments(from: usize, to: usize): usize {
  for (let at = from; at + 4 <= to;) {
    if (load<u8>(at) != 0xff) return 0
    const code = <i32>load<u8>(at, 1)
    const length = word(at + 2)
    const body = at + 4
    const next = at + 2 + length
    if (length < 2 || next > to) return 0
    if (code >= 0xc0 && code <= 0xc2) {
      isProgressive = code == 0xc2
      if (!readStart(body, length - 2)) return 0
    } else if (code == 0xc4) {
      if (!readTables(body, next)) return 0
    } else if (code == 0xdb) {
      if (!readQuantizers(body, next)) return 0
    } else if (code == 0xdd) {
      if (length != 4) return 0
      restartInterval = word(body)
    } else if (code == 0xda) {
      return readScan(body, length - 2) ? next : 0
    } else if (code == 0xee) {
      // What says how colours are coded: as red, green and blue.
      if (length >= 14 && load<u32>(body) == 0x626f6441 && load<u8>(body, 11) == 0) return 0
    } else if (code == 0xe1 || code == 0xe2) {
      const text = length >= 6 ? load<u32>(body) : 0
      if (text == 0x66697845) hasExif = true
      // "MPF": there are several pictures.
      if (text == 0x0046504d) return 0
    } else if (!((code >= 0xe0 && code <= 0xef) || code == 0xfe)) {
      return 0
    }
    at = next
  }
  return 0
}

function readStart(body: usize, length: i32): bool {
  if (components != 0 || length < 6 || load<u8>(body) != 8) return false
  height = word(body + 1)
  width = word(body + 3)
  const count = <i32>load<u8>(body, 5)
  if (width == 0 || height == 0 || (count != 1 && count != 3) || length != 6 + 3 * count) return false
  for (let n = 0; n < count; n++) {
    const at = body + 6 + 3 * n
    store<u8>(identifiers + n, load<u8>(at))
    store<u8>(samplings + n, load<u8>(at, 1))
    const number = load<u8>(at, 2)
    if (number > 3) return false
    store<u8>(quantizerNumbers + n, number)
  }
  // A grey picture's one component is whole however it says it is sampled.
  if (count == 1) store<u8>(samplings, 0x11)
  components = count
  const isRgb = load<u8>(identifiers) == 0x52 && load<u8>(identifiers, 1) == 0x47 && load<u8>(identifiers, 2) == 0x42
  return !(count == 3 && isRgb)
}

function readTables(body: usize, to: usize): bool {
  for (let at = body; at < to;) {
    const which = <i32>load<u8>(at)
    if ((which & 0xec) != 0) return false
    const length = defineTable(which >> 4, which & 3, at + 1, <i32>(to - at - 1))
    if (length == 0) return false
    at += 1 + length
  }
  return true
}

function readQuantizers(body: usize, to: usize): bool {
  for (let at = body; at < to;) {
    const which = <i32>load<u8>(at)
    const wide = which >> 4
    if (wide > 1 || (which & 15) > 3 || at + 1 + (64 << wide) > to) return false
    // Between scans nothing is redefined that the ones before have used.
    if (scanComponents > 0 && quantizersDefined & (1 << (which & 3))) return false
    const target = quantizers + ((which & 3) << 7)
    for (let n = 0; n < 64; n++) {
      const value = wide ? word(at + 1 + 2 * n) : <i32>load<u8>(at + 1 + n)
      // More than that are of no picture of 8 bits.
      if (value == 0 || value > 255) return false
      store<u16>(target + placeOf(n), <u16>value)
    }
    quantizersDefined |= 1 << (which & 3)
    at += 1 + (64 << wide)
  }
  return true
}

function readScan(body: usize, length: i32): bool {
  scanComponents = <i32>load<u8>(body)
  if (components == 0 || scanComponents == 0 || length != 4 + 2 * scanComponents) return false
  let number: i32 = -1
  for (let n = 0; n < scanComponents; n++) {
    // They come in the frame's order.
    do number++
    while (number < components && load<u8>(body + 1 + 2 * n) != load<u8>(identifiers + number))
    if (number >= components) return false
    store<u8>(inScan + n, <u8>number)
    const tables = load<u8>(body + 2 + 2 * n)
    if ((tables & 0xcc) != 0 || !(quantizersDefined & (1 << load<u8>(quantizerNumbers + number)))) return false
    store<u8>(tableNumbers + number, tables)
  }
  const end = body + length
  scanFirst = load<u8>(end - 3)
  scanLast = load<u8>(end - 2)
  scanHigh = (<i32>load<u8>(end - 1)) >> 4
  scanLow = (<i32>load<u8>(end - 1)) & 15
  return scanFirst <= scanLast && scanLast < 64 && scanLow <= 13
}
