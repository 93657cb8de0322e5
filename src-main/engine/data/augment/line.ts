import type { Placement } from '@shared/augmentation/placement'
import { indexAt, type Border } from './border'

/**
 * For each place along an axis of the result: the two places of the sample that it lies between (-1: the border's value),
 * and the second one's share.
 */
export class Line {
  readonly one: Int32Array
  readonly other: Int32Array
  readonly share: Float64Array

  constructor(
    private readonly axis: number,
    readonly size: number,
  ) {
    this.one = new Int32Array(size)
    this.other = new Int32Array(size)
    this.share = new Float64Array(size)
  }

  /** Reckons the places by a placement in which this axis depends on no other one. */
  place({ sizes, matrix, offset }: Placement, { mode }: Border): void {
    const { axis, size, one, other, share } = this
    const step = matrix[axis * (sizes.length + 1)] ?? 1
    const middle = (size - 1) / 2
    const begin = (offset[axis] ?? 0) + middle - step * middle
    for (let at = 0; at < size; at++) {
      const place = begin + step * at
      if (place >= 0 && place < size - 1) {
        // Within the sample nothing is below 0, where cutting would not round down.
        const before = place | 0
        share[at] = place - before
        one[at] = before
        other[at] = before + 1
        continue
      }
      const before = Math.floor(place)
      share[at] = place - before
      one[at] = indexAt(before, size, mode)
      other[at] = indexAt(before + 1, size, mode)
    }
  }
}
