import { describe, expect, it } from 'vitest'
import { soundTypeOf } from './sound-head'

const bytes = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0))

describe('a sound file', () => {
  it.each([
    ['RIFF\x24\x00\x00\x00WAVEfmt ', 'audio/wav'],
    ['RIFF\x24\x00\x00\x00WEBPVP8 ', undefined],
    ['fLaC\x00\x00\x00\x22', 'audio/flac'],
    ['OggS\x00\x02', 'audio/ogg'],
    ['FORM\x00\x00\x00\x20AIFFCOMM', 'audio/aiff'],
    ['FORM\x00\x00\x00\x20ILBMBMHD', undefined],
    ['.snd\x00\x00\x00\x18', 'audio/basic'],
    ['\x00\x00\x00\x20ftypM4A ', 'audio/mp4'],
    ['\x00\x00\x00\x20ftypisom', undefined],
    ['ID3\x03\x00', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio/mpeg'],
    ['\xff\xf3\x84\xc4', 'audio/mpeg'],
    ['\xff\xf1\x50\x80', 'audio/aac'],
    // A JPEG, text in UTF-16, and bytes that no frame has.
    ['\xff\xd8\xff\xe0', undefined],
    ['\xff\xfea\x00b\x00', undefined],
    ['\xff\xfb\xf0\x00', undefined],
    ['\xff\xff\xff\xff', undefined],
    ['', undefined],
    ['just text', undefined],
  ])('that begins with %j is %s', (head, type) => {
    expect(soundTypeOf(bytes(head))).toBe(type)
  })
})
