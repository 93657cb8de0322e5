/** What the window itself can show of a file, even of a damaged one, and how large that would be. */
export interface PictureHead {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/bmp' | 'image/webp'
  readonly width: number
  readonly height: number
}

/** More pixels are not shown: a file of a few bytes can ask for the memory of many. */
export const mostPixels = 50_000_000

/** The size that a picture's head tells, by the formats' own rules; undefined where the file is none of them. */
export function pictureHead(bytes: Uint8Array): PictureHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))
  if (bytes.length < 30) return undefined
  if (text(1, 3) === 'PNG' && text(12, 4) === 'IHDR') {
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (text(0, 4) === 'GIF8')
    return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (text(0, 2) === 'BM') {
    return { type: 'image/bmp', width: view.getUint32(18, true), height: Math.abs(view.getInt32(22, true)) }
  }
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return webpHead(view, text(12, 4))
  return view.getUint16(0) === 0xffd8 ? jpegHead(view) : undefined
}

function webpHead(view: DataView, chunk: string): PictureHead | undefined {
  const type = 'image/webp'
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (chunk === 'VP8X') return { type, width: uint24(24) + 1, height: uint24(27) + 1 }
  if (chunk === 'VP8 ') {
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (chunk !== 'VP8L') return undefined
  const bits = view.getUint32(21, true)
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** A frame's head (SOF0 to SOF15, without the markers between that mean something else) has the size. */
function jpegHead(view: DataView): PictureHead | undefined {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** The beginning of a file as text, if that is what it is: UTF-8 without control characters. */
export function textStart(bytes: Uint8Array, most = 4000): string | undefined {
  const start = bytes.subarray(0, most)
  // The last character may be cut; `stream` leaves it out.
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return text.length > 0 && !/[\u0000-\u0008\u000e-\u001f]/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** The beginning of a file as a table of bytes: place, values and what is legible of them. */
export function hexStart(bytes: Uint8Array, most = 256): string {
  const lines: string[] = []
  for (let at = 0; at < Math.min(most, bytes.length); at += 8) {
    const row = bytes.subarray(at, Math.min(at + 8, most))
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const legible = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(23)}  ${legible}`)
  }
  return lines.join('\n')
}
