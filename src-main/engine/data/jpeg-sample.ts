import { readJpegHead } from './decode/picture/jpeg-head'
import { wayOf } from './decode/picture/orientation'
import { decodeInKernels, type DecodedInKernels } from './decode/picture/quick-jpeg'
import { sampleIn, type Opaque, type SampleFrame } from './picture-sample'
import { withKernels, type Kernels } from './wasm/kernels'

/** A sample that was made of a file's bytes at once, and the shape that its picture has. */
export interface JpegSample {
  readonly values: Uint8Array<ArrayBuffer>
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of a JPEG as most are, byte for byte, but with its pixels never here. Undefined
 * where a file needs more: it is damaged, of many pixels, of a rare coding or one of several pictures.
 */
export function jpegSample(bytes: Uint8Array, frame: SampleFrame, mostPixels: number): JpegSample | undefined {
  return withKernels((kernels) => {
    const decoded = decodeInKernels(kernels, bytes, mostPixels)
    if (!decoded) return undefined
    const upright = decoded.hasExif ? turned(kernels, decoded, readJpegHead(bytes).orientation) : decoded
    return { values: sampleIn(kernels, upright, frame), shape: [upright.height, upright.width, decoded.channels] }
  })
}

function turned(kernels: Kernels, picture: DecodedInKernels, orientation: number): Opaque {
  const way = wayOf(orientation, picture.width, picture.height)
  if (!way) return picture
  const { width, height, first, alongX, alongY } = way
  const at = kernels.reserve(width * height * 4)
  kernels.turn(picture.at, width, height, first, alongX, alongY, at)
  return { at, width, height }
}
