import { fieldsOf, type Fields } from '../../fields'
import { boxesIn, boxNamed, type Box } from './boxes'

/** What an AVIF file says of its main picture (ISO 23008-12). */
export interface AvifHead {
  readonly width: number
  readonly height: number
  /** Quarter turns against the clock. */
  readonly quarters: number
  /** Mirrored after turning: top to bottom, or left to right. */
  readonly mirror: 'rows' | 'columns' | undefined
  readonly transparent: boolean
  readonly grey: boolean
}

const alphaKinds = /auxiliary:alpha|auxid:1\0/

/** Reads the properties of the main picture, of which a file may have several for its tiles and its transparency. */
export function readAvifHead(bytes: Uint8Array): AvifHead {
  const meta = boxesIn(boxNamed(boxesIn(bytes), 'meta').subarray(4))
  const properties = boxesIn(boxNamed(meta, 'iprp'))
  const all = boxesIn(boxNamed(properties, 'ipco'))
  const main = mainItem(boxNamed(meta, 'pitm'))
  const numbers = associations(boxNamed(properties, 'ipma')).get(main)
  const own = numbers ? numbers.flatMap((number) => all[number - 1] ?? []) : all
  const size = fieldsOf(boxNamed(own, 'ispe'), 'big')
  const turned = boxNamed(own, 'irot')[0]
  const axis = boxNamed(own, 'imir')[0]
  return {
    width: size.u32(4),
    height: size.u32(8),
    quarters: (turned ?? 0) & 3,
    mirror: axis === undefined ? undefined : (axis & 1) === 0 ? 'rows' : 'columns',
    transparent: all.some(isAlpha),
    // One channel by the codec's own settings; a picture of tiles has them at its tiles.
    grey: ((boxNamed(own, 'av1C')[2] ?? boxNamed(all, 'av1C')[2] ?? 0) & 0x10) !== 0,
  }
}

function isAlpha({ kind, body }: Box): boolean {
  return kind === 'auxC' && alphaKinds.test(Buffer.from(body).toString('latin1'))
}

function mainItem(pitm: Uint8Array): number {
  if (pitm.length < 6) return 0
  const fields = fieldsOf(pitm, 'big')
  return pitm[0] === 0 ? fields.u16(4) : fields.u32(4)
}

/** Which properties, counted from 1, belong to which item. */
function associations(ipma: Uint8Array): Map<number, number[]> {
  const found = new Map<number, number[]>()
  if (ipma.length < 8) return found
  const fields = fieldsOf(ipma, 'big')
  const long = fields.u8(0) > 0
  const wide = (fields.u8(3) & 1) !== 0
  let at = 8
  for (let item = 0; item < fields.u32(4); item++) {
    const id = long ? fields.u32(at) : fields.u16(at)
    at += long ? 4 : 2
    const count = fields.u8(at++)
    const numbers: number[] = []
    // The highest bit says whether a property is essential.
    for (let n = 0; n < count; n++, at += wide ? 2 : 1) numbers.push(propertyNumber(fields, at, wide))
    found.set(id, numbers)
  }
  return found
}

function propertyNumber(fields: Fields, at: number, wide: boolean): number {
  return wide ? fields.u16(at) & 0x7fff : fields.u8(at) & 0x7f
}
