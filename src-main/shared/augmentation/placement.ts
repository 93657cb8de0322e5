/**
 * Where each value of a moved sample comes from: an affine map from places in the result to places in the sample, both
 * counted in values from the middle. Moves follow one another as if each moved what the one before gave, and the sample is
 * read but once. Axes are counted from the last: 0 is the width (of a sound its time), 1 the height, 2 the depth.
 */
export class Placement {
  /** Row by row in the axes' order of the sample: `in = matrix · out + offset`. */
  readonly matrix: Float64Array
  readonly offset: Float64Array
  private readonly rank: number

  /** `sizes` are a sample's, without channels. */
  constructor(readonly sizes: readonly number[]) {
    this.rank = sizes.length
    this.matrix = new Float64Array(this.rank ** 2)
    this.offset = new Float64Array(this.rank)
    this.reset()
  }

  /** Back to every value's own place. */
  reset(): void {
    this.matrix.fill(0)
    this.offset.fill(0)
    for (let axis = 0; axis < this.rank; axis++) this.matrix[axis * (this.rank + 1)] = 1
  }

  /** The sample's size along an axis; 1 where it has no such axis. */
  size(axis: number): number {
    return this.sizes[this.rank - 1 - axis] ?? 1
  }

  /** Reads so many values further along an axis. */
  shift(axis: number, by: number): void {
    const { rank, matrix, offset } = this
    const column = rank - 1 - axis
    for (let row = 0; row < rank; row++) offset[row] = (offset[row] ?? 0) + (matrix[row * rank + column] ?? 0) * by
  }

  /** Reads in steps of so many values along an axis: above 1 the sample gets smaller, below 0 it is mirrored. */
  scale(axis: number, by: number): void {
    this.combine(axis, axis, by - 1, 0)
  }

  /** Turns the plane of two axes by an angle in radians. */
  turn(axis: number, other: number, angle: number): void {
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
    const { rank, matrix } = this
    const [a, b] = [rank - 1 - axis, rank - 1 - other]
    for (let row = 0; row < rank; row++) {
      const [one, two] = [matrix[row * rank + a] ?? 0, matrix[row * rank + b] ?? 0]
      matrix[row * rank + a] = cosine * one + sine * two
      matrix[row * rank + b] = cosine * two - sine * one
    }
  }

  /** Reads `by` values further along `axis` for each value along `along`. */
  shear(axis: number, along: number, by: number): void {
    this.combine(along, axis, 0, by)
  }

  /** Adds to a column of the matrix itself `own` times, and another one `others` times. */
  private combine(axis: number, other: number, own: number, others: number): void {
    const { rank, matrix } = this
    const [a, b] = [rank - 1 - axis, rank - 1 - other]
    for (let row = 0; row < rank; row++) {
      const at = row * rank + a
      matrix[at] = (matrix[at] ?? 0) * (1 + own) + (matrix[row * rank + b] ?? 0) * others
    }
  }
}
