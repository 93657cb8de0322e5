import type { Placement } from '@shared/augmentation/placement'
import type { SampleValues } from '@shared/data/preprocessing'
import type { Border } from './border'
import { Line } from './line'
import { resamplePicture } from './resample-picture'

/** Reads volumes whose slices are turned or sheared each in itself: four neighbours of each value instead of eight. */
export class SliceResampler {
  readonly #depth: Line
  readonly #between: Float32Array

  constructor(
    [depth = 1, height = 1, width = 1]: readonly number[],
    private readonly channels: number,
    private readonly border: Border,
  ) {
    this.#depth = new Line(0, depth)
    this.#between = new Float32Array(height * width * channels)
  }

  read(source: SampleValues, target: Float32Array, placement: Placement): void {
    const { sizes, matrix, offset } = placement
    const [depth = 1, height = 1, width = 1] = sizes
    const plane = {
      height,
      width,
      matrix: [matrix[4] ?? 1, matrix[5] ?? 0, matrix[7] ?? 0, matrix[8] ?? 1],
      offset: [offset[1] ?? 0, offset[2] ?? 0],
    } as const
    this.#depth.place(placement, this.border)
    for (let z = 0; z < depth; z++) {
      const slice = this.#slice(source, z)
      resamplePicture(slice, target, z * this.#between.length, this.channels, plane, this.border)
    }
  }

  /** One of the volume's own slices, or what lies between two of them. */
  #slice(source: SampleValues, z: number): SampleValues {
    const { length } = this.#between
    const first = this.#depth.one[z] ?? 0
    const second = this.#depth.other[z] ?? 0
    const share = this.#depth.share[z] ?? 0
    if (share === 0 && first >= 0) return source.subarray(first * length, (first + 1) * length)
    for (let at = 0; at < length; at++) {
      const value = first < 0 ? this.border.value : (source[first * length + at] ?? 0)
      const next = second < 0 ? this.border.value : (source[second * length + at] ?? 0)
      this.#between[at] = value + share * (next - value)
    }
    return this.#between
  }
}
