import { Refusal, type Values, type ValueType } from '../../contract'
import { holderOf, toNumbers, type NumberType } from '../../array/number-type'
import { zeros } from '../../value-types'
import type { TiffFile } from './directory'
import type { Layout } from './layout'
import { addUp, addUpFloats } from './predictor'
import { unpackers } from './unpack'

/** All samples of a page as they are stored, channels last; `undefined` where its packing is not undone here. */
export function readSamples(file: TiffFile, layout: Layout): Values | undefined {
  const unpack = unpackers[layout.compression]
  if (!unpack) return undefined
  const { width, height, samples, separate, piece, positions, lengths } = layout
  const [across, down] = [Math.ceil(width / piece.width), Math.ceil(height / piece.height)]
  const planes = separate ? samples : 1
  if (positions.length < across * down * planes) throw new Refusal('truncated')
  const target = zeros(typeOf(layout), width * height * samples)
  for (let n = 0; n < across * down * planes; n++) {
    const place = n % (across * down)
    const [x, y] = [(place % across) * piece.width, Math.floor(place / across) * piece.height]
    // A strip at the end has only the rows that are left; a tile is always whole.
    const rows = layout.tiled ? piece.height : Math.min(piece.height, height - y)
    const perPixel = separate ? 1 : samples
    const length = rows * Math.ceil((piece.width * perPixel * layout.bits) / 8)
    const position = positions[n] ?? 0
    // Old files with one strip may leave its length out.
    const stored = lengths[n] ?? (planes * across * down === 1 ? file.bytes.length - position : 0)
    const packed = file.fields.bytes(position, stored)
    const data = unpack(layout.reversed ? packed.map(reversedBits) : packed, length)
    if (data.length < length) throw new Refusal('truncated')
    const values = toValues(data.slice(0, length), file, layout, perPixel)
    const channel = separate ? Math.floor(n / (across * down)) : 0
    copyPiece(values, target, { x, y, rows, perPixel, channel }, layout)
  }
  return target
}

/** The type that a page's values get. */
export function typeOf({ kind, bits }: Layout): ValueType {
  return holderOf({ kind, size: bits > 8 && bits < 16 ? 2 : Math.ceil(bits / 8), littleEndian: true })
}

function reversedBits(byte: number): number {
  let reversed = 0
  for (let bit = 0; bit < 8; bit++) reversed |= ((byte >> bit) & 1) << (7 - bit)
  return reversed
}

function toValues(data: Uint8Array, file: TiffFile, layout: Layout, samples: number): Values {
  const { kind, bits, predictor, piece } = layout
  const rows = { perRow: piece.width * samples, samples }
  if (bits % 8 !== 0) return fromBits(data, bits, rows.perRow)
  const type: NumberType = { kind, size: bits / 8, littleEndian: file.order === 'little' }
  if (predictor === 3) {
    if (kind !== 'f') throw new Refusal('format-not-read', { format: 'TIFF (predictor 3)' })
    return toNumbers(addUpFloats(data, type.size, rows), { ...type, littleEndian: false })
  }
  const values = toNumbers(data, type)
  if (predictor === 2) addUp(values, rows)
  return values
}

interface Place {
  readonly x: number
  readonly y: number
  readonly rows: number
  readonly perPixel: number
  readonly channel: number
}

function copyPiece(values: Values, target: Values, place: Place, { width, height, samples, piece }: Layout): void {
  const { x, y, rows, perPixel, channel } = place
  const [right, bottom] = [Math.min(piece.width, width - x), Math.min(rows, height - y)]
  for (let row = 0; row < bottom; row++) {
    const from = row * piece.width * perPixel
    const to = ((y + row) * width + x) * samples + channel
    if (perPixel === samples) target.set(values.subarray(from, from + right * samples), to)
    else for (let column = 0; column < right; column++) target[to + column * samples] = values[from + column] ?? 0
  }
}

/** Values of fewer than 8 bits, or of 9 to 15, which lie bit by bit one after another; rows begin at whole bytes. */
function fromBits(data: Uint8Array, bits: number, perRow: number): Values {
  const bytesPerRow = Math.ceil((perRow * bits) / 8)
  const rows = Math.floor(data.length / bytesPerRow)
  const values = bits > 8 ? new Uint16Array(rows * perRow) : new Uint8Array(rows * perRow)
  for (let row = 0; row < rows; row++) {
    for (let n = 0, bit = row * bytesPerRow * 8; n < perRow; n++, bit += bits) {
      let value = 0
      for (let place = bit; place < bit + bits; place++) {
        value = (value << 1) | (((data[place >> 3] ?? 0) >> (7 - (place & 7))) & 1)
      }
      values[row * perRow + n] = value
    }
  }
  return values
}
