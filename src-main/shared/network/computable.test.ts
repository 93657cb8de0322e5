import { describe, expect, it } from 'vitest'
import { canPreview, computablePart, previewLimits } from './computable'
import { branches, chain } from './chain'
import type { NetworkDocument } from './document'
import { connect, removeWires, setValue } from './edit'
import { templateNetwork } from './templates'
import { totals, walk } from './walk'

const sample = [8, 8, 1]
const whole = chain(
  ['input', { shape: sample }],
  ['conv2d', { filters: 2, kernel: [3, 3] }],
  ['flatten'],
  ['dense', { units: 3 }],
)
const forked = branches(
  ['input', { shape: sample }, { mark: 'input' }],
  ['conv2d', { filters: 2, kernel: [3, 3] }, { mark: 'one' }],
  ['conv2d', { filters: 2, kernel: [5, 5] }, { mark: 'other', from: ['input'] }],
  ['add', {}, { from: ['one', 'other'] }],
)

function cut(network: NetworkDocument, to: string): NetworkDocument {
  return removeWires(
    network,
    network.wires.filter((wire) => wire.to === to).map(({ id }) => id),
  )
}

function someChannels(first: number, count: number): NetworkDocument {
  return chain(['input', { shape: [8, 8, count], part: 'some', first }])
}

describe('the part that can be computed', () => {
  it.each([
    ['all of a whole network', whole, sample, ['input-1', 'conv2d-1', 'flatten-1', 'dense-1']],
    ['what stands before a cut', cut(whole, 'flatten-1'), sample, ['input-1', 'conv2d-1']],
    [
      'what stands before a setting that does not fit',
      setValue(whole, 'conv2d-1', 'kernel', [9, 9]),
      sample,
      ['input-1'],
    ],
    ['both branches without the layer that cannot join them', forked, sample, ['input-1', 'conv2d-1', 'conv2d-2']],
    ['an input that takes some channels of the sample', someChannels(2, 2), [8, 8, 3], ['input-1']],
    ['no input that takes more channels than there are', someChannels(2, 3), [8, 8, 3], []],
    ['nothing where the sample has another size', whole, [8, 9, 1], []],
    ['nothing where the sample has other axes', whole, [64, 1], []],
    ['nothing of what waits for itself', connect(cut(whole, 'conv2d-1'), 'dense-1', 'conv2d-1'), sample, ['input-1']],
    ['nothing of nothing', { nodes: [], wires: [] }, sample, []],
  ])('is %s', (_what, network, shape, ids) => {
    const part = computablePart(network, walk(network), shape)
    expect(part.nodes.map(({ id }) => id)).toEqual(ids)
    expect(part.wires.every(({ from, to }) => ids.includes(from) && ids.includes(to))).toBe(true)
  })
})

describe('the size that is computed in passing', () => {
  it.each([
    ['lenet', true],
    ['resnet-18', true],
    ['vgg-16', false],
    ['alexnet', false],
  ])('%s: %s', (name, fits) => expect(canPreview(totals(walk(templateNetwork(name)!)))).toBe(fits))

  it.each(['layers', 'macs', 'activations'] as const)('ends at the limit of %s', (what) => {
    const small = { layers: 1, trainable: 1, frozen: 1, macs: 1, activations: 1, largest: 1 }
    expect(canPreview({ ...small, [what]: previewLimits[what] })).toBe(true)
    expect(canPreview({ ...small, [what]: previewLimits[what] + 1 })).toBe(false)
  })
})
