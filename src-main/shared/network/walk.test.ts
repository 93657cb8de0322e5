import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBehind } from './arrange'
import { branches } from './chain'
import { emptyNetwork, type NetworkDocument, type Values } from './document'
import { plainLenet } from '../testing/plain-lenet'
import { topologicalOrder, totals, walk, wiresInto } from './walk'

/** A network of nodes that are joined as given, whatever their kinds. */
function joined(kinds: readonly string[], pairs: readonly (readonly [number, number])[]): NetworkDocument {
  return {
    nodes: kinds.map((kind, n) => ({ id: `n${n}`, kind, name: '', values: {}, position: { x: 0, y: 0 } })),
    wires: pairs.map(([from, to], n) => ({ id: `w${n}`, from: `n${from}`, to: `n${to}`, input: n })),
  }
}

function chain(...steps: readonly (readonly [string, Values?])[]): NetworkDocument {
  return steps.reduce((network, [kind, values]) => addBehind(network, kind, undefined, values).network, emptyNetwork)
}

const graphs = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    pairs: fc.array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })), {
      maxLength: 24,
    }),
  }),
)

describe('topologicalOrder', () => {
  it('puts every node behind its sources, and leaves out exactly those on or behind a cycle', () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const network = joined(Array<string>(count).fill('flatten'), pairs)
        const { order, cyclic } = topologicalOrder(network)
        const place = new Map(order.map((node, index) => [node.id, index]))
        expect([...order, ...cyclic].map(({ id }) => id).sort()).toEqual(network.nodes.map(({ id }) => id).sort())
        for (const { from, to } of network.wires)
          if (place.has(to)) expect(place.get(from) ?? Infinity).toBeLessThan(place.get(to) ?? -1)
        // A node that is left out always has a source that is left out too: so a cycle lies in front of it.
        const out = new Set(cyclic.map(({ id }) => id))
        for (const id of out) expect(network.wires.some((wire) => wire.to === id && out.has(wire.from))).toBe(true)
      }),
    )
  })

  it('keeps chains together', () => {
    const two = joined(
      ['input', 'input', 'flatten', 'flatten', 'dense', 'dense'],
      [
        [0, 2],
        [1, 3],
        [2, 4],
        [3, 5],
      ],
    )
    expect(topologicalOrder(two).order.map(({ id }) => id)).toEqual(['n0', 'n2', 'n4', 'n1', 'n3', 'n5'])
  })

  it('keeps document order where wires do not decide', () => {
    expect(topologicalOrder(joined(['input', 'flatten', 'dense'], [])).order.map(({ id }) => id)).toEqual([
      'n0',
      'n1',
      'n2',
    ])
  })
})

it('sorts the wires into a node by input', () => {
  const network = joined(
    ['input', 'flatten', 'dense'],
    [
      [0, 2],
      [1, 2],
    ],
  )
  const swapped = { ...network, wires: [...network.wires].reverse() }
  expect(
    wiresInto(swapped)
      .get('n2')
      ?.map((wire) => wire.from),
  ).toEqual(['n0', 'n1'])
})

describe('walk', () => {
  it('knows LeNet as Caffe has it', () => {
    const facts = walk(plainLenet())
    const table = [...facts.values()].map(({ node, result, weights, macs }) => [
      node.kind,
      result.ok && result.shape.join('×'),
      weights.trainable,
      macs,
    ])
    expect(table).toEqual([
      ['input', '28×28×1', 0, 0],
      ['conv2d', '24×24×20', 520, 288_000],
      ['max-pooling-2d', '12×12×20', 0, 0],
      ['conv2d', '8×8×50', 25_050, 1_600_000],
      ['max-pooling-2d', '4×4×50', 0, 0],
      ['flatten', '800', 0, 0],
      ['dense', '500', 400_500, 400_000],
      ['dense', '10', 5010, 5000],
    ])
    expect(totals(facts)).toEqual({
      layers: 8,
      trainable: 431_080,
      frozen: 0,
      macs: 2_293_000,
      activations: 784 + 11_520 + 2880 + 3200 + 800 + 800 + 500 + 10,
      largest: 11_520,
    })
  })

  it.each([
    ['no wire', joined(['flatten'], []), 'n0', 'no-input'],
    ['a kind of a newer version', joined(['hologram'], []), 'n0', 'unknown-kind'],
    [
      'two wires into one place',
      joined(
        ['input', 'input', 'flatten'],
        [
          [0, 2],
          [1, 2],
        ],
      ),
      'n2',
      'too-many-inputs',
    ],
    ['a fault in front', joined(['flatten', 'dense'], [[0, 1]]), 'n1', 'source-unknown'],
    ['a picture where a row is wanted', joined(['input', 'dense'], [[0, 1]]), 'n1', 'wrong-rank'],
    [
      'a circle',
      joined(
        ['flatten', 'flatten'],
        [
          [0, 1],
          [1, 0],
        ],
      ),
      'n1',
      'cycle',
    ],
    [
      'a circle in front',
      joined(
        ['flatten', 'flatten', 'dense'],
        [
          [0, 1],
          [1, 0],
          [1, 2],
        ],
      ),
      'n2',
      'source-unknown',
    ],
  ])('says why a shape is not known: %s', (_, network, id, code) => {
    const facts = walk(network)
    expect(facts.get(id)?.result).toMatchObject({ ok: false, problem: { code } })
    expect(facts.get(id)).toMatchObject({ weights: { trainable: 0, frozen: 0 }, macs: 0, field: undefined })
    expect(facts.size).toBe(network.nodes.length)
  })

  it('goes on behind wrong values with the first ones, as the checker reports them', () => {
    const network = chain(['input', { shape: [28, 28, 1] }], ['conv2d', { filters: -3 }])
    expect(walk(network).get('conv2d-1')?.result).toEqual({ ok: true, shape: [26, 26, 32] })
  })
})

describe('receptive fields, against what changes when pixels are changed', () => {
  interface Stage {
    readonly kind: 'conv2d' | 'max-pooling-2d'
    readonly window: number
    readonly stride: number
  }

  /** A naive chain along one axis: a convolution adds its window up, pooling takes the largest. */
  function run(input: readonly number[], stages: readonly Stage[]): number[] {
    return stages.reduce<number[]>(
      (line, { kind, window, stride }) => {
        const out: number[] = []
        for (let start = 0; start + window <= line.length; start += stride) {
          const seen = line.slice(start, start + window)
          out.push(kind === 'conv2d' ? seen.reduce((sum, value, tap) => sum + value * (tap + 1), 0) : Math.max(...seen))
        }
        return out
      },
      [...input],
    )
  }

  /** The input samples whose rise changes the output at `place`. */
  function influences(size: number, stages: readonly Stage[], place: number): number[] {
    const flat = Array<number>(size).fill(0)
    const before = run(flat, stages)[place]
    return flat.map((_, n) => n).filter((n) => run(flat.with(n, 1), stages)[place] !== before)
  }

  const stages = fc.array(
    fc.record({
      kind: fc.constantFrom('conv2d' as const, 'max-pooling-2d' as const),
      window: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  )

  it('is as wide and steps as far as they do', () => {
    fc.assert(
      fc.property(
        // A stride beyond the window leaves holes in what is seen; its span is still the receptive field.
        stages.map((all) => all.map((one) => ({ ...one, stride: Math.min(one.stride, one.window) }))),
        (all) => {
          const size = 120
          const shape = { shape: [size, 1, 1] }
          const network = all.reduce(
            (next, { kind, window, stride }) => {
              const values = {
                [kind === 'conv2d' ? 'kernel' : 'window']: [window, 1],
                strides: [stride, 1],
                filters: 1,
              }
              return addBehind(next, kind, undefined, values).network
            },
            addBehind(emptyNetwork, 'input', undefined, shape).network,
          )
          const last = [...walk(network).values()].at(-1)
          fc.pre(last?.result.ok === true && (last.result.shape[0] ?? 0) >= 2)
          const [first, second] = [influences(size, all, 0), influences(size, all, 1)]
          expect(last?.field?.[0]).toEqual({ size: first.at(-1)! - first[0]! + 1, stride: second[0]! - first[0]! })
          expect(last?.field?.[1]).toEqual({ size: 1, stride: 1 })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is that of the widest branch where branches join, and the whole picture where one sees everything', () => {
    const network = branches(
      ['input', { shape: [20, 20, 1] }, { mark: 'in' }],
      ['conv2d', { kernel: [5, 3], padding: 'same' }, { mark: 'high' }],
      ['conv2d', { kernel: [1, 7], padding: 'same' }, { mark: 'wide', from: ['in'] }],
      ['concatenate', {}, { from: ['high', 'wide', 'in'] }],
      ['flatten', {}, { mark: 'flat' }],
      ['dense', { units: 5 }, { mark: 'one' }],
      ['dense', { units: 5 }, { mark: 'other', from: ['flat'] }],
      ['add', {}, { from: ['one', 'other'] }],
    )
    const facts = walk(network)
    expect(facts.get('concatenate-1')).toMatchObject({
      result: { ok: true, shape: [20, 20, 65] },
      field: [
        { size: 5, stride: 1 },
        { size: 7, stride: 1 },
      ],
    })
    expect(facts.get('add-1')).toMatchObject({ result: { ok: true, shape: [5] }, field: undefined })
  })

  it('is the whole picture behind a layer that sees everything', () => {
    const facts = walk(plainLenet())
    expect(facts.get('max-pooling-2d-2')?.field).toEqual([
      { size: 16, stride: 4 },
      { size: 16, stride: 4 },
    ])
    expect(facts.get('flatten-1')?.field).toBeUndefined()
    expect(facts.get('dense-2')?.field).toBeUndefined()
  })
})
