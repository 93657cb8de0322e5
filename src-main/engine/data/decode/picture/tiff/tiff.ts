import { Refusal, type DecodedValues, type Limits, type Reader } from '../../contract'
import { readAll } from '../../source-file'
import { starts } from '../../unreadable'
import { decodeNatively } from '../native'
import { turn } from '../orientation'
import { checkSize, frameNotes, pictureOf, volumeOf, type Pixels } from '../pixels'
import { toPicture } from './colours'
import { openTiff, tags, type Directory, type TiffFile } from './directory'
import { readLayout, sizeOf } from './layout'
import { readSamples } from './samples'

/** As many as four channels of 16 bits take, for a picture of as many pixels as are allowed. */
const bytesPerPixel = 8

const marks = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].map((mark) => starts(0, mark))

/**
 * TIFF and BigTIFF: the first page, or all as a volume. Values keep their type, of which few bits become bytes and inks
 * become light. Fax and JPEG pages are the native decoder's.
 */
export const tiff: Reader = {
  name: 'tiff',
  endings: ['tif', 'tiff', 'btf', 'tf8'],
  recognizes: (head) => marks.some((test) => test(head)),
  async read(file, { limits, frames }) {
    const opened = openTiff(await readAll(file, limits.bytes))
    const whole = opened.pages.filter((page) => (page.number(tags.subfile, 0) & 1) === 0)
    const pages = whole.length > 0 ? whole : opened.pages
    const taken = frames === 'all' ? pages : pages.slice(0, 1)
    for (const page of taken) checkPage(page, limits, taken.length)
    const pictures: Pixels[] = []
    for (const page of taken) pictures.push(await readPage(opened, page, limits))
    if (frames === 'all') return volumeOf(pictures, 'TIFF')
    const [first] = pictures
    if (!first) throw new Refusal('no-picture-in-it')
    return onlyPicture(first, pages.length)
  },
}

/** Refuses by size, and by what its values take: satellites' pictures have many to a pixel, of eight bytes each. */
function checkPage(page: Directory, limits: Limits, pages: number): void {
  const { width, height } = sizeOf(page)
  checkSize(width, height, limits, pages)
  const count = width * height * page.number(tags.samples, 1) * pages
  const limit = Math.floor((limits.pixels * bytesPerPixel) / Math.ceil(page.number(tags.bits, 1) / 8))
  if (count > limit) throw new Refusal('too-many-values', { count, limit })
}

/** More than four channels are no colours any more. */
function onlyPicture(pixels: Pixels, pages: number): DecodedValues {
  const picture = pictureOf(pixels, 'TIFF', frameNotes(pages))
  return pixels.channels > 4 ? { ...picture, kind: 'array' } : picture
}

async function readPage(file: TiffFile, page: Directory, limits: Limits): Promise<Pixels> {
  const orientation = page.number(tags.orientation, 1)
  const layout = readLayout(page, limits)
  const samples = readSamples(file, layout)
  const pixels = samples ? toPicture(samples, layout, page) : await readNatively(file, page, layout.compression)
  return turn(pixels, orientation)
}

const packings: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'CCITT G3',
  4: 'CCITT G4',
  6: 'old JPEG',
  7: 'JPEG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'ZSTD',
  50001: 'WebP',
}
const nativePackings = [4, 7]

/** The native decoder shows a file's first page, so the one wanted is made the first. */
async function readNatively(file: TiffFile, page: Directory, packing: number): Promise<Pixels> {
  if (file.big || !nativePackings.includes(packing)) {
    throw new Refusal('format-not-read', { format: `TIFF (${packings[packing] ?? packing})` })
  }
  const bytes = Uint8Array.from(file.bytes)
  new DataView(bytes.buffer).setUint32(4, page.at, file.order === 'little')
  const pixels = await decodeNatively(bytes)
  const { width, height } = sizeOf(page)
  if (pixels.width !== width || pixels.height !== height)
    throw new Refusal('damaged', { detail: `${width} × ${height}` })
  return pixels
}
