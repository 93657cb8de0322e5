import { describe, expect, it } from 'vitest'
import { historyText, parseHistory, type EpochLine, type StepLine } from './history-file'

const steps: StepLine[] = [
  { step: 1, loss: 2.5, accuracy: 0.125 },
  { step: 2, loss: 1.5, accuracy: 0.5 },
]
const epoch: EpochLine = {
  epoch: {
    epoch: 1,
    step: 2,
    loss: 2,
    accuracy: 0.3125,
    validationLoss: null,
    validationAccuracy: null,
    seconds: 0.75,
  },
}
const whole = historyText([...steps, epoch])

describe('a history file', () => {
  it('gives back what was written', () => {
    const history = parseHistory(whole)
    expect([...history.loss]).toEqual([2.5, 1.5])
    expect([...history.accuracy]).toEqual([0.125, 0.5])
    expect(history.epochs).toEqual([epoch.epoch])
  })

  it('gives back what each of several outputs had', () => {
    const losses = [
      [2, 1.25],
      [1, 0.75],
    ]
    const outputs = [
      { loss: 1.5, validationLoss: null },
      { loss: 1, validationLoss: 0.5 },
    ]
    const lines = steps.map((line, n) => ({ ...line, losses: losses[n]! }))
    const history = parseHistory(historyText([...lines, { epoch: { ...epoch.epoch, outputs } }]))
    expect(history.outputLosses).toEqual([Float32Array.of(2, 1), Float32Array.of(1.25, 0.75)])
    expect(history.epochs[0]?.outputs).toEqual(outputs)
    expect(parseHistory(whole)).not.toHaveProperty('outputLosses')
  })

  it.each([
    ['an unfinished last line', `${whole}{"step":3,"lo`, 2, 1],
    ['a last line that lacks only its end', `${whole}{"step":3,"loss":1,"accuracy":1}`, 3, 1],
    ['a damaged line in the middle', `${historyText(steps)}{"step":\n${historyText([epoch])}`, 2, 0],
    [
      'a step out of turn',
      historyText([
        { step: 1, loss: 1, accuracy: 0 },
        { step: 3, loss: 1, accuracy: 0 },
      ]),
      1,
      0,
    ],
    ['a loss that is no number', '{"step":1,"loss":null,"accuracy":0}\n', 0, 0],
    ['an empty file', '', 0, 0],
  ])('keeps all in front of %s', (_name, text, stepCount, epochCount) => {
    const history = parseHistory(text)
    expect([history.loss.length, history.epochs.length]).toEqual([stepCount, epochCount])
  })
})
