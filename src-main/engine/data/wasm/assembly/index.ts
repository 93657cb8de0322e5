export { release, reserve } from './arena'
export { decodeJpeg, jpegComponents, jpegHasMore, jpegHeight, jpegPixels, jpegWidth } from './jpeg'
export { rgbFromRgba, greyFromRgba } from './without-alpha'
