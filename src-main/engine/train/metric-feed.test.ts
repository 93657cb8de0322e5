import { describe, expect, it } from 'vitest'
import { historyText, parseHistory, type EpochLine, type StepLine } from '@shared/training/history-file'
import { MetricBatch, type EpochMetrics } from '@shared/training/metrics'
import { MetricFeed } from './metric-feed'

function feed() {
  let time = 0
  const batches: MetricBatch[] = []
  const lines: (StepLine | EpochLine)[] = []
  const own = new MetricFeed({
    runId: 'run-1',
    emit: (batch) => batches.push(MetricBatch.parse(batch)),
    record: (more) => lines.push(...more),
    progress: () => ({ epoch: 1, epochs: 2, step: 0, stepsPerEpoch: 1, imagesPerSecond: 1, secondsLeft: 1 }),
    now: () => time,
  })
  return { own, batches, lines, wait: (milliseconds: number) => (time += milliseconds) }
}

function epoch(number: number, step: number): EpochMetrics {
  const judged = { validationLoss: null, validationAccuracy: null }
  return { epoch: number, step, loss: 1, accuracy: 0.5, ...judged, seconds: 1 }
}

describe('the metric feed', () => {
  it('sends at most 30 batches a second and loses nothing', () => {
    const { own, batches, lines, wait } = feed()
    for (let step = 1; step <= 2000; step++) {
      own.step(1 / step, step / 2000)
      if (step % 50 === 0) own.epoch(epoch(step / 50, step))
      wait(1)
    }
    expect(batches.length).toBeLessThanOrEqual(61)
    own.flush()
    expect(batches.map(({ sequence }) => sequence)).toEqual([...batches.keys()])
    const sent = batches.flatMap(({ loss }) => [...loss])
    expect(sent).toEqual(Array.from({ length: 2000 }, (_, n) => Math.fround(1 / (n + 1))))
    let next = 1
    for (const { firstStep, loss, accuracy } of batches) {
      expect([firstStep, accuracy.length]).toEqual([next, loss.length])
      next += loss.length
    }
    const history = parseHistory(historyText(lines))
    expect([...history.loss]).toEqual(sent)
    expect(history.epochs).toEqual(batches.flatMap(({ epochs }) => epochs))
    expect(history.epochs).toHaveLength(40)
  })

  it('tells the losses of several outputs, and nothing of an only one', () => {
    const { own, batches, lines } = feed()
    own.step(3, 0.5, [2, 1])
    own.step(2.5, 0.5, [1.75, 0.75])
    own.flush()
    const losses = batches.flatMap(({ outputLosses = [] }) => outputLosses.map((values) => [...values]))
    expect(losses).toEqual([[2], [1], [1.75], [0.75]])
    expect(parseHistory(historyText(lines)).outputLosses?.map((values) => [...values])).toEqual([
      [2, 1.75],
      [1, 0.75],
    ])
    const alone = feed()
    alone.own.step(3, 0.5, [])
    expect(alone.batches[0]).not.toHaveProperty('outputLosses')
    expect(alone.lines).toEqual([{ step: 1, loss: 3, accuracy: 0.5 }])
  })

  it('puts an epoch behind its last step, also where later steps are in the same batch', () => {
    const { own, lines } = feed()
    own.step(4, 0)
    own.step(3, 0)
    own.step(2, 0)
    own.epoch(epoch(1, 3))
    own.step(1, 0)
    own.flush()
    expect(lines.map((line) => ('step' in line ? line.step : `epoch ${line.epoch.epoch}`))).toEqual([
      1,
      2,
      3,
      'epoch 1',
      4,
    ])
  })

  it('sends nothing where there is nothing, and an epoch without new steps', () => {
    const { own, batches, wait } = feed()
    own.flush()
    expect(batches).toEqual([])
    own.step(1, 1)
    wait(100)
    own.epoch(epoch(1, 1))
    expect(batches.map(({ firstStep, loss, epochs }) => [firstStep, loss.length, epochs.length])).toEqual([
      [1, 1, 0],
      [2, 0, 1],
    ])
  })
})
