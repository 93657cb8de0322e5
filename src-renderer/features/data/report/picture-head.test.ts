import { Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hexStart, pictureHead, textStart } from './picture-head'

const utf8 = (text: string) => new TextEncoder().encode(text)
const rgba = Transformer.fromRgbaPixels(new Uint8Array(70 * 300 * 4).fill(200), 70, 300)

describe('the size in a picture’s head', () => {
  it.each([
    ['image/png', rgba.pngSync()],
    ['image/jpeg', rgba.jpegSync()],
    ['image/bmp', rgba.bmpSync()],
    ['image/webp', rgba.webpSync()],
    ['image/webp', rgba.webpLosslessSync()],
  ])('%s, even of a cut file', (type, bytes) => {
    const size = { type, width: 70, height: 300 }
    expect(pictureHead(bytes)).toEqual(size)
    expect(pictureHead(bytes.subarray(0, bytes.length - 3))).toEqual(size)
  })

  it('random bytes never throw', () => {
    const starts = fc.constantFrom('', 'RIFF', 'GIF8', 'BM', '\xff\xd8\xff\xe0', '\x89PNG')
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        pictureHead(Uint8Array.from([...Array.from(start, (letter) => letter.charCodeAt(0)), ...rest]))
      }),
    )
  })
})

describe('the beginning of a file', () => {
  it.each([
    ['words', utf8('ключ,value\r\n'), 'ключ,value\r\n'],
    ['a letter that is cut', utf8('я').subarray(0, 1), undefined],
    ['numbers', Uint8Array.of(1, 2, 3, 255), undefined],
    ['nothing', new Uint8Array(), undefined],
  ])('%s', (_name, bytes, expected) => expect(textStart(bytes)).toBe(expected))

  it('as bytes', () =>
    expect(hexStart(Uint8Array.from([...utf8('RIFF'), 0, 255, 1, 2, 65]))).toBe(
      '0000  52 49 46 46 00 ff 01 02  RIFF····\n0008  41                       A',
    ))
})
