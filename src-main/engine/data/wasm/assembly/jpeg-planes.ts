import { reserve } from './arena'
import { colourRow, greyRow, widenRow, widenRows } from './jpeg-colour'
import { components, height, horizontal, quantizersOf, vertical, width } from './jpeg-frame'
import { fewCoefficients, transform, transformFew, transformFirst } from './jpeg-idct'

/** A picture's components as bytes, one plane each, from blocks of coefficients to pixels. */

/** Units of coded data in the picture's width and height: each has the blocks of one or two by one or two luma blocks. */
export let mcuColumns: i32 = 0
export let mcuRows: i32 = 0

/** Of up to three components, four bytes each: where the plane lies, the bytes of its rows. */
const planes = memory.data(3 * 4)
const strides = memory.data(3 * 4)

/** Takes memory for the planes. False for a sampling that is rare. */
export function layPlanes(): bool {
  const most = horizontal(0)
  const tall = vertical(0)
  const isKnown = most == 1 ? tall == 1 : most == 2 && (tall == 1 || tall == 2)
  if (!isKnown) return false
  mcuColumns = (width + 8 * most - 1) / (8 * most)
  mcuRows = (height + 8 * tall - 1) / (8 * tall)
  for (let n = 0; n < components; n++) {
    if (n > 0 && (horizontal(n) != 1 || vertical(n) != 1)) return false
    const stride = mcuColumns * horizontal(n) * 8
    store<u32>(strides + ((<usize>n) << 2), stride)
    store<u32>(planes + ((<usize>n) << 2), <u32>reserve(<usize>stride * (mcuRows * vertical(n) * 8)))
  }
  // Narrower colour planes are widened otherwise.
  return components == 1 || most == 1 || (width + 1) / 2 > 2
}

/**
 * Makes pixels of a block of a component and writes them to its place, counted in blocks. `reach` tells what may be in it: 1,
 * the first coefficient; up to `fewCoefficients`, those of the first four rows and columns; more, any.
 */
export function paintBlock(component: i32, column: i32, row: i32, block: usize, reach: i32): void {
  const slot = (<usize>component) << 2
  const stride = <usize>load<u32>(strides + slot)
  const to = <usize>load<u32>(planes + slot) + (<usize>row * stride + <usize>column) * 8
  const quantizers = quantizersOf(component)
  if (reach <= 1) transformFirst(load<i16>(block), load<u16>(quantizers), to, stride)
  else if (reach <= fewCoefficients) transformFew(block, quantizers, to, stride)
  else transform(block, quantizers, to, stride)
}

/** Makes pixels of the planes, and gives their address. */
export function paintPicture(): usize {
  const pixels = reserve((<usize>width * height) << 2)
  const luma = <usize>load<u32>(planes)
  const stride = <usize>load<u32>(strides)
  const rowBytes = (<usize>width) << 2
  if (components == 1) {
    for (let y: usize = 0; y < <usize>height; y++) greyRow(luma + y * stride, pixels + y * rowBytes, width)
    return pixels
  }
  const cb = <usize>load<u32>(planes, 4)
  const cr = <usize>load<u32>(planes, 8)
  const colourStride = <usize>load<u32>(strides, 4)
  const wide = horizontal(0) == 2
  const tall = vertical(0) == 2
  const columns = wide ? (width + 1) / 2 : width
  const rows = tall ? (height + 1) / 2 : height
  const sums = reserve(((<usize>columns) << 1) + 64)
  const widened = (<usize>(columns + 16)) << 1
  const wideCb = reserve(widened)
  const wideCr = reserve(widened)
  for (let y = 0; y < height; y++) {
    let cbRow: usize = 0
    let crRow: usize = 0
    if (!wide) {
      cbRow = cb + <usize>y * colourStride
      crRow = cr + <usize>y * colourStride
    } else if (!tall) {
      widenRow(cb + <usize>y * colourStride, wideCb, columns, sums)
      widenRow(cr + <usize>y * colourStride, wideCr, columns, sums)
      cbRow = wideCb
      crRow = wideCr
    } else {
      const near = <usize>(y >> 1) * colourStride
      const far = <usize>max(0, min(rows - 1, (y >> 1) + ((y & 1) << 1) - 1)) * colourStride
      widenRows(cb + near, cb + far, wideCb, columns, sums)
      widenRows(cr + near, cr + far, wideCr, columns, sums)
      cbRow = wideCb
      crRow = wideCr
    }
    colourRow(luma + <usize>y * stride, cbRow, crRow, pixels + <usize>y * rowBytes, width)
  }
  return pixels
}
