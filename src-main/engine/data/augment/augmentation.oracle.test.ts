import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { augmentationKinds } from '@shared/augmentation/registry'
import { addNoise } from '@shared/augmentation/noise'
import { Placement } from '@shared/augmentation/placement'
import { normal, symmetricBeta } from '@shared/augmentation/random'
import { sizeOf } from '@shared/layers/shape'
import type { Values } from '@shared/network/document'
import { FillMode } from '@shared/training/augmentation'
import { seededRandom, type Random } from '../../random'
import { askOracle, oracleMissing } from '../../testing/oracle'
import { Resampler } from './resampler'

/** A source whose numbers are all the same share of what can be drawn. */
const always = (share: number) => ({ next: () => Math.floor(share * 2 ** 32) })
/** What `between(low, high)` then gives. */
const drawn = (share: number, low: number, high: number) => low + share * (high - low)

interface Step {
  readonly kind: string
  readonly values: Values
  readonly share: number
  /** What that is in plain geometry, for a sample of these sizes. */
  readonly means: (sizes: readonly number[]) => readonly (readonly [string, readonly number[]])[]
}

const rotation: Step = {
  kind: 'rotation',
  values: { degrees: 40 },
  share: 0.8,
  means: () => [['turn', [drawn(0.8, -40, 40)]]],
}
const zoom: Step = {
  kind: 'zoom',
  values: { closer: 0.5, further: 0.4 },
  share: 0.3,
  means: (sizes) => [['scale', sizes.map(() => 1 / drawn(0.3, 0.6, 1.5))]],
}
const flips: Step[] = [
  { kind: 'flip', values: {}, share: 0, means: ({ length }) => [['scale', [...Array(length - 1).fill(1), -1]]] },
  {
    kind: 'flip-vertical',
    values: {},
    share: 0,
    means: ({ length }) => [['scale', [...Array(length - 2).fill(1), -1, 1]]],
  },
]
const shift: Step = {
  kind: 'shift',
  values: { horizontal: 0.3, vertical: 0.2 },
  share: 0.9,
  means: (sizes) => {
    const [height = 0, width = 0] = sizes.slice(-2)
    return [['shift', [...Array(sizes.length - 2).fill(0), 0.8 * 0.2 * height, 0.8 * 0.3 * width]]]
  },
}
const shear: Step = {
  kind: 'shear',
  values: { horizontal: 30, vertical: 0 },
  share: 0.2,
  means: () => [['shear', [drawn(0.2, -30, 30)]]],
}
const crop: Step = {
  kind: 'crop',
  values: { smallest: 0.3, proportions: 1.5 },
  share: 0.25,
  means: ([height = 0, width = 0]) => {
    const side = Math.sqrt(drawn(0.25, 0.3, 1))
    const stretch = Math.exp(drawn(0.25, -0.5, 0.5) * Math.log(1.5))
    const [down, across] = [side / stretch, side * stretch]
    const aside = [-0.25 * height * (1 - down), -0.25 * width * (1 - across)]
    return [
      ['shift', aside],
      ['scale', [down, across]],
    ]
  },
}
const tilt: Step = {
  kind: 'tilt',
  values: { nod: 30, swing: 50 },
  share: 0.7,
  means: () => [
    ['nod', [drawn(0.7, -30, 30)]],
    ['swing', [drawn(0.7, -50, 50)]],
  ],
}
const depths: Step[] = [
  { kind: 'flip-depth', values: {}, share: 0, means: () => [['scale', [-1, 1, 1]]] },
  { kind: 'shift-depth', values: { depth: 0.4 }, share: 0.1, means: ([d = 0]) => [['shift', [-0.32 * d, 0, 0]]] },
]
const timeShift: Step = {
  kind: 'time-shift',
  values: { time: 0.5 },
  share: 0.25,
  means: ([length = 0]) => [['shift', [Math.round(-0.25 * length)]]],
}

const moves = [
  ['a picture turned', [9, 12, 3], [rotation]],
  ['a picture sheared', [10, 7, 1], [shear]],
  ['a piece of a picture', [11, 8, 2], [crop]],
  ['a picture with all that moves it', [13, 10, 3], [...flips, crop, zoom, shear, rotation, shift]],
  ['a volume with all that moves it', [6, 9, 7, 2], [...flips, depths[0]!, zoom, rotation, tilt, shift, depths[1]!]],
  ['a sound', [40, 2], [timeShift]],
] as const
const cases = moves.flatMap(([name, shape, steps], n) =>
  FillMode.options.map((fill) => {
    const random = seededRandom(n)
    const values = Float32Array.from({ length: sizeOf(shape) }, () => random.below(256))
    return { name, shape, steps, fill, values, value: 77 }
  }),
)

const picture = { shape: [7, 5, 3], values: Float32Array.from({ length: 105 }, (_, n) => (n * 7919) % 256) }
const changes = [
  { kind: 'brightness', values: { strength: 0.4 }, share: 0.75, by: 0.2 * 255 },
  { kind: 'contrast', values: { strength: 0.5 }, share: 0.1, by: 0.6 },
  { kind: 'saturation', values: { strength: 0.8 }, share: 0.9, by: 1.64 },
  { kind: 'hue', values: { turn: 0.5 }, share: 0.1, by: -0.4 },
  { kind: 'hue', values: { turn: 0.3 }, share: 0.9, by: 0.24 },
]

/** Sorted draws of each distribution. */
const count = 20_000
function sorted(draw: (random: Random) => number, seed: number): number[] {
  const random = seededRandom(seed)
  return [...Float64Array.from({ length: count }, () => draw(random)).sort()]
}
function addedNoise(): number[] {
  const values = new Float32Array(count)
  addNoise(values, 1, seededRandom(2))
  return [...values.sort()]
}
const draws = [
  { of: 'normal', at: sorted(normal, 1) },
  { of: 'normal', at: addedNoise() },
  ...[0.2, 0.4, 1, 3].map((alpha) => ({
    of: 'beta',
    alpha,
    at: sorted((random) => symmetricBeta(random, alpha), 3),
  })),
]

const Answer = z.object({
  moved: z.number().array().array(),
  changed: z.number().array().array(),
  integrals: z.number().array().array(),
})
let answer: z.output<typeof Answer>
beforeAll(async () => {
  if (oracleMissing) return
  const moved = cases.map(({ shape, steps, fill, values, value }) => ({
    shape,
    fill,
    value,
    values: [...values],
    moves: steps.flatMap(({ means }) => means(shape.slice(0, -1))),
  }))
  const changed = changes.map(({ kind, by }) => ({ kind, by, shape: picture.shape, values: [...picture.values] }))
  answer = await askOracle('augmentation.py', { moved, changed, integrals: draws }, Answer)
})

describe.skipIf(oracleMissing)('augmentation', () => {
  it.each(cases.map((one, n) => ({ ...one, n })))('moves as Keras does: $name, $fill', (one) => {
    const { n, shape, steps, fill, values, value } = one
    const placement = new Placement(shape.slice(0, -1))
    for (const { kind, values: own, share } of steps) augmentationKinds.get(kind)?.move?.(placement, own, always(share))
    const found = new Float32Array(values.length)
    new Resampler(placement.sizes, shape.at(-1)!, { mode: fill, value }).read(values, found, placement)
    const differences = found.map((one, at) => Math.abs(one - answer.moved[n]![at]!))
    // Keras reckons places in float32.
    expect(Math.max(...differences)).toBeLessThan(0.01)
    expect(new Set(found).size).toBeGreaterThan(20)
  })

  it.each(changes.map((one, n) => ({ ...one, n })))('changes values as TensorFlow does: $kind by $by', (one) => {
    const values = Float32Array.from(picture.values)
    const sample = { values, sizes: [7, 5], channels: 3, low: 0, high: 255 }
    augmentationKinds.get(one.kind)?.change?.(sample, one.values, always(one.share))
    // Its grey has weights of four digits.
    expect([...values]).toEqual(answer.changed[one.n]!.map((value) => expect.closeTo(value, 1)))
  })

  it.each(draws.map((one, n) => ({ ...one, n })))('draws a $of distribution', ({ n }) => {
    // The largest distance between shares drawn and expected (Kolmogorov and Smirnov): above this in 1 % of all series.
    const distances = answer.integrals[n]!.map((share, at) => Math.abs(share - (at + 0.5) / count))
    expect(Math.max(...distances)).toBeLessThan(1.63 / Math.sqrt(count))
  })
})
