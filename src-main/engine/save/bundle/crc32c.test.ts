import { describe, expect, it } from 'vitest'
import { crc32c } from './crc32c'

describe('the CRC-32C', () => {
  // The examples of RFC 3720, appendix B.4, and the usual check value.
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, n) => n), 0x46dd794e],
    ['31 to 0', Uint8Array.from({ length: 32 }, (_, n) => 31 - n), 0x113fdb5c],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
    ['nothing', new Uint8Array(), 0],
  ])('of %s is the published one', (_what, bytes, value) => {
    expect(crc32c(bytes)).toBe(value)
  })
})
