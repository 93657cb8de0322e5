// @ts-check
import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration, formatProgress, showProgress } from './progress.mjs'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [16_974, '17.0 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [274_000_871, '274 MB'],
    [2_900_000_000, '2.9 GB'],
    [5_000_000_000_000, '5000 GB'],
  ])('%i is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [3240, '3.2 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [65_000, '1 min 05 s'],
    [3_600_000, '60 min 00 s'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })
})

describe('formatProgress', () => {
  it.each([
    [{ name: 'x', done: 50, total: 100 }, 'x  ████████████░░░░░░░░░░░░  50 %  50 B of 100 B'],
    [{ name: 'x', done: 0, total: 100 }, 'x  ░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0 B of 100 B'],
    // More came than was announced: never more than all of it.
    [{ name: 'x', done: 150, total: 100 }, 'x  ████████████████████████ 100 %  100 B of 100 B'],
    // One byte short is not 100 %.
    [{ name: 'x', done: 999_999, total: 1_000_000 }, 'x  ████████████████████████  99 %  1.0 MB of 1.0 MB'],
    [{ name: 'x', done: 2000, total: 0 }, 'x  2.0 kB'],
    [
      { name: 'npm ci', done: 3, total: 4, format: String, suffix: ' packages, 1 MB' },
      'npm ci  ██████████████████░░░░░░  75 %  3 of 4 packages, 1 MB',
    ],
  ])('%o', (state, line) => {
    expect(formatProgress(state)).toBe(line)
  })
})

describe('showProgress', () => {
  /** @param {boolean} isTTY */
  function createStream(isTTY) {
    /** @type {string[]} */
    const written = []
    const write = (/** @type {string} */ text) => written.push(text) > 0
    return { written, stream: /** @type {any} */ ({ isTTY, columns: 30, write }) }
  }

  it('draws over one line of a terminal, cut to its width, and removes it at the end', async () => {
    const { written, stream } = createStream(true)
    const work = new Promise((resolve) => setTimeout(() => resolve('value'), 20))
    const value = await showProgress({ stream, name: 'name', total: () => 10, measure: async () => 5, work })
    expect(value).toBe('value')
    expect(written[0]).toBe('\r\x1b[2K  name  ████████████░░░░░░░░…')
    expect(written.at(-1)).toBe('\r\x1b[2K')
  })

  it('passes a failure on, and writes nothing afterwards', async () => {
    const { written, stream } = createStream(true)
    const work = Promise.reject(new Error('no network'))
    await expect(showProgress({ stream, name: 'name', total: () => 10, measure: async () => 5, work })).rejects.toThrow(
      'no network',
    )
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(written).toEqual(['\r\x1b[2K'])
  })
})
