import { readJpegHead } from './decode/picture/jpeg-head'
import { decodeQuickly } from './decode/picture/quick-jpeg'
import { pictureSample, type SampleFrame } from './picture-sample'

/** A sample that was made of a file's bytes at once, and the shape that its picture has. */
export interface JpegSample {
  readonly values: Uint8Array<ArrayBuffer>
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of a JPEG as most are, without all that other files need. Undefined where a file
 * needs more: it is turned, one of several pictures, damaged, of many pixels or of a rare coding.
 */
export function jpegSample(bytes: Uint8Array, frame: SampleFrame, mostPixels: number): JpegSample | undefined {
  const pixels = decodeQuickly(bytes, mostPixels)
  if (!pixels || !standsAlone(bytes)) return undefined
  const { width, height, channels, dtype, values } = pixels
  const shape = [height, width, channels]
  return { values: pictureSample({ kind: 'picture', format: 'JPEG', shape, dtype, values, notes: [] }, frame), shape }
}

/** Whether a file's picture is the only one in it, and upright. */
function standsAlone(bytes: Uint8Array): boolean {
  const { orientation, pictures } = readJpegHead(bytes)
  return orientation === 1 && pictures === 1
}
