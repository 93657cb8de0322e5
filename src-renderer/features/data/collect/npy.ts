const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]

/** Bytes as an array of a shape, in NumPy's format (version 1.0). */
export function npyFile(shape: readonly number[], values: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`
  const start = magic.length + 2
  // The values begin at a whole 64 bytes, behind a line break.
  const head = Math.ceil((start + text.length + 1) / 64) * 64
  const file = new Uint8Array(head + values.length).fill(0x20, 0, head)
  file.set(magic)
  file.set([(head - start) & 0xff, (head - start) >> 8], magic.length)
  file.set(new TextEncoder().encode(text), start)
  file[head - 1] = 0x0a
  file.set(values, head)
  return file
}

/** An array as `npyFile` writes it; undefined for any other file. */
export function readNpy(file: Uint8Array): { shape: number[]; values: Uint8Array } | undefined {
  if (magic.some((byte, at) => file[at] !== byte)) return undefined
  const head = 10 + (file[8] ?? 0) + ((file[9] ?? 0) << 8)
  const text = new TextDecoder('latin1').decode(file.subarray(10, head))
  const sizes = /^\{'descr': '\|u1', 'fortran_order': False, 'shape': \((\d+(?:, \d+)*)\), \}/.exec(text)?.[1]
  const shape = sizes?.split(', ').map(Number) ?? []
  const count = shape.reduce((product, size) => product * size, 1)
  if (shape.length === 0 || file.length !== head + count) return undefined
  return { shape, values: file.subarray(head) }
}
