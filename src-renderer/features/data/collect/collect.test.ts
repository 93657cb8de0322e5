import { describe, expect, it } from 'vitest'
import { adviceOf, whyNotMake } from './advice'
import { ClipCutter } from './clip-cutter'
import { clipFile, middleOf, withoutAlpha } from './frames'
import { npyFile, readNpy } from './npy'
import { clipTimes } from './video'
import { wavFile } from './wav'

const classesOf = (...counts: number[]) =>
  counts.map((count, n) => ({ name: `c${n}`, files: Array.from({ length: count }, (_value, file) => `${file}.png`) }))

describe('advice', () => {
  it.each([
    [[5], 'one', {}],
    [[40, 0], 'empty', { name: 'c1' }],
    [[40, 3, 7], 'few', { name: 'c1', n: 3, few: 10 }],
    [[40, 12], 'uneven', { name: 'c1', n: 12, other: 'c0', most: 40 }],
    [[40, 30, 50], 'good', { n: 3 }],
  ])('for classes of %j samples is %s', (counts, key, params) => {
    expect(adviceOf(classesOf(...counts))).toEqual({ key, params })
  })

  it.each([
    [[], false, 'collect.whyNot.classes'],
    [[9, 0], false, 'collect.whyNot.classes'],
    [[9, 2], true, 'collect.whyNot.adding'],
    [[9, 1], false, 'collect.whyNot.classes'],
    [[9, 2, 0], false, ''],
  ])('a data set of classes of %j samples, while %s files come: %j', (counts, adding, why) => {
    expect(whyNotMake(classesOf(...counts), adding)).toBe(why)
  })
})

describe('a clip cutter', () => {
  it.each([1, 3, 4, 7, 100])('gives clips one after another out of pieces of %s', (size) => {
    const heard = Float32Array.from({ length: 50 }, (_value, n) => n)
    const clips: number[][] = []
    const cutter = new ClipCutter(8, (clip) => clips.push([...clip]))
    for (let at = 0; at < heard.length; at += size) cutter.push(heard.subarray(at, at + size))
    expect(clips.flat()).toEqual([...heard.subarray(0, 48)])
    expect(clips.every(({ length }) => length === 8)).toBe(true)
    expect(cutter.share).toBe(0.25)
  })
})

describe('files', () => {
  it('of sound are WAV, 16 bits, clipped where too loud', () => {
    const file = wavFile(Float32Array.of(0, 0.5, -1, 2), 48_000)
    const view = new DataView(file.buffer)
    expect(new TextDecoder('latin1').decode(file.subarray(0, 16))).toBe(`RIFF\x2c\0\0\0WAVEfmt `)
    expect([view.getUint16(20, true), view.getUint16(22, true)]).toEqual([1, 1])
    expect([view.getUint32(24, true), view.getUint32(40, true)]).toEqual([48_000, 8])
    expect([0, 1, 2, 3].map((n) => view.getInt16(44 + 2 * n, true))).toEqual([0, 16_384, -32_767, 32_767])
  })

  it('of clips are NumPy’s, frame after frame', () => {
    const form = { frames: 2, height: 1, width: 2, channels: 3 } as const
    const file = clipFile([Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(7, 8, 9, 10, 11, 12)], form)
    expect(readNpy(file)).toEqual({ shape: [2, 1, 2, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) })
    expect((file.length - 12) % 64).toBe(0)
    for (const wrong of [file.subarray(1), file.subarray(0, -1), new Uint8Array(4), npyFile([], Uint8Array.of(1))]) {
      expect(readNpy(wrong)).toBeUndefined()
    }
  })

  it('are made of the middle of a picture, without its opacity', () => {
    expect(middleOf({ width: 640, height: 480 }, { width: 64, height: 64 })).toEqual({
      x: 80,
      y: 0,
      width: 480,
      height: 480,
    })
    expect(middleOf({ width: 10, height: 40 }, { width: 20, height: 10 })).toEqual({
      x: 0,
      y: 17.5,
      width: 10,
      height: 5,
    })
    const rgba = Uint8ClampedArray.of(255, 0, 0, 255, 10, 20, 30, 255)
    expect([...withoutAlpha(rgba, 3)]).toEqual([255, 0, 0, 10, 20, 30])
    expect([...withoutAlpha(rgba, 1)]).toEqual([76, 18])
  })
})

describe('the frames of a video', () => {
  it.each([
    [8, 4, null, [[1, 3, 5, 7]]],
    [
      8,
      2,
      4,
      [
        [1, 3],
        [5, 7],
      ],
    ],
    [
      9,
      2,
      4,
      [
        [1, 3],
        [5, 7],
      ],
    ],
    [3, 2, 4, [[0.75, 2.25]]],
    [7.99, 1, 4, [[2], [6]]],
  ])('of %s s, %s in each clip of %s s', (seconds, frames, length, times) => {
    expect(clipTimes(seconds, frames, length)).toEqual(times)
  })

  it('are not more than can be kept', () => {
    expect(clipTimes(7200, 2, 0.1)).toHaveLength(256)
  })
})
