import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paramIssues } from '../layers/params'
import { layerKinds } from '../layers/registry'
import { chain, type ChainStep } from './chain'
import { axesOf, lift } from './lift'
import { walk } from './walk'

const sounds = chain(
  ['sequence-input', { shape: [64, 2] }],
  ['conv1d', { filters: 8, kernel: [5], strides: [2], groups: 2, padding: 'same', activation: 'elu' }],
  ['max-pooling-1d', { window: [3], strides: [2] }],
  ['batch-normalization'],
  ['global-average-pooling-1d'],
  ['dense', { units: 4, activation: 'softmax' }],
)
const pictures = chain(
  ['input', { shape: [64, 64, 2] }],
  ['conv2d', { filters: 8, kernel: [5, 5], strides: [2, 2], groups: 2, padding: 'same', activation: 'elu' }],
  ['max-pooling-2d', { window: [3, 3], strides: [2, 2] }],
  ['batch-normalization'],
  ['global-average-pooling-2d'],
  ['dense', { units: 4, activation: 'softmax' }],
)

const plain = (network: typeof sounds) => network.nodes.map(({ kind, values }) => ({ kind, values }))

describe('lifting', () => {
  it('makes a stack over pictures of one over sequences, and names what it changed', () => {
    const { network, layers, left } = lift(sounds, 2)
    expect(plain(network)).toEqual(plain(pictures))
    expect(network.wires).toBe(sounds.wires)
    expect(layers.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'sequence-input > input',
      'conv1d > conv2d',
      'max-pooling-1d > max-pooling-2d',
      'global-average-pooling-1d > global-average-pooling-2d',
    ])
    expect(layers.flatMap(({ cut }) => cut)).toEqual([])
    expect(left).toEqual([])
  })

  it.each([
    [1, 2],
    [1, 3],
    [2, 3],
  ])('from %i to %i axes and back is the same network', (from, to) => {
    const begun = lift(sounds, from).network
    expect(lift(lift(begun, to).network, from).network).toEqual(begun)
  })

  it('changes nothing where there is nothing to lift', () => {
    expect(lift(sounds, 1)).toEqual({ network: sounds, layers: [], left: [] })
    const dense = chain(['dense', { units: 3 }])
    expect(lift(dense, 3).network).toBe(dense)
  })

  it('keeps windows that are not square as far as the new axes go', () => {
    const [, layer] = lift(chain(['input'], ['conv2d', { kernel: [3, 7] }]), 3).network.nodes
    expect(layer?.values.kernel).toEqual([3, 3, 7])
    const [, back] = lift(chain(['input'], ['conv2d', { kernel: [3, 7] }]), 1).network.nodes
    expect(back?.values.kernel).toEqual([7])
  })

  it('gives an input the shape of the data that has as many axes', () => {
    const shapeOf = (data?: number[]) => lift(sounds, 2, data).network.nodes[0]?.values.shape
    expect(shapeOf([28, 30, 3])).toEqual([28, 30, 3])
    expect(shapeOf([8000, 1])).toEqual([64, 64, 2])
  })

  it('cuts what the counterpart does not allow, and tells', () => {
    const long = chain(['sequence-input', { shape: [8000, 1] }], ['conv1d', { kernel: [80], strides: [4] }])
    const { network, layers } = lift(long, 2)
    expect(network.nodes[0]?.values.shape).toEqual([512, 512, 1])
    expect(network.nodes[1]?.values).toMatchObject({ kernel: [64, 64], strides: [4, 4] })
    expect(layers.map(({ cut }) => cut)).toEqual([['shape'], ['kernel']])
  })

  it('replaces values that the layer does not allow by its first ones', () => {
    const wrong = chain(['sequence-input'], ['conv1d', { kernel: 'wide', filters: -3 }])
    expect(lift(wrong, 2).network.nodes[1]?.values).toMatchObject({ kernel: [3, 3], filters: 32 })
  })

  it('leaves kinds that it does not know', () => {
    const unknown = chain(['sequence-input'], ['of-tomorrow', { size: [3] }])
    expect(lift(unknown, 2).network.nodes[1]).toBe(unknown.nodes[1])
  })

  it('sees along each axis what the stack over sequences saw along its one', () => {
    const window = fc.record({
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.constantFrom('same', 'valid'),
      pools: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 60 }),
        fc.array(window, { maxLength: 4 }),
        fc.constantFrom(2, 3),
        (length, windows, axes) => {
          const stack = chain(
            ['sequence-input', { shape: [length, 1] }],
            ...windows.map(({ kernel, stride, padding, pools }): ChainStep =>
              pools
                ? ['max-pooling-1d', { window: [kernel], strides: [stride], padding }]
                : ['conv1d', { kernel: [kernel], strides: [stride], padding, filters: 2 }],
            ),
          )
          const [before, after] = [walk(stack), walk(lift(stack, axes).network)]
          for (const [id, { result, field }] of before) {
            const lifted = after.get(id)
            expect(lifted?.result.ok).toBe(result.ok)
            if (!result.ok || !lifted?.result.ok) continue
            const [places = 0, channels = 0] = result.shape
            expect(lifted.result.shape).toEqual([...Array<number>(axes).fill(places), channels])
            expect(lifted.field).toEqual(Array(axes).fill(field?.[0]))
          }
        },
      ),
    )
  })
})

it.each([...layerKinds.values()].flatMap(({ kind, family }) => (family ? [kind] : [])))(
  '%s becomes a layer whose settings are allowed, and the same one again on the way back',
  (kind) => {
    const network = chain([kind])
    const own = layerKinds.get(kind)?.family?.axes ?? 0
    for (const axes of [1, 2, 3]) {
      const { network: lifted, layers, left } = lift(network, axes)
      for (const node of lifted.nodes)
        expect(paramIssues(layerKinds.get(node.kind)?.params ?? {}, node.values)).toEqual([])
      const whole = left.length === 0 && layers.every(({ cut }) => cut.length === 0)
      if (whole && axes > own) expect(lift(lifted, own).network).toEqual(network)
    }
  },
)

it('axesOf tells along how many axes a network works', () => {
  expect(axesOf(sounds)).toEqual([1])
  expect(axesOf(chain(['input'], ['conv2d'], ['conv1d']))).toEqual([1, 2])
  expect(axesOf(chain(['dense']))).toEqual([])
})

it('a family has one kind for each number of axes at most', () => {
  const names = [...layerKinds.values()].flatMap(({ family }) => (family ? [`${family.name} ${family.axes}`] : []))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(12)
})
