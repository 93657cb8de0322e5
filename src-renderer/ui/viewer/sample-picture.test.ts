import { describe, expect, it } from 'vitest'
import { middleSlice, samplePicture } from './sample-picture'

describe('the picture of a sample', () => {
  it('is a picture itself', () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6)
    expect(samplePicture([1, 2, 3], data)).toEqual({ height: 1, width: 2, channels: 3, data })
  })

  it.each([
    ['the one in the middle', undefined, [3, 4]],
    ['the one that is asked for', 0, [1, 2]],
    ['the last for one behind the end', 9, [5, 6]],
  ])('is a slice of a volume: %s', (_name, slice, expected) => {
    const picture = samplePicture([3, 1, 2, 1], Uint8Array.of(1, 2, 3, 4, 5, 6), { slice })
    expect([middleSlice([3, 1, 2, 1]), [...picture.data]]).toEqual([1, expected])
  })

  it('is the course of a sequence’s first channel', () => {
    const stereo = Uint8Array.of(0, 9, 255, 9, 255, 9, 255, 9)
    const picture = samplePicture([4, 2], stereo, { wave: { width: 2, height: 3 } })
    expect([...picture.data]).toEqual([255, 255, 255, 0, 255, 0])
  })
})
