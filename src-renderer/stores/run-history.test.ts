import type { EpochMetrics } from '@shared/training/metrics'
import { describe, expect, it } from 'vitest'
import { GrowingHistory } from './run-history'

function epoch(number: number): EpochMetrics {
  const rest = { loss: 1, accuracy: 0.5, validationLoss: null, validationAccuracy: null, seconds: 1 }
  return { epoch: number, step: number * 10, ...rest }
}

function piece(firstStep: number, loss: number[], epochs: EpochMetrics[] = []) {
  return {
    firstStep,
    loss: Float32Array.from(loss),
    accuracy: Float32Array.from(loss, (value) => value / 10),
    epochs,
  }
}

describe('GrowingHistory', () => {
  it.each([
    ['nothing', [], []],
    ['one piece', [piece(1, [3, 2])], [3, 2]],
    ['pieces in a row', [piece(1, [3, 2]), piece(3, [1])], [3, 2, 1]],
    ['the same piece twice', [piece(1, [3, 2]), piece(1, [3, 2])], [3, 2]],
    ['a lost piece leaves unknown steps', [piece(1, [3]), piece(4, [1])], [3, NaN, NaN, 1]],
    ['which a later piece fills in', [piece(1, [3]), piece(4, [1]), piece(2, [2.5, 2])], [3, 2.5, 2, 1]],
    ['an empty piece says nothing', [piece(5, [])], []],
  ])('%s', (_name, pieces, expected) => {
    const history = new GrowingHistory()
    for (const one of pieces) history.append(one)
    expect([...history.view().loss]).toEqual(expected)
    expect(history.view().accuracy).toHaveLength(expected.length)
  })

  it('keeps every value when it grows', () => {
    const history = new GrowingHistory()
    const all = Array.from({ length: 5000 }, (_value, index) => index)
    for (let first = 0; first < all.length; first += 7) history.append(piece(first + 1, all.slice(first, first + 7)))
    expect([...history.view().loss]).toEqual(all)
  })

  it('keeps the losses of several outputs beside the sum, however long it grows', () => {
    const history = new GrowingHistory()
    const outputs = (loss: number[]) => [Float32Array.from(loss, (value) => value / 2), Float32Array.from(loss)]
    const all = Array.from({ length: 3000 }, (_value, index) => index)
    for (let first = 0; first < all.length; first += 7) {
      const loss = all.slice(first, first + 7)
      history.append({ ...piece(first + 1, loss), outputLosses: outputs(loss) })
    }
    const { outputLosses = [] } = history.view()
    expect(outputLosses.map((values) => [...values])).toEqual([all.map((value) => value / 2), all])
    expect(new GrowingHistory().view()).not.toHaveProperty('outputLosses')
  })

  it('keeps what it heard when an older recording is merged in', () => {
    const history = new GrowingHistory()
    history.append(piece(3, [1, 0.5], [epoch(2)]))
    history.merge({ ...piece(1, [3, 2, 1]), epochs: [epoch(1)] })
    expect([...history.view().loss]).toEqual([3, 2, 1, 0.5])
    expect(history.view().epochs.map((one) => one.epoch)).toEqual([1, 2])
  })

  it('lists each epoch once', () => {
    const history = new GrowingHistory()
    history.append(piece(1, [1], [epoch(1)]))
    history.append(piece(2, [1], [epoch(1), epoch(2)]))
    expect(history.view().epochs.map((one) => one.epoch)).toEqual([1, 2])
  })
})
