// @ts-check
/**
 * Mono sound of 16 bits as FLAC (RFC 9639): fixed predictors and Rice codes, which is all that short clips need. Nothing
 * is lost. Blocks have `blockSize` frames.
 */

const blockSize = 4096

/** Bits, the highest first. */
class Bits {
  /** @type {number[]} */
  bytes = []
  #open = 0
  #count = 0

  /** @param {number} value of at most 32 bits @param {number} width */
  write(value, width) {
    for (let bit = width - 1; bit >= 0; bit--) {
      this.#open = (this.#open << 1) | ((value >>> bit) & 1)
      this.#count += 1
      if (this.#count < 8) continue
      this.bytes.push(this.#open)
      this.#open = 0
      this.#count = 0
    }
  }

  /** @param {number} count of zeros before a one */
  unary(count) {
    for (let n = 0; n < count; n++) this.write(0, 1)
    this.write(1, 1)
  }

  align() {
    if (this.#count > 0) this.write(0, 8 - this.#count)
  }
}

/** @param {readonly number[]} bytes @param {number} polynomial @param {8 | 16} width */
function crc(bytes, polynomial, width) {
  const top = 1 << (width - 1)
  const mask = 2 ** width - 1
  let value = 0
  for (const byte of bytes) {
    value ^= byte << (width - 8)
    for (let bit = 0; bit < 8; bit++) value = (value & top ? (value << 1) ^ polynomial : value << 1) & mask
  }
  return value
}

/** What is left of a block when each value is foretold by a polynomial through the `order` before it. @param {Int32Array} block @param {number} order */
function residual(block, order) {
  let left = block
  for (let n = 0; n < order; n++) left = left.map((value, at) => (at > n ? value - (left[at - 1] ?? 0) : value))
  return left.subarray(order)
}

/** @param {Int32Array} values */
function folded(values) {
  return values.map((value) => (value < 0 ? -2 * value - 1 : 2 * value))
}

/** The Rice parameter that takes the fewest bits, and how many. @param {Int32Array} values folded */
function bestRice(values) {
  let best = { parameter: 0, bits: Number.POSITIVE_INFINITY }
  for (let parameter = 0; parameter < 15; parameter++) {
    const bits = values.reduce((sum, value) => sum + (value >>> parameter) + 1 + parameter, 4)
    if (bits < best.bits) best = { parameter, bits }
  }
  return best
}

/** The partitions of a block's residual with the fewest bits. @param {Int32Array} values folded @param {number} order @param {number} length */
function bestPartitions(values, order, length) {
  let best = { depth: 0, parts: [values], rice: [bestRice(values)], bits: bestRice(values).bits }
  for (let depth = 1; depth <= 5 && length % 2 ** depth === 0 && length / 2 ** depth > order; depth++) {
    const size = length / 2 ** depth
    const parts = Array.from({ length: 2 ** depth }, (_, n) =>
      values.subarray(Math.max(0, n * size - order), (n + 1) * size - order),
    )
    const rice = parts.map(bestRice)
    const bits = rice.reduce((sum, part) => sum + part.bits, 0)
    if (bits < best.bits) best = { depth, parts, rice, bits }
  }
  return best
}

/** @param {Bits} out @param {Int32Array} block */
function writeSubframe(out, block) {
  if (block.every((value) => value === block[0])) {
    out.write(0, 8)
    return out.write((block[0] ?? 0) & 0xffff, 16)
  }
  const orders = [0, 1, 2, 3, 4].filter((order) => order < block.length)
  const choices = orders.map((order) => ({
    order,
    ...bestPartitions(folded(residual(block, order)), order, block.length),
  }))
  const best = choices.reduce((one, other) => (other.bits + 16 * other.order < one.bits + 16 * one.order ? other : one))
  out.write(0b1000 | best.order, 7)
  out.write(0, 1)
  for (const value of block.subarray(0, best.order)) out.write(value & 0xffff, 16)
  out.write(0, 2)
  out.write(best.depth, 4)
  for (const [n, part] of best.parts.entries()) {
    const { parameter } = best.rice[n] ?? { parameter: 0 }
    out.write(parameter, 4)
    for (const value of part) {
      out.unary(value >>> parameter)
      out.write(value & (2 ** parameter - 1), parameter)
    }
  }
}

/** @param {Int32Array} block @param {number} number */
function frame(block, number) {
  if (number > 127) throw new RangeError('Clips of more blocks need longer numbers')
  const out = new Bits()
  out.write(0b11111111111110, 14)
  out.write(0, 2)
  // The block's size stands behind the number, in 16 bits; the rate stands in the stream's information.
  out.write(0b0111, 4)
  out.write(0, 4)
  out.write(0, 4)
  out.write(0b100, 3)
  out.write(0, 1)
  out.write(number, 8)
  out.write(block.length - 1, 16)
  out.write(crc(out.bytes, 0x07, 8), 8)
  writeSubframe(out, block)
  out.align()
  out.write(crc(out.bytes, 0x8005, 16), 16)
  return out.bytes
}

/**
 * @param {Int16Array} samples
 * @param {number} rate
 */
export function encodeFlac(samples, rate) {
  const head = new Bits()
  for (const letter of 'fLaC') head.write(letter.charCodeAt(0), 8)
  head.write(0x80, 8)
  head.write(34, 24)
  head.write(blockSize, 16)
  head.write(blockSize, 16)
  head.write(0, 24)
  head.write(0, 24)
  head.write(rate, 20)
  head.write(0, 3)
  head.write(15, 5)
  head.write(0, 4)
  head.write(samples.length, 32)
  // No sum of the samples: zeros say so.
  for (let n = 0; n < 16; n++) head.write(0, 8)
  const frames = []
  for (let at = 0; at < samples.length; at += blockSize) {
    frames.push(...frame(Int32Array.from(samples.subarray(at, at + blockSize)), at / blockSize))
  }
  return Buffer.from([...head.bytes, ...frames])
}
