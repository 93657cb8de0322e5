/** An EXIF block that says how a picture is to be turned. */
export function exifBlock(orientation: number, order: 'little' | 'big' = 'big'): Buffer {
  const bytes = Buffer.alloc(26)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const little = order === 'little'
  bytes.write(little ? 'II' : 'MM', 'latin1')
  view.setUint16(2, 42, little)
  view.setUint32(4, 8, little)
  view.setUint16(8, 1, little)
  view.setUint16(10, 0x0112, little)
  view.setUint16(12, 3, little)
  view.setUint32(14, 1, little)
  view.setUint16(18, orientation, little)
  return bytes
}

/** A JPEG with a segment of a kind right behind its beginning. */
export function withSegment(file: Buffer, kind: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xff, kind, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([file.subarray(0, 2), head, body, file.subarray(2)])
}

/** A JPEG with an EXIF block. */
export function withExif(file: Buffer, block: Uint8Array): Buffer {
  return withSegment(file, 0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]))
}
