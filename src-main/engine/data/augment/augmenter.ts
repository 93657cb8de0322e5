import type { AugmentationKind, ChangedSample } from '@shared/augmentation/define'
import { Placement } from '@shared/augmentation/placement'
import { between } from '@shared/augmentation/random'
import { augmentationKinds } from '@shared/augmentation/registry'
import type { SampleValues } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import type { Values } from '@shared/network/document'
import { deriveSeed, numberedSeed, seededRandom, type Random } from '../../random'
import type { AugmentationPlan } from './plan'
import { Resampler } from './resampler'

interface Step {
  readonly kind: AugmentationKind
  readonly probability: number
  readonly values: Values
}

/**
 * Augments samples in place. What becomes of one depends on the plan's seed, the epoch and the sample's row alone: not on
 * its batch, and not on who asks when. Mixing takes the next sample of the batch, which the epoch's order drew.
 */
export class Augmenter {
  readonly #steps: readonly Step[]
  readonly #placement: Placement
  readonly #resampler: Resampler
  readonly #sample: ChangedSample
  readonly #size: number
  #epoch = 0
  #seeds: readonly number[] = []

  constructor(private readonly plan: AugmentationPlan) {
    const { shape, low, high } = plan
    this.#steps = plan.steps.flatMap(({ kind: name, probability, values }) => {
      const kind = augmentationKinds.get(name)
      return kind ? [{ kind, probability, values }] : []
    })
    const sizes = shape.slice(0, -1)
    this.#size = sizeOf(shape)
    const channels = shape.at(-1) ?? 1
    this.#placement = new Placement(sizes)
    this.#resampler = new Resampler(sizes, channels, plan.border)
    this.#sample = { values: new Float32Array(this.#size), sizes, channels, low, high }
  }

  /**
   * Augments the samples that lie one after another in `values`, of the given rows. Where they are mixed, it gives the
   * share of itself that each one keeps; the rest is the next one's, and of the last one the first one's.
   */
  augment(values: SampleValues, rows: Uint32Array, epoch: number): Float32Array<ArrayBuffer> | undefined {
    this.#begin(epoch)
    for (const [n, row] of rows.entries()) {
      const sample = values.subarray(n * this.#size, (n + 1) * this.#size)
      this.#change(sample, row, this.#move(sample, row))
    }
    const mixing = this.#steps.findIndex(({ kind }) => kind.mix !== undefined)
    if (mixing < 0) return undefined
    const shares = Float32Array.from(rows, (row) => this.#share(mixing, row))
    mixWithNext(values, this.#size, shares)
    return shares
  }

  #begin(epoch: number): void {
    if (this.#epoch === epoch) return
    this.#epoch = epoch
    // Each kind has numbers of its own: one more kind changes nothing of what the others do.
    this.#seeds = this.#steps.map(({ kind }) => deriveSeed(this.plan.seed, 'augmentation', epoch, kind.kind))
  }

  /** The numbers of a step for a sample, if the step is to change it at all. */
  #chance(step: number, row: number): Random | undefined {
    const random = seededRandom(numberedSeed(this.#seeds[step] ?? 0, row))
    return between(random, 0, 1) < (this.#steps[step]?.probability ?? 0) ? random : undefined
  }

  #share(step: number, row: number): number {
    const random = this.#chance(step, row)
    const { kind, values = {} } = this.#steps[step] ?? {}
    return random ? (kind?.mix?.(values, random) ?? 1) : 1
  }

  /** Whether the sample was moved; if so, into the work memory. */
  #move(sample: SampleValues, row: number): boolean {
    const placement = this.#placement
    let moved = false
    for (const [n, { kind, values }] of this.#steps.entries()) {
      const random = kind.move && this.#chance(n, row)
      if (!random) continue
      if (!moved) placement.reset()
      moved = true
      kind.move?.(placement, values, random)
    }
    if (moved) this.#resampler.read(sample, this.#sample.values, placement)
    return moved
  }

  /** Changes a sample's values, those in the work memory where it was moved, and puts them back. */
  #change(sample: SampleValues, row: number, moved: boolean): void {
    let inWork = moved
    for (const [n, { kind, values }] of this.#steps.entries()) {
      const random = kind.change && this.#chance(n, row)
      if (!random) continue
      if (!inWork) this.#sample.values.set(sample)
      inWork = true
      kind.change?.(this.#sample, values, random)
    }
    if (inWork) keep(this.#sample.values, sample)
  }
}

/** Puts changed values back: bytes rounded and held within 0 to 255. */
function keep(from: Float32Array, to: SampleValues): void {
  if (to instanceof Float32Array) return to.set(from)
  for (let at = 0; at < to.length; at++) {
    const value = from[at] ?? 0
    to[at] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
  }
}

function mixWithNext(values: SampleValues, size: number, shares: Float32Array): void {
  const count = shares.length
  const first = values.slice(0, size)
  const rounding = values instanceof Uint8Array ? 0.5 : 0
  for (let n = 0; n < count; n++) {
    const share = shares[n] ?? 1
    if (share === 1) continue
    const begin = n * size
    const next = n + 1 < count ? values.subarray(begin + size, begin + 2 * size) : first
    for (let at = 0; at < size; at++) {
      const other = next[at] ?? 0
      values[begin + at] = other + share * ((values[begin + at] ?? 0) - other) + rounding
    }
  }
}
