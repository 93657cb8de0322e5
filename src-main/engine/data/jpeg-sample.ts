import { decodeInKernels } from './decode/picture/quick-jpeg'
import { readJpegHead } from './decode/picture/jpeg-head'
import { sampleIn, type SampleFrame } from './picture-sample'
import { withKernels } from './wasm/kernels'

/** A sample that was made of a file's bytes at once, and the shape that its picture has. */
export interface JpegSample {
  readonly values: Uint8Array<ArrayBuffer>
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of a JPEG as most are, byte for byte, but with its pixels never here. Undefined
 * where a file needs more: it is turned, one of several pictures, damaged, of many pixels or of a rare coding.
 */
export function jpegSample(bytes: Uint8Array, frame: SampleFrame, mostPixels: number): JpegSample | undefined {
  return withKernels((kernels) => {
    const decoded = decodeInKernels(kernels, bytes, mostPixels)
    if (!decoded || (decoded.hasMore && !standsAlone(bytes))) return undefined
    const { width, height, channels } = decoded
    return { values: sampleIn(kernels, decoded, frame), shape: [height, width, channels] }
  })
}

/** Whether a file's picture is the only one in it, and upright. */
function standsAlone(bytes: Uint8Array): boolean {
  const { orientation, pictures } = readJpegHead(bytes)
  return orientation === 1 && pictures === 1
}
