import { Refusal, type Limits } from '../../contract'
import { checkSize } from '../pixels'
import { tags, type Directory } from './directory'

/** How a page's samples lie in its pieces: strips of whole rows, or tiles. */
export interface Layout {
  readonly width: number
  readonly height: number
  /** Samples to a pixel. */
  readonly samples: number
  readonly bits: number
  /** Unsigned, signed or floating-point numbers. */
  readonly kind: 'u' | 'i' | 'f'
  readonly compression: number
  readonly predictor: number
  readonly colours: number
  /** Each sample in pieces of its own. */
  readonly separate: boolean
  readonly tiled: boolean
  /** The bits of each byte lie the other way round. */
  readonly reversed: boolean
  readonly piece: { readonly width: number; readonly height: number }
  readonly positions: readonly number[]
  readonly lengths: readonly number[]
}

/** Width and height alone, for the limits. */
export function sizeOf(page: Directory): { width: number; height: number } {
  return { width: page.number(tags.width, 0), height: page.number(tags.height, 0) }
}

export function readLayout(page: Directory, limits: Limits): Layout {
  const { width, height } = sizeOf(page)
  const samples = page.number(tags.samples, 1)
  const depths = page.numbers(tags.bits)
  const formats = page.numbers(tags.sampleFormat)
  const [bits = 1] = depths
  const [format = 1] = formats
  if (samples < 1 || depths.some((other) => other !== bits) || formats.some((other) => other !== format)) {
    throw new Refusal('format-not-read', { format: `TIFF (${samples} × ${depths.join('/')} bit)` })
  }
  const tiled = page.numbers(tags.tilePositions).length > 0
  const piece = tiled
    ? { width: page.number(tags.tileWidth, 0), height: page.number(tags.tileHeight, 0) }
    : { width, height: Math.min(height, page.number(tags.rowsPerStrip, height)) }
  checkSize(piece.width, piece.height, limits)
  return {
    width,
    height,
    samples,
    bits,
    kind: kindOf(bits, format),
    compression: page.number(tags.compression, 1),
    predictor: page.number(tags.predictor, 1),
    colours: page.number(tags.colours, 1),
    separate: page.number(tags.planes, 1) === 2 && samples > 1,
    tiled,
    reversed: page.number(tags.fillOrder, 1) === 2,
    piece,
    positions: page.numbers(tiled ? tags.tilePositions : tags.stripPositions),
    lengths: page.numbers(tiled ? tags.tileLengths : tags.stripLengths),
  }
}

function kindOf(bits: number, format: number): Layout['kind'] {
  if (format === 3 && [16, 32, 64].includes(bits)) return 'f'
  if (format === 2 && [8, 16, 32].includes(bits)) return 'i'
  // 4: nobody knows what it is; most programs take it for plain numbers.
  if ((format === 1 || format === 4) && ((bits >= 1 && bits <= 16) || bits === 32)) return 'u'
  const name =
    { 1: 'uint', 2: 'int', 3: 'float', 4: 'uint', 5: 'complex int', 6: 'complex float' }[format] ?? `${format}`
  throw new Refusal('format-not-read', { format: `TIFF (${bits} bit ${name})` })
}
