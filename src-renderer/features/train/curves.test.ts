import type { RunHistory } from '@shared/training/metrics'
import { initialTraining } from '@shared/training/settings'
import { describe, expect, it } from 'vitest'
import { epochMetrics, run } from '@/stores/testing/samples'
import { accuracySeries, axisEnd, lossSeries, makeStepPositions, type CurveData } from './curves'

/** Ten steps an epoch, five epochs planned. */
const settings = { ...initialTraining, batchSize: 90, epochs: 5 }
const texts = {
  training: 'Training',
  validation: 'Validation',
  test: 'Test',
  majority: 'Always 1',
  outputs: ['Loss of “A”', 'Loss of “B”'],
}

function history(steps: number, epochs: number, part: Parameters<typeof epochMetrics>[1] = {}): RunHistory {
  return {
    loss: new Float32Array(steps).fill(1),
    accuracy: new Float32Array(steps).fill(0.5),
    epochs: Array.from({ length: epochs }, (_value, index) => epochMetrics(index + 1, part)),
  }
}

function data(part: Partial<CurveData> = {}): CurveData {
  return {
    run: run({ settings }),
    history: history(25, 2),
    positions: new Float32Array(100),
    end: 5,
    majorityShare: 0.2,
    texts,
    ...part,
  }
}

describe('step positions', () => {
  it('end an epoch with its last step', () => {
    const positions = makeStepPositions()(20, 10)
    expect(positions[9]).toBe(1)
    expect(positions[19]).toBe(2)
  })

  it('are the same array until more are needed, and then have all', () => {
    const make = makeStepPositions()
    const first = make(10, 10)
    expect(make(500, 10)).toBe(first)
    const more = make(5000, 10)
    expect(more[4999]).toBe(500)
    expect(more.subarray(0, first.length)).toEqual(first)
  })

  it('are made anew for a run with other epochs', () => {
    const make = makeStepPositions()
    make(10, 10)
    expect(make(10, 5)[4]).toBe(1)
  })
})

describe('the end of the axis', () => {
  it.each([
    ['what is planned while it lives', run({ settings }), 3, 5],
    ['what is planned while it is paused', run({ settings, state: 'paused' }), 3, 5],
    ['all epochs once it has finished', run({ settings, state: 'finished', stepsDone: 50 }), 50, 5],
    ['the epoch in which it was stopped', run({ settings, state: 'stopped', stepsDone: 13 }), 13, 2],
    ['what was recorded where the record is older', run({ settings, state: 'interrupted', stepsDone: 5 }), 25, 3],
    ['at least one epoch', run({ settings, state: 'failed' }), 0, 1],
  ])('%s', (_name, one, steps, end) => expect(axisEnd(one, history(steps, 0))).toBe(end))
})

describe('the lines', () => {
  it('are training by step and validation by epoch', () => {
    const [training, validation, ...others] = lossSeries(data())
    expect(training?.points.length).toBe(25)
    expect(validation).toMatchObject({ label: 'Validation', bold: true, points: { x: [1, 2], length: 2 } })
    expect(others).toEqual([])
  })

  it('leave validation out where nothing is held out', () => {
    const none = history(25, 2, { validationLoss: null, validationAccuracy: null })
    expect(lossSeries(data({ history: none })).map(({ label }) => label)).toEqual(['Training'])
    expect(accuracySeries(data({ history: none })).map(({ label }) => label)).toEqual(['Always 1', 'Training'])
  })

  it('show the test at the end of a run that was tested', () => {
    const tested = data({ run: run({ settings, state: 'finished', test: { samples: 10, loss: 0.4, accuracy: 0.9 } }) })
    expect(lossSeries(tested).at(-1)).toMatchObject({ label: 'Test', points: { x: [5], y: [0.4] } })
    expect(accuracySeries(tested).at(-1)).toMatchObject({ label: 'Test', points: { x: [5], y: [0.9] } })
  })

  it('are also the losses of several outputs, behind their sum', () => {
    const outputLosses = [new Float32Array(25).fill(0.7), new Float32Array(25).fill(1)]
    const lines = lossSeries(data({ history: { ...history(25, 0), outputLosses } }))
    expect(lines.map(({ label, dashed = false }) => [label, dashed])).toEqual([
      ['Loss of “A”', true],
      ['Loss of “B”', true],
      ['Training', false],
    ])
    expect(new Set(lines.map(({ colour }) => colour)).size).toBe(3)
    expect(lines[1]?.points).toMatchObject({ y: outputLosses[1], length: 25 })
  })

  it('draw what guessing scores all along, if that is known', () => {
    expect(accuracySeries(data())[0]).toMatchObject({ dashed: true, points: { x: [0, 5], y: [0.2, 0.2] } })
    expect(accuracySeries(data({ majorityShare: null })).map(({ id }) => id)).not.toContain('majority')
  })
})
