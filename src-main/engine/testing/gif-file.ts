/** A GIF for tests. Its data is not packed: each index is a code of its own, and the table is cleared in time. */
export interface GifPlan {
  readonly width: number
  readonly height: number
  /** Red, green and blue of each colour; 4 or 256 colours. */
  readonly palette: readonly (readonly [number, number, number])[]
  readonly frames: readonly {
    readonly x?: number
    readonly y?: number
    readonly width: number
    readonly height: number
    readonly indices: readonly number[]
    readonly transparent?: number
    readonly disposal?: number
    readonly interlaced?: boolean
  }[]
}

export function gifFile({ width, height, palette, frames }: GifPlan): Buffer {
  const depth = Math.log2(palette.length)
  const u16 = (value: number) => [value & 255, value >> 8]
  const bytes: number[] = [...Buffer.from('GIF89a'), ...u16(width), ...u16(height), 0x80 | (depth - 1), 0, 0]
  bytes.push(...palette.flat())
  for (const frame of frames) {
    const { x = 0, y = 0, transparent, disposal = 0, interlaced = false } = frame
    bytes.push(0x21, 0xf9, 4, (disposal << 2) | (transparent === undefined ? 0 : 1), 0, 0, transparent ?? 0, 0)
    bytes.push(0x2c, ...u16(x), ...u16(y), ...u16(frame.width), ...u16(frame.height), interlaced ? 0x40 : 0)
    const rows = Array.from({ length: frame.height }, (_, n) => n)
    const order = interlaced
      ? [
          [0, 8],
          [4, 8],
          [2, 4],
          [1, 2],
        ].flatMap(([first = 0, step = 1]) => rows.filter((row) => row % step === first))
      : rows
    const data = codes(
      order.flatMap((row) => frame.indices.slice(row * frame.width, (row + 1) * frame.width)),
      depth,
    )
    bytes.push(depth)
    for (let at = 0; at < data.length; at += 255) {
      const block = data.subarray(at, at + 255)
      bytes.push(block.length, ...block)
    }
    bytes.push(0)
  }
  return Buffer.from([...bytes, 0x3b])
}

function codes(indices: readonly number[], depth: number): Buffer {
  const [clear, size] = [2 ** depth, depth + 1]
  let bits = ''
  const put = (code: number) => (bits = code.toString(2).padStart(size, '0') + bits)
  const parts: number[] = []
  indices.forEach((index, at) => {
    // Codes would grow once the table is full; it is cleared before.
    if (at % (clear - 2) === 0) put(clear)
    put(index)
    while (bits.length >= 8) {
      parts.push(parseInt(bits.slice(-8), 2))
      bits = bits.slice(0, -8)
    }
  })
  put(clear + 1)
  const rest = bits.padStart(Math.ceil(bits.length / 8) * 8, '0')
  for (let end = rest.length; end > 0; end -= 8) parts.push(parseInt(rest.slice(end - 8, end), 2))
  return Buffer.from(parts)
}
