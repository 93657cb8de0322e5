/** A sample of A-law (ITU-T G.711): sign, a three-bit segment and four bits within it, every other bit inverted. */
export function expandALaw(code: number): number {
  const bits = code ^ 0x55
  const segment = (bits >> 4) & 7
  const within = ((bits & 15) << 4) + 8
  const size = segment === 0 ? within : (within + 256) << (segment - 1)
  return (bits & 0x80 ? size : -size) / 2 ** 15
}

/** A sample of µ-law (ITU-T G.711): all bits inverted, and the scale shifted by 132 before it is cut into segments. */
export function expandMuLaw(code: number): number {
  const bits = ~code & 0xff
  const size = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132
  return (bits & 0x80 ? 0 - size : size) / 2 ** 15
}
