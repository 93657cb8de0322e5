import { chain } from '../network/chain'
import type { NetworkDocument } from '../network/document'
import { fitToData, type DataFit } from '../network/fit'

/** LeNet as it was before dropout, for tests that count layers: eight, 431,080 parameters. */
export function plainLenet(data?: DataFit): NetworkDocument {
  const network = chain(
    ['input'],
    ['conv2d', { filters: 20, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['conv2d', { filters: 50, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 500 }],
    ['dense', { units: 10, activation: 'softmax' }],
  )
  return data ? fitToData(network, data) : network
}
