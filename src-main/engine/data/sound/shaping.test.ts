import { describe, expect, it } from 'vitest'
import { withChannels } from './channels'
import { cutWindow, windowStarts, type Cutting } from './windows'

const cutting = (
  length: number,
  hop: number,
  rest: Cutting['rest'] = 'pad',
  silence: Cutting['silence'] = 'end',
): Cutting => ({
  length,
  hop,
  rest,
  silence,
})

describe('windowStarts', () => {
  it.each<[number, Cutting, number[]]>([
    [0, cutting(4, 2), []],
    [1, cutting(4, 2), [0]],
    [4, cutting(4, 2), [0]],
    [5, cutting(4, 2), [0, 2]],
    [5, cutting(4, 2, 'drop'), [0]],
    [10, cutting(4, 4), [0, 4, 8]],
    [10, cutting(4, 4, 'drop'), [0, 4]],
    [8, cutting(4, 4), [0, 4]],
    [9, cutting(2, 4), [0, 4, 8]],
    [7, cutting(2, 4), [0, 4]],
    [10, cutting(4, 3), [0, 3, 6]],
    [11, cutting(4, 3), [0, 3, 6, 9]],
    [2, cutting(4, 4, 'drop'), [0]],
  ])('of %i frames, cut by %j, are %j', (frames, how, starts) => {
    expect(windowStarts(frames, how)).toEqual(starts)
  })

  it.each([
    [0, 1],
    [1, 0],
    [NaN, 1],
  ])('refuses windows of %d frames every %d', (length, hop) => {
    expect(() => windowStarts(10, cutting(length, hop))).toThrow(RangeError)
  })
})

describe('cutWindow', () => {
  const sound = { rate: 10, channels: 2, samples: Float32Array.of(1, -1, 2, -2, 3, -3) }
  it.each<[number, Cutting, number[]]>([
    [0, cutting(2, 1), [1, -1, 2, -2]],
    [1, cutting(2, 1), [2, -2, 3, -3]],
    [2, cutting(3, 1), [3, -3, 0, 0, 0, 0]],
    [2, cutting(3, 1, 'pad', 'both'), [0, 0, 3, -3, 0, 0]],
    [0, cutting(6, 1, 'pad', 'both'), [0, 0, 1, -1, 2, -2, 3, -3, 0, 0, 0, 0]],
  ])('from frame %i, cut by %j', (start, how, samples) => {
    expect(Array.from(cutWindow(sound, start, how).samples)).toEqual(samples)
  })
})

describe('withChannels', () => {
  const three = { rate: 1, channels: 3, samples: Float32Array.of(1, 2, 6, -1, 0, 1) }
  const one = { rate: 1, channels: 1, samples: Float32Array.of(1, 2) }
  it.each([
    [three, 'mono', 1, [3, 0]],
    [three, 'stereo', 2, [1, 2, -1, 0]],
    [one, 'stereo', 2, [1, 1, 2, 2]],
    [one, 'mono', 1, [1, 2]],
  ] as const)('%j as %s', (sound, choice, channels, samples) => {
    const found = withChannels(sound, choice)
    expect([found.channels, Array.from(found.samples)]).toEqual([channels, [...samples]])
  })
})
