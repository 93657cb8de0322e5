import { Refusal } from '../contract'
import { damagedPickle } from './calls'

/** Reads a pickle's instructions and what follows them. Its numbers are little-endian but for floats. */
export class PickleSource {
  private readonly content: Uint8Array
  private readonly view: DataView
  private at = 0

  constructor(content: Uint8Array) {
    this.content = content
    this.view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  }

  u8(): number {
    return this.view.getUint8(this.advance(1))
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true)
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true)
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true)
  }

  u64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true))
  }

  f64(): number {
    return this.view.getFloat64(this.advance(8), false)
  }

  /** A part of the file itself, not a copy. */
  bytes(length: number): Uint8Array {
    const at = this.advance(length)
    return this.content.subarray(at, at + length)
  }

  utf8(length: number): string {
    return Buffer.from(this.bytes(length)).toString('utf8')
  }

  /** A whole number of so many bytes in two's complement. */
  long(length: number): number {
    if (length > 16) throw damagedPickle()
    let value = 0n
    const bytes = this.bytes(length)
    for (let n = length - 1; n >= 0; n--) value = value * 256n + BigInt(bytes[n] ?? 0)
    return Number(BigInt.asIntN(Math.max(1, 8 * length), value))
  }

  line(): string {
    const end = this.content.indexOf(0x0a, this.at)
    if (end < 0) throw new Refusal('truncated')
    const text = Buffer.from(this.content.subarray(this.at, end)).toString('latin1')
    this.at = end + 1
    return text.replace(/\r$/, '')
  }

  /** A text in which Python has escaped line feeds, backslashes and all that is not Latin-1. */
  escapedLine(): string {
    return this.line().replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (all, short?: string, long?: string) => {
      const code = parseInt(short ?? long ?? '', 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : all
    })
  }

  /** A number in digits, which an `L` may follow. */
  decimal(): number {
    const text = this.line().replace(/L$/, '')
    const value = Number(text)
    if (text.trim() === '' || Number.isNaN(value)) throw damagedPickle()
    return value
  }

  /** Protocol 0 writes truth values as numbers of two digits. */
  oldInteger(): number | boolean {
    const text = this.line()
    if (text === '00' || text === '01') return text === '01'
    const value = Number(text)
    if (text.trim() === '' || !Number.isInteger(value)) throw damagedPickle()
    return value
  }

  /** A text between quotes, in which Python has escaped what is not printable. */
  quoted(): string {
    const line = this.line()
    const quote = line[0]
    if (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote) throw damagedPickle()
    return line.slice(1, -1).replace(/\\(x[0-9a-f]{2}|.)/gi, (_, code: string) => unescape(code))
  }

  private advance(length: number): number {
    const at = this.at
    if (!(at + length <= this.content.length)) throw new Refusal('truncated')
    this.at = at + length
    return at
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unescape(code: string): string {
  return code.length === 3 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (escapes[code] ?? code)
}
