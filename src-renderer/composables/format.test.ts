import { describe, expect, it } from 'vitest'
import { makeFormat } from './format'

const words = { timeLeft: (text: string) => `${text} left`, imagesPerSecond: (text: string) => `${text} samples/s` }
const en = makeFormat(() => 'en', words)
const ru = makeFormat(() => 'ru', words)

/** Intl separates with several kinds of space; what counts here is that there is one. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ')
}

describe('numbers for people', () => {
  it.each([
    [en.integer(60000), '60,000'],
    [ru.integer(60000), '60 000'],
    [en.decimal(0.0421357), '0.04214'],
    [ru.decimal(0.0421357), '0,04214'],
    [en.fixed(0.5), '0.500'],
    [en.percent(0.9731), '97.3%'],
    [ru.percent(0.9731), '97,3 %'],
    [en.compact(1_234_567), '1.23M'],
    [ru.compact(1_234_567), '1,23 млн'],
    [en.scientific(3e-6), '3 × 10⁻⁶'],
    [en.scientific(0), '0'],
    [ru.scientific(-1.5e12), '−1,5 × 10¹²'],
    [en.shape([26, 26, 32]), '26 × 26 × 32'],
    [en.imagesPerSecond(1240.4), '1,240 samples/s'],
    [en.imagesPerSecond(3.25), '3.3 samples/s'],
    [en.fixed(-0.25, 2), '−0.25'],
    [en.integer(Number.NaN), '–'],
    [en.decimal(Number.POSITIVE_INFINITY), '–'],
  ])('%s', (shown, expected) => expect(plain(shown)).toBe(expected))

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1_250_000, '1.3 MB'],
    [583_000_000, '583 MB'],
    [2e15, '2,000 TB'],
  ])('%d bytes', (count, expected) => expect(plain(en.bytes(count))).toBe(expected))

  it.each([
    [0, '0 sec'],
    [4.23, '4.2 sec'],
    [9.96, '10 sec'],
    [59.4, '59 sec'],
    [59.6, '1 min'],
    [150, '2 min 30 sec'],
    [3599.6, '1 hr'],
    [3900, '1 hr 5 min'],
    [7200, '2 hr'],
    [Number.NaN, '–'],
  ])('%d seconds', (seconds, expected) => expect(plain(en.duration(seconds))).toBe(expected))

  it.each([
    [0.2, '1 sec left'],
    [8.4, '8 sec left'],
    [47, '45 sec left'],
    [124, '2 min left'],
    [4000, '1 hr 5 min left'],
  ])('%d seconds left', (seconds, expected) => expect(plain(en.timeLeft(seconds))).toBe(expected))

  it('names the day only where it is not today', () => {
    const noon = new Date(2026, 10, 25, 12, 30)
    expect(plain(en.dateTime(noon, noon))).toBe('12:30 PM')
    expect(ru.dateTime(noon, new Date(2026, 10, 26))).toContain('25 нояб.')
  })
})
