import { inflateSync, constants } from 'node:zlib'
import { asRefusal, Refusal } from '../../contract'

/** The ways of packing that are undone here; all others are the native decoder's. */
export const unpackers: Readonly<Record<number, (data: Uint8Array, length: number) => Uint8Array>> = {
  1: (data) => data,
  5: unpackLzw,
  8: inflate,
  32946: inflate,
  32773: unpackBits,
}

/** Deflate in a zlib wrapping. Never more comes out than asked for. */
function inflate(data: Uint8Array, length: number): Uint8Array {
  try {
    // Some programs pack the last piece as high as the others; that much more is still no bomb.
    return inflateSync(data, { maxOutputLength: length + 2 ** 20, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (cause) {
    throw asRefusal(cause)
  }
}

/** TIFF's form of LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, that grow one code early. */
export function unpackLzw(data: Uint8Array, length: number): Uint8Array {
  const [clear, end, most] = [256, 257, 4096]
  if (data[0] === 0 && ((data[1] ?? 0) & 1) === 1) throw new Refusal('format-not-read', { format: 'TIFF (old LZW)' })
  const prefix = new Uint16Array(most)
  const suffix = new Uint8Array(most)
  const depths = new Uint16Array(most)
  for (let code = 0; code < 256; code++) {
    suffix[code] = code
    depths[code] = 1
  }
  const target = new Uint8Array(length)
  let filled = 0
  let [bits, pending, held] = [9, 0, 0]
  let next = end + 1
  let previous = -1
  for (let at = 0; filled < length;) {
    while (held < bits && at < data.length) {
      pending = ((pending << 8) | (data[at++] ?? 0)) & 0xfffff
      held += 8
    }
    if (held < bits) break
    held -= bits
    const code = (pending >>> held) & (2 ** bits - 1)
    if (code === end) break
    if (code === clear) {
      bits = 9
      next = end + 1
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0)) throw new Refusal('damaged', { detail: 'LZW' })
    // The text of a code is written from its end, for each code knows only what comes before its last byte.
    const known = code < next ? code : previous
    const depth = depths[known] ?? 0
    let first = known
    for (let place = filled + depth - 1, walked = known; place >= filled; place--) {
      if (place < length) target[place] = suffix[walked] ?? 0
      first = walked
      walked = prefix[walked] ?? 0
    }
    filled += depth
    const firstByte = suffix[first] ?? 0
    if (code === next && filled < length) target[filled] = firstByte
    if (code === next) filled++
    if (previous >= 0 && next < most) {
      prefix[next] = previous
      suffix[next] = firstByte
      depths[next] = (depths[previous] ?? 0) + 1
      next++
      if (next + 1 === 2 ** bits && bits < 12) bits++
    }
    previous = code
  }
  return target.subarray(0, Math.min(filled, length))
}

/** PackBits (TIFF 6.0, section 9): runs of bytes as they are, or of one byte. */
function unpackBits(data: Uint8Array, length: number): Uint8Array {
  const target = new Uint8Array(length)
  let filled = 0
  for (let at = 0; at < data.length && filled < length;) {
    const head = data[at++] ?? 0
    if (head === 128) continue
    if (head < 128) {
      const run = data.subarray(at, at + Math.min(head + 1, length - filled))
      target.set(run, filled)
      filled += run.length
      at += head + 1
    } else {
      const run = Math.min(257 - head, length - filled)
      target.fill(data[at++] ?? 0, filled, filled + run)
      filled += run
    }
  }
  return target.subarray(0, filled)
}
