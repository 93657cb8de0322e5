import { Refusal } from '../../contract'

const mostCodes = 4096

/**
 * Unpacks GIF's form of LZW (GIF89a specification, appendix F): codes of growing length, lowest bit first. Gives exactly
 * `length` indices; fewer in the data means that it is cut, more are left out.
 */
export function unpackGif(data: Uint8Array, codeBits: number, length: number): Uint8Array {
  if (codeBits < 1 || codeBits > 8) throw new Refusal('damaged', { detail: `LZW ${codeBits}` })
  const clear = 2 ** codeBits
  const end = clear + 1
  const prefix = new Uint16Array(mostCodes)
  const suffix = new Uint8Array(mostCodes)
  const stack = new Uint8Array(mostCodes + 1)
  for (let code = 0; code < clear; code++) suffix[code] = code

  const target = new Uint8Array(length)
  let filled = 0
  let [bits, pending, held] = [codeBits + 1, 0, 0]
  let next = end + 1
  let previous = -1
  let first = 0
  for (let at = 0; filled < length;) {
    while (held < bits && at < data.length) {
      pending |= (data[at++] ?? 0) << held
      held += 8
    }
    if (held < bits) break
    const code = pending & (2 ** bits - 1)
    pending >>>= bits
    held -= bits
    if (code === end) break
    if (code === clear) {
      bits = codeBits + 1
      next = end + 1
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0)) throw new Refusal('damaged', { detail: 'LZW' })
    // A code that is only about to be known stands for the last one and its own first index.
    let depth = 0
    let walked = code
    if (code === next) {
      stack[depth++] = first
      walked = previous
    }
    while (walked >= clear) {
      stack[depth++] = suffix[walked] ?? 0
      walked = prefix[walked] ?? 0
    }
    first = walked
    target[filled++] = first
    while (depth > 0 && filled < length) target[filled++] = stack[--depth] ?? 0
    if (previous >= 0 && next < mostCodes) {
      prefix[next] = previous
      suffix[next] = first
      next++
      if (next === 2 ** bits && bits < 12) bits++
    }
    previous = code
  }
  if (filled < length) throw new Refusal('truncated')
  return target
}
