import { real } from '../layers/params'

/** The learning rate of an optimizer: how far one step moves the weights. */
export function learningRate(initial: number) {
  return real({ initial, min: 0, max: 10, step: initial / 10 })
}
