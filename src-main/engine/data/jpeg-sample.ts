import { readJpegHead } from './decode/picture/jpeg-head'
import { wayOf } from './decode/picture/orientation'
import { decodeInKernels, type DecodedInKernels } from './decode/picture/quick-jpeg'
import { sampleIn, type Opaque, type SampleFrame } from './picture-sample'
import type { Kernels } from './wasm/kernels'

/** A sample in the kernels' memory that was made of a file at once, and the shape that its picture has. */
export interface JpegSample {
  readonly at: number
  readonly shape: readonly number[]
}

/**
 * The sample that `pictureSample` makes of `length` bytes at an address, a JPEG as most are, byte for byte, but with its
 * pixels never here. Undefined where a file needs more: it is damaged, of many pixels, of a rare coding or one of several
 * pictures.
 */
export function jpegSampleIn(
  kernels: Kernels,
  at: number,
  length: number,
  frame: SampleFrame,
  mostPixels: number,
): JpegSample | undefined {
  const decoded = decodeInKernels(kernels, at, length, mostPixels)
  if (!decoded) return undefined
  const upright = decoded.hasExif
    ? turned(kernels, decoded, readJpegHead(kernels.bytes(at, length)).orientation)
    : decoded
  return { at: sampleIn(kernels, upright, frame), shape: [upright.height, upright.width, decoded.channels] }
}

function turned(kernels: Kernels, picture: DecodedInKernels, orientation: number): Opaque {
  const way = wayOf(orientation, picture.width, picture.height)
  if (!way) return picture
  const { width, height, first, alongX, alongY } = way
  const at = kernels.reserve(width * height * 4)
  kernels.turn(picture.at, width, height, first, alongX, alongY, at)
  return { at, width, height }
}
