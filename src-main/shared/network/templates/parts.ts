import type { BranchStep } from '../chain'

type Wires = NonNullable<BranchStep[2]>

/** How batches are normalized in the templates. */
export const normalization = { momentum: 0.9 }

/** A window as high as it is wide. */
export function square(side: number): number[] {
  return [side, side]
}

/** The dense layers at the end of the article's networks: F, which reads everything, and one unit for each class. */
export function readBy(units: number, classes: number): BranchStep[] {
  return [['flatten'], ['dense', { units }, { name: 'F' }], ['dense', { units: classes, activation: 'softmax' }]]
}

/**
 * A convolution over pictures without bias and activation, and its batch normalization. Means and variances follow the
 * batches fast enough for the first epoch's answers to be of use.
 */
export function convolved(filters: number, window: number, stride: number, { from, mark }: Wires = {}): BranchStep[] {
  const values = { filters, kernel: square(window), strides: square(stride), padding: 'same', activation: 'linear' }
  return [
    ['conv2d', { ...values, bias: false }, from ? { from } : {}],
    ['batch-normalization', normalization, mark === undefined ? {} : { mark }],
  ]
}

/** A convolution over raw sound with its batch normalization and a pooling by four, as Dai et al. stack them, 2016. */
export function heard(filters: number, window: number, stride: number): BranchStep[] {
  return [
    ['conv1d', { filters, kernel: [window], strides: [stride], padding: 'same', activation: 'linear' }],
    ['batch-normalization', normalization],
    ['activation', { function: 'relu' }],
    ['max-pooling-1d', { window: [4], strides: [4], padding: 'same' }],
  ]
}
