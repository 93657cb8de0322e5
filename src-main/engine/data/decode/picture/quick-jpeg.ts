import { withKernels, type Kernels } from '../../wasm/kernels'
import type { Pixels } from './pixels'

/** Files of more bytes are left to others, so that addresses stay small. */
export const mostJpegBytes = 2 ** 28

/** A picture whose pixels lie at an address of the kernels' memory, as RGBA. */
export interface DecodedInKernels {
  readonly width: number
  readonly height: number
  /** Of the file: 1 grey, 3 colour. */
  readonly channels: number
  readonly at: number
  /** Whether the file may say how it is to be turned. */
  readonly hasExif: boolean
}

/**
 * Decodes `length` bytes at an address of the kernels' memory, a JPEG as most are (Huffman codes, sequential or progressive,
 * 8 bits, grey or YCbCr, no other picture behind it), to the very pixels that libjpeg-turbo makes of it. Undefined for any
 * other, for one of more pixels than `mostPixels`, and where anything is wrong with it: then another decoder finds out what
 * it is.
 */
export function decodeInKernels(
  kernels: Kernels,
  at: number,
  length: number,
  mostPixels: number,
): DecodedInKernels | undefined {
  if (!kernels.decodeJpeg(at, length, mostPixels)) return undefined
  return {
    width: kernels.jpegWidth(),
    height: kernels.jpegHeight(),
    channels: kernels.jpegComponents(),
    at: kernels.jpegPixels(),
    hasExif: kernels.jpegHasExif() !== 0,
  }
}

/** The pixels of a JPEG as most are; undefined as `decodeInKernels`. */
export function decodeQuickly(bytes: Uint8Array, mostPixels: number): Pixels | undefined {
  if (bytes.length > mostJpegBytes) return undefined
  return withKernels((kernels) => {
    const decoded = decodeInKernels(kernels, kernels.put(bytes), bytes.length, mostPixels)
    if (!decoded) return undefined
    const { width, height, channels } = decoded
    const length = width * height * channels
    const packed = kernels.reserve(length)
    kernels.packRow(decoded.at, packed, width * height, channels)
    return { width, height, channels, dtype: 'uint8', values: kernels.bytes(packed, length).slice() }
  })
}
