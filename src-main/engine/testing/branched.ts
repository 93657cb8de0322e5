import { branches, chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { walk } from '@shared/network/walk'

/** A network for samples of a shape. */
export interface SmallNetwork {
  readonly network: NetworkDocument
  readonly shape: number[]
}

/** A residual block (He et al. 2015) for 8 × 8 grey pictures of 3 classes, with a 1 × 1 projection on the way round. */
export function residualNetwork(): NetworkDocument {
  return branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['conv2d', { filters: 4, padding: 'same', activation: 'linear', bias: false }],
    ['batch-normalization', { momentum: 0.9 }],
    ['activation', { function: 'relu' }],
    ['conv2d', { filters: 4, padding: 'same', activation: 'linear', bias: false }],
    ['batch-normalization', { momentum: 0.9 }, { mark: 'main' }],
    ['conv2d', { filters: 4, kernel: [1, 1], activation: 'linear' }, { mark: 'round', from: ['input'] }],
    ['add', {}, { from: ['main', 'round'] }],
    ['activation', { function: 'relu' }],
    ['flatten'],
    ['dense', { units: 3, activation: 'softmax' }],
  )
}

const head = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const
// In front of batch normalization a bias has no gradient but rounding errors, which nothing could be compared by.
const conv: ChainStep = ['conv2d', { filters: 6, kernel: [3, 3], activation: 'linear', bias: false }]
const picture: ChainStep = ['input', { shape: [8, 8, 1] }]

const networks: Readonly<Record<string, NetworkDocument>> = {
  'a residual block': residualNetwork(),
  'batch normalization of pictures': chain(
    picture,
    conv,
    ['batch-normalization', { momentum: 0.8, epsilon: 0.01, scale: false }],
    ['activation', { function: 'tanh' }],
    ['max-pooling-2d'],
    ...head,
  ),
  'batch normalization of rows, without learned mean and spread': chain(
    picture,
    ['flatten'],
    ['dense', { units: 10, activation: 'linear', bias: false }],
    ['batch-normalization', { center: false, scale: false }],
    ['activation', { function: 'softplus' }],
    ['dense', { units: 3, activation: 'softmax' }],
  ),
  'batch normalization of sequences': chain(
    ['sequence-input', { shape: [12, 3] }],
    ['batch-normalization', { momentum: 0.7, center: false }],
    ...head,
  ),
  'batch normalization of volumes': chain(
    ['volume-input', { shape: [3, 4, 5, 2] }],
    ['batch-normalization', { momentum: 0.7, epsilon: 0.01 }],
    ...head,
  ),
  'local response normalization': chain(picture, conv, ['local-response-normalization', { k: 1, alpha: 0.5 }], ...head),
  'local response normalization of sequences': chain(
    ['sequence-input', { shape: [12, 7] }],
    ['local-response-normalization', { radius: 1, k: 0.5, alpha: 0.5, beta: 0.5 }],
    ...head,
  ),
  'concatenated branches': branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['conv2d', { filters: 3, kernel: [1, 1], activation: 'tanh' }, { mark: 'small' }],
    ['conv2d', { filters: 4, padding: 'same', activation: 'tanh' }, { mark: 'large', from: ['input'] }],
    ['concatenate', {}, { from: ['large', 'small', 'input'] }],
    ...head,
  ),
  'three sums, one input twice': branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['conv2d', { filters: 2, kernel: [1, 1], activation: 'tanh' }, { mark: 'one' }],
    ['conv2d', { filters: 2, padding: 'same', activation: 'tanh' }, { mark: 'other', from: ['input'] }],
    ['add', {}, { from: ['one', 'other', 'one'] }],
    ...head,
  ),
}

/** Networks of three classes that normalize and join, with the shape of their samples. */
export const normalizedNetworks: Readonly<Record<string, SmallNetwork>> = Object.fromEntries(
  Object.entries(networks).map(([name, network]) => [name, { network, shape: shapeOf(network) }]),
)

function shapeOf(network: NetworkDocument): number[] {
  const [input] = [...walk(network).values()]
  return input?.result.ok ? [...input.result.shape] : []
}
