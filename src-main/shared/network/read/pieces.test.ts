import { describe, expect, it } from 'vitest'
import type { ReadLayer } from './model-json'
import { rejoined } from './pieces'

function layer(name: string, ...sources: string[]): ReadLayer {
  return { key: name, name, className: name.replace(/\W.*/, ''), config: { name, size: 1 }, sources }
}

const gist = (layers: readonly ReadLayer[]) =>
  layers.map(({ key, name, sources, config }) => [key, name, sources, config['before'], config['after']])

const beside = (className: string) => ({ class_name: className, config: { size: 1 } })

describe('layers that stand for one', () => {
  it('are put together, with what stood beside it, and fed as the first was', () => {
    const found = rejoined([
      layer('in'),
      layer('A.before.0', 'in'),
      layer('A.before.1', 'A.before.0'),
      layer('A', 'A.before.1'),
      layer('A.after.0', 'A'),
      layer('out', 'A.after.0'),
    ])
    expect(gist(found)).toEqual([
      ['in', 'in', [], undefined, undefined],
      ['A.after.0', 'A', ['in'], [beside('A'), beside('A')], [beside('A')]],
      ['out', 'out', ['A.after.0'], undefined, undefined],
    ])
  })

  it.each([
    ['a branch goes off between them', [layer('A.before.0', 'in'), layer('A', 'A.before.0'), layer('B', 'A.before.0')]],
    ['one of them is missing', [layer('A.before.1', 'in'), layer('A', 'A.before.1')]],
    [
      'their names begin in different ways',
      [layer('A.before.0', 'in'), layer('B.before.1', 'A.before.0'), layer('A', 'B.before.1')],
    ],
    ['another one feeds the layer too', [layer('A.before.0', 'in'), layer('A', 'A.before.0', 'in')]],
    ['they stand the wrong way round', [layer('A.after.0', 'in'), layer('A', 'A.after.0')]],
    ['none of them is the layer itself', [layer('A.before.0', 'in'), layer('A.before.1', 'A.before.0')]],
  ])('are left alone where %s', (_why, layers) => {
    const all = [layer('in'), ...layers]
    expect(rejoined(all)).toEqual(all)
  })

  it('survive a circle', () => {
    const all = [layer('A.before.0', 'A.after.0'), layer('A', 'A.before.0'), layer('A.after.0', 'A')]
    expect(rejoined(all)).toHaveLength(1)
  })
})
