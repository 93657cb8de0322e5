import { makeRoom } from './jpeg-bits'
import { components, hasExif, height, isProgressive, readFrame, width } from './jpeg-frame'
import { layPlanes, paintPicture } from './jpeg-planes'
import { decodeScans } from './jpeg-progressive'
import { decodeScan } from './jpeg-sequential'

let pixels: usize = 0

/**
 * Decodes a JPEG of `length` bytes at `at` to RGBA, a grey one too, bit by bit as libjpeg-turbo does by default. 1: done;
 * 0: it is not of the usual kind (see `readFrame`), has more pixels than `most`, or something is wrong with it.
 */
export function decodeJpeg(at: usize, length: i32, most: f64): i32 {
  const end = at + length
  const data = readFrame(at, end)
  if (data == 0 || <f64>width * <f64>height > most || !layPlanes()) return 0
  makeRoom(length)
  const isWhole = isProgressive ? decodeScans(data, end) : decodeScan(data, end)
  if (!isWhole) return 0
  pixels = paintPicture()
  return 1
}

export function jpegWidth(): i32 {
  return width
}

export function jpegHeight(): i32 {
  return height
}

/** 1 for a grey picture, otherwise 3. */
export function jpegComponents(): i32 {
  return components
}

/** Whether there is a block of EXIF in it. */
export function jpegHasExif(): bool {
  return hasExif
}

/** The address of its pixels, which stay until the memory is released. */
export function jpegPixels(): usize {
  return pixels
}
