import type { Placement } from '@shared/augmentation/placement'
import type { SampleValues } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { indexAt, type Border } from './border'
import { Line } from './line'

/**
 * Reads samples whose axes go each their own way (flips, shifts, zooms): the rows that one of the result is made of are
 * added up first, then read along their length, with no place reckoned twice.
 */
export class LineResampler {
  readonly #outer: readonly Line[]
  readonly #along: Line
  /** One more place than the row has, for what the border is. */
  readonly #row: Float64Array
  readonly #length: number

  constructor(
    sizes: readonly number[],
    private readonly channels: number,
    private readonly border: Border,
  ) {
    const last = sizes.length - 1
    this.#outer = sizes.slice(0, last).map((size, axis) => new Line(axis, size))
    this.#along = new Line(last, sizes[last] ?? 1)
    this.#length = this.#along.size * channels
    this.#row = new Float64Array(this.#length + channels).fill(border.value, this.#length)
  }

  read(source: SampleValues, target: Float32Array, placement: Placement): void {
    const { sizes, matrix, offset } = placement
    const [by = 0] = offset
    if (sizes.length === 1 && matrix[0] === 1 && Number.isInteger(by)) return this.#copy(source, target, by)
    for (const line of [...this.#outer, this.#along]) line.place(placement, this.border)
    const rows = sizeOf(sizes.slice(0, -1))
    for (let row = 0; row < rows; row++) {
      this.#row.fill(0, 0, this.#length)
      this.#gather(source, row, 0, rows, 0, 1)
      this.#readRow(target, row * this.#length)
    }
  }

  /** A sound that is moved by whole values is copied. */
  #copy(source: SampleValues, target: Float32Array, by: number): void {
    const { channels } = this
    const { size } = this.#along
    const begin = Math.min(size, Math.max(0, -by))
    const end = Math.max(begin, Math.min(size, size - by))
    target.set(source.subarray((begin + by) * channels, (end + by) * channels), begin * channels)
    for (let x = 0; x < begin; x++) this.#copyOutside(source, target, x, by)
    for (let x = end; x < size; x++) this.#copyOutside(source, target, x, by)
  }

  #copyOutside(source: SampleValues, target: Float32Array, x: number, by: number): void {
    const { channels, border } = this
    const from = indexAt(x + by, this.#along.size, border.mode)
    for (let channel = 0; channel < channels; channel++) {
      target[x * channels + channel] = from < 0 ? border.value : (source[from * channels + channel] ?? 0)
    }
  }

  /**
   * Adds up the rows of the sample that a row of the result is made of, axis by axis: `within` numbers it among the `rows`
   * of this axis and those behind it, `before` its place along those in front, -1 outside of the sample.
   */
  #gather(source: SampleValues, within: number, axis: number, rows: number, before: number, share: number): void {
    const line = this.#outer[axis]
    if (!line) return this.#addRow(source, before, share)
    const behind = rows / line.size
    const at = Math.floor(within / behind)
    const rest = within - at * behind
    const second = line.share[at] ?? 0
    const one = line.one[at] ?? 0
    const other = line.other[at] ?? 0
    const first = before < 0 || one < 0 ? -1 : before * line.size + one
    if (second < 1) this.#gather(source, rest, axis + 1, behind, first, share * (1 - second))
    if (second === 0) return
    const next = before < 0 || other < 0 ? -1 : before * line.size + other
    this.#gather(source, rest, axis + 1, behind, next, share * second)
  }

  #addRow(source: SampleValues, from: number, share: number): void {
    const row = this.#row
    const length = this.#length
    const begin = from * length
    const outside = share * this.border.value
    if (from < 0) for (let at = 0; at < length; at++) row[at] = (row[at] ?? 0) + outside
    else for (let at = 0; at < length; at++) row[at] = (row[at] ?? 0) + share * (source[begin + at] ?? 0)
  }

  #readRow(target: Float32Array, begin: number): void {
    const { one, other, share, size } = this.#along
    const row = this.#row
    const channels = this.channels
    for (let x = 0, to = begin; x < size; x++) {
      const left = one[x] ?? 0
      const right = other[x] ?? 0
      const part = share[x] ?? 0
      let from = (left < 0 ? size : left) * channels
      let next = (right < 0 ? size : right) * channels
      for (const end = from + channels; from < end; from++, next++, to++) {
        const value = row[from] ?? 0
        target[to] = value + part * ((row[next] ?? 0) - value)
      }
    }
  }
}
