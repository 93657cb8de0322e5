import { templateNetwork } from '@shared/network/templates'
import { RunState } from '@shared/training/run'
import { initialTraining } from '@shared/training/settings'
import { describe, expect, it } from 'vitest'
import { digits, run } from '@/stores/testing/samples'
import { iconByName } from '@/ui/icons'
import { epochOfStep, networkTotals, planOf, runStepsPerEpoch, sameSource, stateLook, stepsPerEpoch } from './run-facts'

describe('stepsPerEpoch', () => {
  it.each([
    [54_000, 128, 422],
    [256, 128, 2],
    [257, 128, 3],
    [1, 128, 1],
    [0, 128, 0],
  ])('%d samples in batches of %d', (samples, batch, steps) => expect(stepsPerEpoch(samples, batch)).toBe(steps))
})

describe('the plan of the next run', () => {
  it.each([
    ['a tenth held out', 0.1, { trainSamples: 900, validationSamples: 100, stepsPerEpoch: 9, steps: 18 }],
    ['nothing held out', 0, { trainSamples: 1000, validationSamples: 0, stepsPerEpoch: 10, steps: 20 }],
    [
      'a share that does not come out even',
      0.3333,
      { trainSamples: 667, validationSamples: 333, stepsPerEpoch: 7, steps: 14 },
    ],
  ])('%s', (_name, validationShare, expected) => {
    const settings = { ...initialTraining, batchSize: 100, epochs: 2, validationShare }
    expect(planOf(digits(), settings)).toEqual({ ...expected, testSamples: 100 })
  })
})

it('the plan follows a data set that holds samples out itself', () => {
  const settings = { ...initialTraining, batchSize: 100, validationShare: 0.1 }
  expect(planOf(digits({ validation: 250 }), settings)).toMatchObject({ trainSamples: 750, validationSamples: 250 })
})

it('a run that has no samples yet has a step an epoch, so that it can be divided by', () => {
  expect(runStepsPerEpoch(run({ trainSamples: 0 }))).toBe(1)
  expect(runStepsPerEpoch(run({ trainSamples: 900, settings: { ...initialTraining, batchSize: 128 } }))).toBe(8)
})

describe('the epoch of a step', () => {
  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [30, 3],
  ])('step %d', (step, epoch) => expect(epochOfStep(step, 10)).toBe(epoch))
})

describe('sameSource', () => {
  const idx = { kind: 'idx' as const, title: 'a', train: { images: 'i', labels: 'l' }, test: null }
  it.each([
    [null, null, true],
    [idx, { ...idx }, true],
    [idx, { ...idx, title: 'b' }, false],
    [{ kind: 'sample' as const, id: 'mnist' }, idx, false],
    [idx, null, false],
  ])('%j and %j', (one, other, expected) => expect(sameSource(one, other)).toBe(expected))
})

it('the sums of a network are computed once', () => {
  const network = templateNetwork('one-module', { shape: [28, 28, 1], classes: 10 })!
  // 5 × 5 × 16 + 16, and 12 × 12 × 16 × 10 + 10.
  expect(networkTotals(network).trainable).toBe(416 + 23_050)
  expect(networkTotals(network)).toBe(networkTotals(network))
})

it('every state has an icon that exists', () => {
  expect(RunState.options.filter((state) => !iconByName(stateLook(state).icon))).toEqual([])
})
