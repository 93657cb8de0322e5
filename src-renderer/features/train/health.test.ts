import type { EpochMetrics } from '@shared/training/metrics'
import { describe, expect, it } from 'vitest'
import { epochMetrics } from '@/stores/testing/samples'
import { healthOf, type HealthQuestion } from './health'

/** Losses that go evenly from one value to another. */
function line(from: number, to: number, steps: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: steps }, (_value, step) => from + ((to - from) * step) / Math.max(1, steps - 1))
}

function question(
  loss: Float32Array<ArrayBuffer>,
  part: Partial<HealthQuestion> = {},
  epochs: EpochMetrics[] = [],
): HealthQuestion {
  return { history: { loss, accuracy: loss, epochs }, classes: 10, diverged: false, state: 'running', ...part }
}

/** Epochs with a falling training loss and these validation losses. */
function epochs(...validation: (number | null)[]): EpochMetrics[] {
  return validation.map((validationLoss, index) => epochMetrics(index + 1, { loss: 1 / (index + 1), validationLoss }))
}

const falling = line(2.3, 0.2, 200)

describe('healthOf', () => {
  it.each([
    ['nothing yet', question(new Float32Array()), 'waiting'],
    ['a few steps', question(line(2.3, 0.5, 19)), 'waiting'],
    ['a loss that falls', question(falling), 'learning'],
    ['the same once it has finished', question(falling, { state: 'finished' }), 'learned'],
    ['the same when it was broken off', question(falling, { state: 'interrupted' }), 'fell'],
    ['a loss that stays at guessing', question(line(2.3, 2.29, 200)), 'flat'],
    ['the same loss with many classes', question(line(6.9, 2.29, 200), { classes: 1000 }), 'learning'],
    ['a loss that rises', question(line(2.3, 9, 200)), 'rising'],
    ['a loss that ran away', question(Float32Array.from([...line(2.3, 9, 100), Infinity])), 'diverged'],
    ['a run that was given up for it', question(falling, { diverged: true }), 'diverged'],
    ['steps that are not known', question(Float32Array.from([...falling, NaN, NaN])), 'learning'],
    ['only steps that are not known', question(new Float32Array(100).fill(NaN)), 'waiting'],
    ['validation that falls too', question(falling, {}, epochs(0.5, 0.4, 0.3, 0.2)), 'learning'],
    ['validation that rose once', question(falling, {}, epochs(0.5, 0.3, 0.4)), 'learning'],
    ['validation that keeps rising', question(falling, {}, epochs(0.5, 0.3, 0.35, 0.4)), 'overfitting'],
    ['validation that stays', question(falling, {}, epochs(0.5, 0.3, 0.301, 0.302)), 'learning'],
    ['nothing held out', question(falling, {}, epochs(null, null, null, null)), 'learning'],
  ])('%s', (_name, asked, code) => expect(healthOf(asked).code).toBe(code))

  it('tells where the loss came from and where it is', () => {
    const health = healthOf(
      question(Float32Array.from([...new Float32Array(100).fill(2), ...new Float32Array(100).fill(0.5)])),
    )
    expect(health).toEqual({ code: 'learning', from: 2, loss: 0.5 })
  })

  it('names the epoch from which validation got worse', () => {
    expect(healthOf(question(falling, {}, epochs(0.5, 0.3, 0.35, 0.4)))).toEqual({ code: 'overfitting', epoch: 3 })
  })
})
