import { describe, expect, it } from 'vitest'
import { Refusal } from '../contract'
import { BitReader } from './bits'
import { PacketReader } from './vorbis/bits'

const bytes = Uint8Array.from({ length: 64 }, (_, n) => (n * 73 + 41) & 255)
const mostFirst = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
const leastFirst = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0').split('').reverse().join('')).join('')

describe('BitReader', () => {
  it('reads numbers of any width as they stand in the digits', () => {
    const bits = new BitReader(bytes)
    let at = 0
    for (const width of [1, 7, 3, 32, 0, 24, 25, 13, 31, 5, 17]) {
      const digits = mostFirst.slice(at, at + width)
      expect(bits.unsigned(width)).toBe(width === 0 ? 0 : parseInt(digits, 2))
      at += width
    }
  })

  it.each([1, 2, 5, 16, 25, 32, 33])('reads signed numbers of %i bits', (width) => {
    const digits = mostFirst.slice(3, 3 + width)
    const bits = new BitReader(bytes)
    bits.unsigned(3)
    expect(bits.signed(width)).toBe(Number(BigInt.asIntN(width, BigInt(`0b${digits}`))))
  })

  it.each([0, 1, 7, 8, 24, 25, 26, 63, 200])('counts %i zeros', (zeros) => {
    const start = 5
    const digits = '1'.repeat(start) + '0'.repeat(zeros) + '1'
    const packed = Uint8Array.from(digits.padEnd(Math.ceil(digits.length / 8) * 8, '1').match(/.{8}/g)!, (one) =>
      parseInt(one, 2),
    )
    const bits = new BitReader(packed)
    bits.unsigned(start)
    expect(bits.unary()).toBe(zeros)
  })

  it('refuses to read beyond the end', () => {
    const bits = new BitReader(Uint8Array.of(0, 0))
    expect(bits.unsigned(16)).toBe(0)
    expect(() => bits.unsigned(1)).toThrow(Refusal)
    expect(() => new BitReader(new Uint8Array(9)).unary()).toThrow(Refusal)
  })

  it('goes on at whole bytes', () => {
    const bits = new BitReader(bytes, 2)
    expect(bits.align()).toBe(2)
    bits.unsigned(1)
    expect([bits.align(), bits.unsigned(8)]).toEqual([3, bytes[3]])
  })
})

describe('PacketReader', () => {
  it('reads numbers of any width, least significant bit first', () => {
    const bits = new PacketReader(bytes)
    let at = 0
    for (const width of [1, 7, 3, 32, 0, 16, 24, 13, 31]) {
      const digits = leastFirst
        .slice(at, at + width)
        .split('')
        .reverse()
        .join('')
      expect(bits.read(width)).toBe(width === 0 ? 0 : parseInt(digits, 2))
      at += width
    }
  })

  it('gives zeros beyond the end, and says so', () => {
    const bits = new PacketReader(Uint8Array.of(255))
    expect([bits.read(8), bits.ended]).toEqual([255, false])
    expect([bits.read(3), bits.ended]).toEqual([0, true])
  })
})
