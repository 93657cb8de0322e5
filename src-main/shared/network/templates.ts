import { branches, type BranchStep } from './chain'
import type { NetworkDocument } from './document'
import { fitToData, type DataFit } from './fit'

/** Stacks of layers that people know, from the input to the last layer, by name. */
const stacks: Readonly<Record<string, readonly BranchStep[]>> = {
  // LeCun et al., "Gradient-based learning applied to document recognition", 1998, in the form that Caffe made known:
  // max-pooling for subsampling, ReLU and softmax for the original's tanh and RBF units; and with dropout, without which
  // five epochs end on either side of 99 %, seed by seed.
  lenet: [
    ['input'],
    ['conv2d', { filters: 20, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['conv2d', { filters: 50, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 500 }],
    ['dropout', { rate: 0.5 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // The smallest network of the article: module A copied over the picture, pooled, and read by one dense layer.
  'one-module': [
    ['input'],
    ['conv2d', { filters: 16, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // No convolution at all: what the modules are to be compared with.
  'dense-only': [['input'], ['flatten'], ['dense', { units: 128 }], ['dense', { units: 10, activation: 'softmax' }]],
  // He et al., "Deep residual learning for image recognition", 2015, section 4.2 with n = 3, for pictures of 32 × 32.
  // Where a stage begins, the way round is a 1 × 1 convolution with batch normalization (the article's option B).
  'resnet-20': [
    ['input', { shape: [32, 32, 3] }],
    ...convolved(16, 3, 1),
    ['activation', { function: 'relu' }, { mark: 'start' }],
    ...residualStage(16, 'start', 1),
    ...residualStage(32, 'stage-16', 2),
    ...residualStage(64, 'stage-32', 2),
    ['global-average-pooling-2d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // Lin et al., "Network in network", 2013, the network for CIFAR-10: each convolution is followed by two of 1 × 1, small
  // dense networks at every place; the last gives a map for each class, whose mean is the answer.
  nin: [
    ['input', { shape: [32, 32, 3] }],
    ...inNetwork(5, [192, 160, 96]),
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout'],
    ...inNetwork(5, [192, 192, 192]),
    ['average-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout'],
    ...inNetwork(3, [192, 192, 10]),
    ['global-average-pooling-2d'],
    ['activation', { function: 'softmax' }],
  ],
  // Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012, in its order of layers,
  // groups included, narrowed for small pictures.
  'alexnet-mini': [
    ['input', { shape: [32, 32, 3] }],
    ['conv2d', { filters: 64, kernel: [5, 5], padding: 'same' }],
    ['local-response-normalization'],
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['conv2d', { filters: 128, kernel: [5, 5], padding: 'same', groups: 2 }],
    ['local-response-normalization'],
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['conv2d', { filters: 192, padding: 'same' }],
    ['conv2d', { filters: 192, padding: 'same', groups: 2 }],
    ['conv2d', { filters: 128, padding: 'same', groups: 2 }],
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['flatten'],
    ['dense', { units: 512 }],
    ['dropout'],
    ['dense', { units: 512 }],
    ['dropout'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
}

type Wires = NonNullable<BranchStep[2]>

/** A convolution without bias and activation, and its batch normalization. */
function convolved(filters: number, window: number, stride: number, { from, mark }: Wires = {}): BranchStep[] {
  const size = (length: number) => [length, length]
  const values = { filters, kernel: size(window), strides: size(stride), padding: 'same', activation: 'linear' }
  return [
    ['conv2d', { ...values, bias: false }, from ? { from } : {}],
    ['batch-normalization', {}, mark === undefined ? {} : { mark }],
  ]
}

/** Three residual blocks of two convolutions each; the first halves the picture where `stride` is 2. */
function residualStage(filters: number, start: string, stride: number): BranchStep[] {
  const blocks = [1, 2, 3].map((block) => {
    const into = block === 1 ? start : `block-${filters}-${block - 1}`
    const end = block === 3 ? `stage-${filters}` : `block-${filters}-${block}`
    return residualBlock(filters, into, end, block === 1 ? stride : 1)
  })
  return blocks.flat()
}

function residualBlock(filters: number, into: string, end: string, stride: number): BranchStep[] {
  const [through, around] = [`${end}-through`, `${end}-around`]
  const shortcut = stride === 1 ? [] : convolved(filters, 1, stride, { from: [into], mark: around })
  return [
    ...convolved(filters, 3, stride, { from: [into] }),
    ['activation', { function: 'relu' }],
    ...convolved(filters, 3, 1, { mark: through }),
    ...shortcut,
    ['add', {}, { from: [through, stride === 1 ? into : around] }],
    ['activation', { function: 'relu' }, { mark: end }],
  ]
}

/** A convolution and two of 1 × 1 behind it. */
function inNetwork(window: number, filters: readonly number[]): BranchStep[] {
  return filters.map((count, n) => {
    const side = n === 0 ? window : 1
    return ['conv2d', { filters: count, kernel: [side, side], padding: 'same' }]
  })
}

export const templateNames: readonly string[] = Object.keys(stacks)

/** A template as a network, its first and last layers fitted to the data; undefined for an unknown name. */
export function templateNetwork(name: string, data?: DataFit): NetworkDocument | undefined {
  const stack = Object.hasOwn(stacks, name) ? stacks[name] : undefined
  if (!stack) return undefined
  const network = branches(...stack)
  return data ? fitToData(network, data) : network
}
