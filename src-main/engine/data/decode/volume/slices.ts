import { Refusal, type DecodedValues } from '../contract'
import { zeros } from '../value-types'

/** Names in the order in which people count: 2 before 10. */
export function inCountingOrder(names: readonly string[]): string[] {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' })
  // By their letters alone most names are nearly in order already, and that is found out much sooner.
  return [...names].sort().sort((one, other) => collator.compare(one, other) || (one < other ? -1 : 1))
}

/** Pictures of one size as the slices of a volume `[depth, height, width, channels]`; refuses those that differ. */
export function volumeFromSlices(slices: readonly DecodedValues[]): DecodedValues {
  const [first] = slices
  if (!first) throw new Refusal('no-picture-in-it')
  const { shape, dtype, format } = first
  const values = zeros(dtype, first.values.length * slices.length)
  slices.forEach((slice, n) => {
    const fits = slice.kind === 'picture' && slice.dtype === dtype && String(slice.shape) === String(shape)
    if (!fits)
      throw new Refusal('slices-differ', { slice: n + 1, expected: shape.join(' × '), found: slice.shape.join(' × ') })
    values.set(slice.values, n * first.values.length)
  })
  const notes = slices.flatMap((slice) => slice.notes.filter(({ warns }) => warns))
  return { kind: 'volume', format, shape: [slices.length, ...shape], dtype, values, notes }
}
