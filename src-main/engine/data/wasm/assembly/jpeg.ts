import { reserve } from './arena'
import { begin, ended, segmentCount, unstuff } from './jpeg-bits'
import { colourRow, greyRow, widenRow, widenRows } from './jpeg-colour'
import {
  components,
  hasExif,
  height,
  horizontal,
  quantizersOf,
  readFrame,
  restartInterval,
  tableNumber,
  vertical,
  width,
} from './jpeg-frame'
import { decodeBlock, difference, tableOf } from './jpeg-huffman'
import { transform, transformFirst } from './jpeg-idct'

/** 64 coefficients of 16 bits, zeros between two blocks. */
const block = memory.data(128, 16)

/** Units of coded data in the picture's width and height: each has the blocks of one or two by one or two luma blocks. */
let mcuColumns: i32 = 0
let mcuRows: i32 = 0

/** Of up to three components, four bytes each: where the plane lies, the bytes of its rows, the tables, the last DC coefficient. */
const planes = memory.data(3 * 4)
const strides = memory.data(3 * 4)
const dcTables = memory.data(3 * 4)
const acTables = memory.data(3 * 4)
const lastFirst = memory.data(3 * 4)

let pixels: usize = 0

/**
 * Decodes a JPEG of `length` bytes at `at` to RGBA, a grey one too, bit by bit as libjpeg-turbo does by default. 1: done;
 * 0: it is not of the usual kind (see `readFrame`), has more pixels than `most`, or something is wrong with it.
 */
export function decodeJpeg(at: usize, length: i32, most: f64): i32 {
  const end = at + length
  const data = readFrame(at, end)
  if (data == 0 || <f64>width * <f64>height > most) return 0
  if (!lay()) return 0
  const mcus = <i64>mcuColumns * mcuRows
  const interval = restartInterval > 0 ? <i64>restartInterval : mcus
  const expected = (mcus + interval - 1) / interval
  if (expected > (length >> 1) + 1) return 0
  const stop = unstuff(data, end, <i32>expected)
  if (stop == 0 || stop + 2 > end || load<u8>(stop, 1) != 0xd9) return 0
  if (<i64>segmentCount() != expected) return 0
  if (!decodePlanes(mcus, interval)) return 0
  paint()
  return 1
}

export function jpegWidth(): i32 {
  return width
}

export function jpegHeight(): i32 {
  return height
}

/** 1 for a grey picture, otherwise 3. */
export function jpegComponents(): i32 {
  return components
}

/** Whether there is a block of EXIF in it. */
export function jpegHasExif(): bool {
  return hasExif
}

/** The address of its pixels, which stay until the memory is released. */
export function jpegPixels(): usize {
  return pixels
}

/** Takes memory for the planes. False for a sampling that is rare, or tables that are not there. */
function lay(): bool {
  const most = horizontal(0)
  const tall = vertical(0)
  const isKnown = most == 1 ? tall == 1 : most == 2 && (tall == 1 || tall == 2)
  if (!isKnown) return false
  mcuColumns = (width + 8 * most - 1) / (8 * most)
  mcuRows = (height + 8 * tall - 1) / (8 * tall)
  for (let n = 0; n < components; n++) {
    if (n > 0 && (horizontal(n) != 1 || vertical(n) != 1)) return false
    const slot = (<usize>n) << 2
    const stride = mcuColumns * horizontal(n) * 8
    store<u32>(strides + slot, stride)
    store<u32>(planes + slot, <u32>reserve(<usize>stride * (mcuRows * vertical(n) * 8)))
    const dc = tableOf(0, tableNumber(n, 0))
    const ac = tableOf(1, tableNumber(n, 1))
    if (dc == 0 || ac == 0) return false
    store<u32>(dcTables + slot, <u32>dc)
    store<u32>(acTables + slot, <u32>ac)
  }
  // Narrower colour planes are widened otherwise.
  return components == 1 || most == 1 || (width + 1) / 2 > 2
}

function decodePlanes(mcus: i64, interval: i64): bool {
  memory.fill(block, 0, 128)
  let row: i32 = 0
  let column: i32 = 0
  let left: i64 = 0
  let segment: i32 = 0
  for (let n: i64 = 0; n < mcus; n++) {
    if (left == 0) {
      if (segment > 0 && !ended()) return false
      begin(segment++)
      memory.fill(lastFirst, 0, 12)
      left = interval
    }
    left--
    for (let component = 0; component < components; component++) {
      const h = horizontal(component)
      const v = vertical(component)
      for (let y = 0; y < v; y++) {
        for (let x = 0; x < h; x++) {
          if (!decodeNext(component, column * h + x, row * v + y)) return false
        }
      }
    }
    if (++column == mcuColumns) {
      column = 0
      row++
    }
  }
  return ended()
}

/** The next block of a component, which comes to a place in its plane, counted in blocks. */
function decodeNext(component: i32, column: i32, row: i32): bool {
  const slot = (<usize>component) << 2
  const last = decodeBlock(load<u32>(dcTables + slot), load<u32>(acTables + slot), block)
  if (last < 0) return false
  const first = load<i32>(lastFirst + slot) + difference
  store<i32>(lastFirst + slot, first)
  const stride = <usize>load<u32>(strides + slot)
  const to = <usize>load<u32>(planes + slot) + (<usize>row * stride + <usize>column) * 8
  const quantizers = quantizersOf(component)
  if (last == 0) {
    transformFirst(first, load<u16>(quantizers), to, stride)
  } else {
    store<i16>(block, <i16>first)
    transform(block, quantizers, to, stride)
    memory.fill(block, 0, 128)
  }
  return true
}

/** Makes pixels of the planes. */
function paint(): void {
  pixels = reserve((<usize>width * height) << 2)
  const luma = <usize>load<u32>(planes)
  const stride = <usize>load<u32>(strides)
  const rowBytes = (<usize>width) << 2
  if (components == 1) {
    for (let y: usize = 0; y < <usize>height; y++) greyRow(luma + y * stride, pixels + y * rowBytes, width)
    return
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
}
