import { describe, expect, it } from 'vitest'
import { bytesField, fixed32, fixed32Field, intField, textField, varint } from './protobuf'

describe("protobuf's wire format", () => {
  // 150 and "testing" are the examples of protobuf's own description of its encoding.
  it.each([
    ['varint 0', varint(0), [0]],
    ['varint 127', varint(127), [127]],
    ['varint 150', varint(150), [0x96, 0x01]],
    ['varint beyond 32 bits', varint(2 ** 35), [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['fixed32', fixed32(0x89abcdef), [0xef, 0xcd, 0xab, 0x89]],
    ['a number', intField(1, 150), [0x08, 0x96, 0x01]],
    ['a number of 0', intField(1, 0), []],
    ['a text', textField(2, 'testing'), [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]],
    ['an empty text', textField(2, ''), []],
    ['a message', bytesField(3, intField(1, 150)), [0x1a, 0x03, 0x08, 0x96, 0x01]],
    ['an empty message', bytesField(3, []), [0x1a, 0x00]],
    ['a fixed number', fixed32Field(6, 1), [0x35, 1, 0, 0, 0]],
  ])('writes %s', (_what, written, bytes) => {
    expect(written).toEqual(bytes)
  })
})
