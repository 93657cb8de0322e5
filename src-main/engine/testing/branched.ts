import { branches } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'

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
