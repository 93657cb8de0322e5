import { describe, expect, it } from 'vitest'
import type { LayerPreview } from '@shared/ipc/preview'
import { magnitudeScale, signedScale } from '@/ui/colour-scales'
import { toRgba } from '@/ui/pixels'
import { columnsPath, inputPicture, mapsPicture } from './preview-picture'

function preview(part: Partial<LayerPreview>): LayerPreview {
  return {
    node: 'it',
    shape: [2, 2, 2],
    form: 'maps',
    channels: 2,
    columns: 2,
    rows: 2,
    values: Uint8Array.of(0, 51, 102, 153, 204, 255, 0, 51),
    low: 0,
    high: 1,
    ...part,
  }
}

describe('maps', () => {
  it('stand side by side with a gap that nothing is drawn in', () => {
    const picture = mapsPicture(preview({}))
    expect([picture.width, picture.height]).toEqual([5, 2])
    expect([...picture.data].map((value) => Math.round(value * 10))).toEqual([0, 2, NaN, 8, 10, 4, 6, NaN, 0, 2])
    const rgba = toRgba(picture)
    expect([2, 7].map((n) => rgba[4 * n + 3])).toEqual([0, 0])
  })

  it.each([
    ['values from zero on', 0, 2, magnitudeScale, [0, 2]],
    ['values below zero', -1, 3, signedScale, [-3, 3]],
    ['zeros', 0, 0, magnitudeScale, [0, 1]],
  ])('are coloured by a scale for %s', (_what, low, high, scale, range) => {
    expect(mapsPicture(preview({ low, high }))).toMatchObject({ scale, range })
  })
})

describe('the picture that comes in', () => {
  it.each([
    [[2, 2, 1], 1, [0, 51, 102, 153]],
    [[2, 2, 2], 2, undefined],
    [[4], 1, undefined],
  ])('of %j', (shape, channels, data) => {
    const form = shape.length === 1 ? 'bars' : 'maps'
    const picture = inputPicture(preview({ shape, channels, form }))
    expect(picture && [...picture.data]).toEqual(data)
  })

  it('has its colours together, as bright as they are', () => {
    const values = Uint8Array.of(0, 255, 255, 0, 0, 0)
    const shown = inputPicture(
      preview({ shape: [1, 2, 3], channels: 3, columns: 2, rows: 1, values, low: 0.2, high: 0.6 }),
    )
    expect([...(shown?.data ?? [])]).toEqual([51, 153, 51, 153, 51, 51])
  })
})

describe('columns', () => {
  const two = { columns: 2, channels: 1, values: Uint8Array.of(0, 255, 51, 102) }

  it('are bars with room between them', () => {
    expect(columnsPath(preview({ ...two, form: 'bars' }), 0)).toBe('M0 100H0.8V0H0ZM1 80H1.8V60H1Z')
  })

  it('are one band from the highest to the lowest values of a curve', () => {
    expect(columnsPath(preview({ ...two, form: 'curves' }), 0)).toBe('M0.5 0L1.5 60L1.5 80L0.5 100Z')
  })

  it('of a second channel are its own', () => {
    const both = preview({ form: 'curves', columns: 1, channels: 2, values: Uint8Array.of(0, 0, 255, 255) })
    expect([0, 1].map((channel) => columnsPath(both, channel))).toEqual(['M0.5 100L0.5 100Z', 'M0.5 0L0.5 0Z'])
  })
})
