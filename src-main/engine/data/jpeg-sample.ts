import { Transformer } from '@napi-rs/image'
import { endsGrey } from './decode/picture/jpeg'
import { readJpegHead } from './decode/picture/jpeg-head'
import { cutFor, sampleOf, sizeFor, triangle, type SampleFrame } from './picture-sample'

/** A sample that was made of a file's bytes at once, and the shape that its picture has. */
export interface JpegSample {
  readonly values: Uint8Array<ArrayBuffer>
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of a usual JPEG, byte for byte, but decoded and brought to its size natively, with
 * its pixels never here. Undefined where a file needs more: it is turned, damaged, of many pixels or of inks, is to be
 * cut, or has the sample's size already.
 */
export function jpegSample(bytes: Uint8Array, frame: SampleFrame, mostPixels: number): JpegSample | undefined {
  const [rows = 1, columns = 1] = frame.shape
  const { resize = 'fit' } = frame
  try {
    const { width, height, components, ...head } = readJpegHead(bytes)
    const plain = head.process <= 2 && head.bits === 8 && head.orientation === 1 && head.pictures === 1 && head.complete
    if (!plain || components > 3 || width * height > mostPixels) return undefined
    const cut = cutFor({ width, height }, columns, rows, resize)
    // The native call would bring it to its size before it cuts.
    if (cut.width !== width || cut.height !== height) return undefined
    const size = sizeFor(cut, columns, rows, resize)
    if (size.width === width && size.height === height) return undefined
    const transformer = new Transformer(bytes)
    const showsEnd = width <= size.width * mostReduced && height <= size.height * mostReduced
    if (!showsEnd && endsGrey({ width, height, channels: components, values: transformer.rawPixelsSync() })) {
      return undefined
    }
    const rgba = transformer.fastResize({ ...size, ...triangle }).rawPixelsSync()
    if (showsEnd && mayEndGrey(rgba)) return undefined
    return { values: sampleOf({ ...size, rgba }, frame.shape), shape: [height, width, components] }
  } catch {
    // Whoever reads it step by step finds out what it is.
    return undefined
  }
}

/** Reduced more, the last pixel would be made of more than the picture's last block, which is 8 × 8 pixels. */
const mostReduced = 5

/** Whether the picture's last block may be all of the grey that damaged data leaves behind, by the last pixel. */
function mayEndGrey(rgba: Uint8Array): boolean {
  return rgba.subarray(-4, -1).every((value) => Math.abs(value - 128) <= 1)
}
