import { Transformer } from '@napi-rs/image'
import { endsGrey } from './decode/picture/jpeg'
import { readJpegHead } from './decode/picture/jpeg-head'
import { pictureSample, type SampleFrame } from './picture-sample'

/** A sample that was made of a file's bytes at once, and the shape that its picture has. */
export interface JpegSample {
  readonly values: Uint8Array<ArrayBuffer>
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of a usual JPEG, byte for byte, without all that is asked of other files. Undefined
 * where a file needs more: it is turned, damaged, of many pixels or of inks.
 */
export function jpegSample(bytes: Uint8Array, frame: SampleFrame, mostPixels: number): JpegSample | undefined {
  try {
    const { width, height, components: channels, ...head } = readJpegHead(bytes)
    const plain = head.process <= 2 && head.bits === 8 && head.orientation === 1 && head.pictures === 1 && head.complete
    if (!plain || channels > 3 || width * height > mostPixels) return undefined
    const values = new Transformer(bytes).rawPixelsSync()
    const shape = [height, width, channels]
    if (values.length !== width * height * channels || endsGrey({ width, height, channels, values })) return undefined
    const decoded = { kind: 'picture', format: 'JPEG', dtype: 'uint8', shape, values, notes: [] } as const
    return { values: pictureSample(decoded, frame), shape }
  } catch {
    // Whoever reads it step by step finds out what it is.
    return undefined
  }
}
