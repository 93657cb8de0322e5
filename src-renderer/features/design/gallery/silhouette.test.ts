import { describe, expect, it } from 'vitest'
import { branches, chain } from '@shared/network/chain'
import { emptyNetwork } from '@shared/network/document'
import { templateNames, templateNetwork } from '@shared/network/templates'
import { silhouetteOf } from './silhouette'

const residual = branches(
  ['input', { shape: [28, 28, 1] }, { mark: 'in' }],
  ['conv2d', { filters: 8, padding: 'same' }],
  ['batch-normalization'],
  ['conv2d', { filters: 1, padding: 'same' }, { mark: 'main' }],
  ['add', {}, { from: ['main', 'in'] }],
  ['flatten'],
  ['dense', { units: 10 }],
)

describe('the drawing of a network', () => {
  it('has a block for each layer that changes something, from left to right', () => {
    const { blocks, wires } = silhouetteOf(residual)
    expect(blocks.map(({ id }) => id)).toEqual(['input-1', 'conv2d-1', 'conv2d-2', 'add-1', 'flatten-1', 'dense-1'])
    expect(blocks.map(({ category }) => category)).toEqual([
      'input',
      'convolution',
      'convolution',
      'merge',
      'shape',
      'dense',
    ])
    expect(blocks.map(({ x }) => x)).toEqual(blocks.map(({ x }) => x).sort((one, other) => one - other))
    expect(wires).toHaveLength(6)
  })

  it('leads a wire round the layers that it passes', () => {
    const { blocks, wires } = silhouetteOf(residual)
    const top = Math.min(...blocks.map(({ y }) => y))
    const [arch, ...others] = wires.filter((wire) => {
      const heights = [...wire.matchAll(/[\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y))
      return Math.min(...heights) < top
    })
    expect([arch?.startsWith('M '), others]).toEqual([true, []])
  })

  it('draws larger outputs taller and more channels wider', () => {
    const [input, first, pooled, second] = silhouetteOf(
      chain(['input'], ['conv2d', { filters: 4 }], ['max-pooling-2d'], ['conv2d', { filters: 64 }]),
    ).blocks
    expect(input!.height).toBeGreaterThan(first!.height)
    expect(first!.height).toBeGreaterThan(pooled!.height)
    expect(pooled!.width).toBe(first!.width)
    expect(second!.width).toBeGreaterThan(pooled!.width)
  })

  it('puts layers side by side on the canvas one above the other', () => {
    const { blocks } = silhouetteOf(templateNetwork('picture-neurons')!)
    const neurons = blocks.filter(({ id }) => id.startsWith('conv2d'))
    expect(new Set(neurons.map(({ x }) => x)).size).toBe(1)
    const ys = neurons.map(({ y, height }) => [y, y + height] as const)
    for (const [n, [top]] of ys.entries()) if (n > 0) expect(top).toBeGreaterThan(ys[n - 1]![1])
  })

  it.each(templateNames)('of %s lies within its frame', (name) => {
    const { blocks, wires, width, height } = silhouetteOf(templateNetwork(name)!)
    expect(blocks.length).toBeGreaterThan(2)
    for (const block of blocks) {
      expect(block.x).toBeGreaterThanOrEqual(0)
      expect(block.x + block.width).toBeLessThanOrEqual(width)
      expect(block.y).toBeGreaterThanOrEqual(-height / 2)
      expect(block.y + block.height).toBeLessThanOrEqual(height / 2)
    }
    const heights = wires.flatMap((wire) => [...wire.matchAll(/[\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y)))
    expect(Math.max(...heights.map(Math.abs))).toBeLessThanOrEqual(height / 2)
  })

  it('leaves out what has no shape, and is empty where nothing has', () => {
    const broken = chain(['input', { shape: [4, 4, 1] }], ['conv2d', { kernel: [9, 9] }], ['flatten'])
    expect(silhouetteOf(broken).blocks.map(({ id }) => id)).toEqual(['input-1'])
    expect(silhouetteOf(emptyNetwork)).toMatchObject({ blocks: [], wires: [] })
  })
})
