import { begin, ended, overran, unstuff } from './jpeg-bits'
import { components, horizontal, restartInterval, scanComponents, tableNumber, vertical } from './jpeg-frame'
import { decodeBlock, difference, tableOf } from './jpeg-huffman'
import { mcuColumns, mcuRows, paintBlock } from './jpeg-planes'

/** 64 coefficients of 16 bits, zeros between two blocks. */
const block = memory.data(128, 16)

/** Of up to three components, four bytes each: the tables, the last DC coefficient. */
const dcTables = memory.data(3 * 4)
const acTables = memory.data(3 * 4)
const lastFirst = memory.data(3 * 4)

/** Decodes the one scan of a sequential file, all components together. False where that is not so, or it is damaged. */
export function decodeScan(data: usize, end: usize): bool {
  if (scanComponents != components) return false
  for (let n = 0; n < components; n++) {
    const dc = tableOf(0, tableNumber(n, 0))
    const ac = tableOf(1, tableNumber(n, 1))
    if (dc == 0 || ac == 0) return false
    store<u32>(dcTables + ((<usize>n) << 2), <u32>dc)
    store<u32>(acTables + ((<usize>n) << 2), <u32>ac)
  }
  const mcus = mcuColumns * mcuRows
  const interval = restartInterval > 0 ? restartInterval : mcus
  const stop = unstuff(data, end, (mcus + interval - 1) / interval)
  if (stop == 0 || load<u8>(stop, 1) != 0xd9) return false
  memory.fill(block, 0, 128)
  let left: i32 = 0
  let segment: i32 = 0
  for (let row: i32 = 0; row < mcuRows; row++) {
    for (let column: i32 = 0; column < mcuColumns; column++) {
      if (left == 0) {
        if (segment > 0 && !ended()) return false
        begin(segment++)
        memory.fill(lastFirst, 0, 12)
        left = interval
      }
      left--
      if (!decodeUnit(column, row) || overran()) return false
    }
  }
  return ended()
}

/** All blocks of all components of a unit of coded data. */
function decodeUnit(column: i32, row: i32): bool {
  for (let component = 0; component < components; component++) {
    const h = horizontal(component)
    const v = vertical(component)
    for (let y = 0; y < v; y++) {
      for (let x = 0; x < h; x++) {
        if (!decodeNext(component, column * h + x, row * v + y)) return false
      }
    }
  }
  return true
}

function decodeNext(component: i32, column: i32, row: i32): bool {
  const slot = (<usize>component) << 2
  const last = decodeBlock(load<u32>(dcTables + slot), load<u32>(acTables + slot), block)
  if (last < 0) return false
  const first = load<i32>(lastFirst + slot) + difference
  store<i32>(lastFirst + slot, first)
  store<i16>(block, <i16>first)
  paintBlock(component, column, row, block, last + 1)
  if (last > 0) memory.fill(block, 0, 128)
  return true
}
