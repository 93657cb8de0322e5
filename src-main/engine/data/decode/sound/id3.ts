/** Where a sound begins behind ID3v2 tags (id3.org), of which each says its length in four bytes of seven bits. */
export function afterId3(bytes: Uint8Array): number {
  let at = 0
  while (bytes[at] === 0x49 && bytes[at + 1] === 0x44 && bytes[at + 2] === 0x33) {
    const size = [6, 7, 8, 9].reduce((sum, n) => sum * 128 + ((bytes[at + n] ?? 0) & 0x7f), 0)
    const footer = ((bytes[at + 5] ?? 0) & 0x10) !== 0 ? 10 : 0
    at += 10 + size + footer
  }
  return at
}
