/** The type of a sound file by how it begins, for the window's own player; undefined: it is none. */
export function soundTypeOf(bytes: Uint8Array): string | undefined {
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WAVE') return 'audio/wav'
  if (text(0, 4) === 'fLaC') return 'audio/flac'
  if (text(0, 4) === 'OggS') return 'audio/ogg'
  if (text(0, 4) === 'FORM' && /^AIF[FC]$/.test(text(8, 4))) return 'audio/aiff'
  if (text(0, 4) === '.snd') return 'audio/basic'
  if (text(4, 7) === 'ftypM4A') return 'audio/mp4'
  return text(0, 3) === 'ID3' ? 'audio/mpeg' : frameType(bytes)
}

/**
 * A frame of MPEG audio begins with eleven bits, its version and its layer; AAC in ADTS has layer 0 there. Layer I is left
 * out: nobody uses it, and text in UTF-16 begins so.
 */
function frameType([first = 0, second = 0, third = 0]: Uint8Array): string | undefined {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  const layer = (second >> 1) & 3
  if (layer === 0) return (second & 0xf0) === 0xf0 ? 'audio/aac' : undefined
  const [rate, frequency] = [third >> 4, (third >> 2) & 3]
  return layer !== 3 && rate !== 15 && frequency !== 3 ? 'audio/mpeg' : undefined
}
