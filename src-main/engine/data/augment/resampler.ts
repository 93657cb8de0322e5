import type { Placement } from '@shared/augmentation/placement'
import type { SampleValues } from '@shared/data/preprocessing'
import type { Border } from './border'
import { LineResampler } from './line-resampler'
import { resamplePicture } from './resample-picture'
import { resampleVolume } from './resample-volume'
import { SliceResampler } from './slice-resampler'

/**
 * Reads samples of one size (channels last) at the places that a placement names, linearly between neighbours along each
 * axis. Outside of a sample each neighbour is what the border says, so that a constant one is faded into over one value.
 */
export class Resampler {
  readonly #lines: LineResampler
  readonly #slices: SliceResampler

  /** `sizes` are a sample's, without channels: one of a sound, two of a picture, three of a volume. */
  constructor(
    sizes: readonly number[],
    private readonly channels: number,
    private readonly border: Border,
  ) {
    this.#lines = new LineResampler(sizes, channels, border)
    this.#slices = new SliceResampler(sizes.length === 3 ? sizes : [], channels, border)
  }

  /** In the simplest way that the placement allows. */
  read(source: SampleValues, target: Float32Array, placement: Placement): void {
    const { sizes, matrix, offset } = placement
    const apart = sizes.map((_, axis) => goesItsOwnWay(placement, axis))
    if (apart.every(Boolean)) return this.#lines.read(source, target, placement)
    if (sizes.length === 3) {
      if (apart[0]) this.#slices.read(source, target, placement)
      else resampleVolume(source, target, this.channels, placement, this.border)
      return
    }
    const [height = 1, width = 1] = sizes
    const [yy = 1, yx = 0, xy = 0, xx = 1] = matrix
    const plane = { height, width, matrix: [yy, yx, xy, xx], offset: [offset[0] ?? 0, offset[1] ?? 0] } as const
    resamplePicture(source, target, 0, this.channels, plane, this.border)
  }
}

/** Whether places along an axis depend on no other one, and no other on it. */
function goesItsOwnWay({ sizes: { length: rank }, matrix }: Placement, axis: number): boolean {
  for (let other = 0; other < rank; other++) {
    if (other !== axis && (matrix[axis * rank + other] !== 0 || matrix[other * rank + axis] !== 0)) return false
  }
  return true
}
