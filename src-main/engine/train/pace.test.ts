import { describe, expect, it } from 'vitest'
import { RunProgress } from '@shared/training/metrics'
import { Pace } from './pace'

const plan = { epochs: 3, stepsPerEpoch: 10, trainSamples: 1000, validationSamples: 100, testSamples: 200 }

describe('the pace of a run', () => {
  it('is unknown before the first step', () => {
    const { progress, totals } = new Pace(plan)
    expect(RunProgress.parse(progress)).toEqual({
      epoch: 1,
      epochs: 3,
      step: 0,
      stepsPerEpoch: 10,
      imagesPerSecond: 0,
      secondsLeft: null,
    })
    expect(totals).toEqual({ steps: 0, seconds: 0, imagesPerSecond: 0 })
  })

  it('at an even speed foretells exactly what is left, and nothing at the end', () => {
    const pace = new Pace(plan)
    for (let epoch = 0; epoch < 3; epoch++) {
      for (let step = 0; step < 10; step++) {
        pace.stepDone(100, 0.5)
        const trained = epoch * 1000 + (step + 1) * 100
        // Judging an image takes a third of training it, measured or not.
        const left = (3000 - trained) * 0.005 + (500 - epoch * 100) * (0.005 / 3)
        expect(pace.progress.secondsLeft).toBeCloseTo(left, 6)
        expect(pace.progress.imagesPerSecond).toBeCloseTo(200)
        expect(pace.progress.epoch).toBe(epoch + 1)
      }
      pace.judgingDone(100, 0.5 / 3)
      pace.epochDone()
    }
    pace.judgingDone(200, 1 / 3)
    expect(pace.progress).toMatchObject({ epoch: 3, step: 30 })
    expect(pace.progress.secondsLeft).toBeCloseTo(0)
    expect(pace.totals).toEqual({ steps: 30, seconds: 15, imagesPerSecond: 200 })
  })

  it('follows a change of speed', () => {
    const pace = new Pace(plan)
    pace.stepDone(100, 0.1)
    for (let n = 0; n < 100; n++) pace.stepDone(1, 0.01)
    expect(pace.progress.imagesPerSecond).toBeCloseTo(100, -1)
  })
})
