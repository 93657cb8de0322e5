import { expect, it } from 'vitest'
import { Refusal, type DecodedValues } from '../contract'
import { inCountingOrder, volumeFromSlices } from './slices'

const slice = (values: number[], wanted: Partial<DecodedValues> = {}): DecodedValues => ({
  kind: 'picture',
  format: 'PNG',
  shape: [1, 2, 1],
  dtype: 'uint8',
  values: Uint8Array.from(values),
  notes: [],
  ...wanted,
})

it('stacks pictures', () => {
  const volume = volumeFromSlices([slice([1, 2]), slice([3, 4]), slice([5, 6])])
  expect(volume).toMatchObject({ kind: 'volume', shape: [3, 1, 2, 1], dtype: 'uint8' })
  expect(Array.from(volume.values)).toEqual([1, 2, 3, 4, 5, 6])
})

it.each([
  ['another size', slice([1, 2], { shape: [2, 1, 1] })],
  ['another type', slice([1, 2], { dtype: 'uint16', values: Uint16Array.from([1, 2]) })],
  ['no picture', slice([1, 2], { kind: 'sound' })],
])('refuses a slice of %s by its number', (_what, other) => {
  try {
    volumeFromSlices([slice([1, 2]), other])
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Refusal)
    expect(thrown).toMatchObject({ code: 'slices-differ', params: { slice: 2 } })
    return
  }
  throw new Error('It was stacked')
})

it('refuses nothing at all', () => expect(() => volumeFromSlices([])).toThrow(Refusal))

it('orders names as people count', () => {
  expect(inCountingOrder(['s10', 's9', 'S1', 's01', 's1', 'a', '_'])).toEqual([
    '_',
    'a',
    's01',
    's1',
    'S1',
    's9',
    's10',
  ])
})
