/** A NIfTI file for tests. */
export interface NiftiPlan {
  readonly version: 1 | 2
  readonly order: 'little' | 'big'
  /** x first. */
  readonly shape: readonly number[]
  readonly type: keyof typeof types
  /** The first axis runs fastest. */
  readonly values: readonly number[]
  readonly slope?: number
  readonly intercept?: number
}

const types = {
  uint8: { code: 2, size: 1 },
  int16: { code: 4, size: 2 },
  int32: { code: 8, size: 4 },
  float32: { code: 16, size: 4 },
  float64: { code: 64, size: 8 },
  int8: { code: 256, size: 1 },
  uint16: { code: 512, size: 2 },
  uint32: { code: 768, size: 4 },
  int64: { code: 1024, size: 8 },
} as const

export function niftiFile({ version, order, shape, type, values, slope = 0, intercept = 0 }: NiftiPlan): Buffer {
  const little = order === 'little'
  const { code, size } = types[type]
  const start = version === 1 ? 352 : 544
  const bytes = Buffer.alloc(start + values.length * size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const dimensions = [shape.length, ...shape, ...new Array<number>(7 - shape.length).fill(1)]
  if (version === 1) {
    view.setInt32(0, 348, little)
    dimensions.forEach((one, n) => view.setInt16(40 + 2 * n, one, little))
    view.setInt16(70, code, little)
    view.setInt16(72, size * 8, little)
    view.setFloat32(108, start, little)
    view.setFloat32(112, slope, little)
    view.setFloat32(116, intercept, little)
    bytes.write('n+1\0', 344, 'latin1')
  } else {
    view.setInt32(0, 540, little)
    bytes.write('n+2\0\r\n\x1a\n', 4, 'latin1')
    view.setInt16(12, code, little)
    view.setInt16(14, size * 8, little)
    dimensions.forEach((one, n) => view.setBigInt64(16 + 8 * n, BigInt(one), little))
    view.setBigInt64(168, BigInt(start), little)
    view.setFloat64(176, slope, little)
    view.setFloat64(184, intercept, little)
  }
  values.forEach((value, n) => {
    const at = start + n * size
    if (type === 'float32') view.setFloat32(at, value, little)
    else if (type === 'float64') view.setFloat64(at, value, little)
    else if (type === 'int64') view.setBigInt64(at, BigInt(value), little)
    else if (size === 1) view.setInt8(at, value)
    else if (size === 2) view.setInt16(at, value, little)
    else view.setInt32(at, value, little)
  })
  return bytes
}
