import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { englishText } from '../messages/english'
import { layerKind } from '../layers/registry'
import { branches, chain } from './chain'
import { check } from './check'
import { compareNetworks } from './compare'
import { nodeById, type NetworkDocument } from './document'
import { addCopies, removeNodes, replaceKind, setValue, setValues } from './edit'
import { copyText, paste } from './fragment'
import { lift } from './lift'
import { problemTexts } from './problem-text'
import { signature } from './signature'
import { canTie, ownerOf, tie, tieCandidates, tiedGroup, tiesOf, untie, weightsFit } from './tied'
import { totals, walk } from './walk'

/** Four dense layers of which the three last could share their weights, and a last one that could not. */
const row = chain(
  ['input', { shape: [2, 2, 1] }],
  ['flatten'],
  ['dense', { units: 4 }],
  ['dense', { units: 4 }],
  ['dense', { units: 4 }],
  ['dense', { units: 3, activation: 'softmax' }],
)

const ties = (network: NetworkDocument) => [...tiesOf(network).owners].map(([id, owner]) => `${id} ${owner}`)
const values = (network: NetworkDocument, id: string) => nodeById(network, id)?.values
const withTie = (network: NetworkDocument, id: string, weightsOf: string): NetworkDocument => ({
  ...network,
  nodes: network.nodes.map((node) => (node.id === id ? { ...node, weightsOf } : node)),
})

describe('tying', () => {
  it('takes the values of the owner, and joins those that used the weights already', () => {
    const pair = tie(setValue(row, 'dense-2', 'units', 7), 'dense-2', 'dense-1')
    expect(values(pair, 'dense-2')).toEqual(values(row, 'dense-1'))
    const three = tie(pair, 'dense-1', 'dense-3')
    expect(ties(three)).toEqual(['dense-1 dense-3', 'dense-2 dense-3'])
    expect(tiedGroup(three, 'dense-1')).toEqual(['dense-3', 'dense-1', 'dense-2'])
    expect(ties(tie(pair, 'dense-3', 'dense-2'))).toEqual(['dense-2 dense-1', 'dense-3 dense-1'])
  })

  it('moves one layer from one owner to another', () => {
    const three = tie(tie(row, 'dense-2', 'dense-1'), 'dense-3', 'dense-1')
    expect(ties(tie(three, 'dense-3', 'dense-4'))).toEqual(['dense-2 dense-1', 'dense-3 dense-4'])
  })

  it.each([
    ['itself', row, 'dense-1', 'dense-1'],
    ['another kind', row, 'dense-1', 'flatten-1'],
    ['an input', chain(['input'], ['dense']), 'input-1', 'input-1'],
    ['what is not there', row, 'dense-1', 'dense-9'],
    ['what is tied in a wrong way itself', withTie(row, 'dense-2', 'dense-9'), 'dense-1', 'dense-2'],
  ])('to %s changes nothing', (_what, network, id, owner) => {
    expect(canTie(network, id, owner)).toBe(false)
    expect(tie(network, id, owner)).toBe(network)
  })

  it('what is tied already changes nothing', () => {
    const pair = tie(row, 'dense-2', 'dense-1')
    expect(tie(pair, 'dense-1', 'dense-2')).toBe(pair)
    expect(tie(pair, 'dense-2', 'dense-1')).toBe(pair)
  })

  it('ends for one layer alone, and the next one owns the weights', () => {
    const three = tie(tie(row, 'dense-2', 'dense-1'), 'dense-3', 'dense-1')
    expect(ties(untie(three, 'dense-3'))).toEqual(['dense-2 dense-1'])
    expect(ties(untie(three, 'dense-1'))).toEqual(['dense-3 dense-2'])
    expect(untie(row, 'dense-1')).toBe(row)
    expect(untie(tie(row, 'dense-2', 'dense-1'), 'dense-2')).toEqual(row)
  })
})

describe('edits', () => {
  const three = tie(tie(row, 'dense-2', 'dense-1'), 'dense-3', 'dense-1')

  it('set the values of all layers of a group', () => {
    const wide = setValues(three, 'dense-2', { units: 9, activation: 'tanh' })
    expect(['dense-1', 'dense-2', 'dense-3', 'dense-4'].map((id) => values(wide, id)?.['units'])).toEqual([9, 9, 9, 3])
    expect(ties(wide)).toEqual(ties(three))
    expect(setValue(wide, 'dense-3', 'units', 9)).toBe(wide)
  })

  it('hand the weights on where the owner is deleted or becomes another kind', () => {
    expect(ties(removeNodes(three, ['dense-1']))).toEqual(['dense-3 dense-2'])
    expect(ties(removeNodes(three, ['dense-1', 'dense-2']))).toEqual([])
    expect(ties(replaceKind(three, 'dense-1', 'activation'))).toEqual(['dense-3 dense-2'])
    expect(ties(replaceKind(three, 'dense-3', 'activation'))).toEqual(['dense-2 dense-1'])
  })

  it('give copies weights of their own, but keep what is tied among them', () => {
    const nodes = three.nodes.filter(({ id }) => id === 'dense-2' || id === 'dense-3')
    const copied = addCopies(three, nodes, [], { x: 0, y: 0 })
    const [one, other] = copied.ids
    expect(ties(copied.network)).toEqual([...ties(three), `${other} ${one}`])
    const alone = addCopies(three, nodes.slice(1), [], { x: 0, y: 0 })
    expect(ties(alone.network)).toEqual(ties(three))
  })

  it('keep ties within what is pasted as text, and none to layers of another project', () => {
    const text = copyText(three, ['dense-1', 'dense-3'])!
    expect(ties(paste(row, text)!.network)).toEqual(['dense-6 dense-5'])
    expect(ties(paste(row, copyText(three, ['dense-3'])!)!.network)).toEqual([])
  })

  it('keep ties where a stack is lifted to another number of axes', () => {
    const stack = tie(chain(['input'], ['conv2d'], ['conv2d']), 'conv2d-2', 'conv2d-1')
    const lifted = lift(stack, 3).network
    expect(ties(lifted)).toEqual(['conv2d-2 conv2d-1'])
    expect(nodeById(lifted, 'conv2d-2')?.kind).toBe('conv3d')
  })
})

describe('what follows from ties', () => {
  const pair = tie(row, 'dense-2', 'dense-1')

  it('weights are counted once, multiply-adds for each use', () => {
    const [own, shared] = [row, pair].map((network) => totals(walk(network)))
    expect(own!.trainable - shared!.trainable).toBe(4 * 4 + 4)
    expect(own!.macs).toBe(shared!.macs)
    const facts = walk(pair).get('dense-2')
    expect(facts).toMatchObject({ tiedTo: 'dense-1', weights: { trainable: 0, frozen: 0 }, macs: 16 })
    expect(walk(pair).get('dense-2')).toBe(facts)
    expect(walk(untie(pair, 'dense-2')).get('dense-2')).not.toHaveProperty('tiedTo')
  })

  it('a tie is a change of the network, and of what it computes', () => {
    expect(signature(pair)).not.toBe(signature(row))
    const change = { change: 'changed', settings: [{ setting: 'weightsOf', before: undefined, after: 'dense-1' }] }
    expect(compareNetworks(row, pair).changes).toMatchObject([change])
    expect(compareNetworks(pair, pair).changes).toEqual([])
  })

  it.each([
    ['a layer that is gone', withTie(row, 'dense-2', 'gone'), 'dense-2', 'tied-to-unknown'],
    ['a circle', withTie(withTie(row, 'dense-2', 'dense-1'), 'dense-1', 'dense-2'), 'dense-1', 'tied-in-circle'],
    ['itself', withTie(row, 'dense-2', 'dense-2'), 'dense-2', 'tied-in-circle'],
    ['another kind', withTie(row, 'dense-2', 'flatten-1'), 'dense-2', 'tied-to-other-kind'],
    ['other settings', withTie(row, 'dense-2', 'dense-4'), 'dense-2', 'tied-to-other-values'],
    [
      'inputs of other channels',
      tie(chain(['input', { shape: [8, 8, 1] }], ['conv2d'], ['conv2d']), 'conv2d-2', 'conv2d-1'),
      'conv2d-2',
      'tied-to-other-weights',
    ],
    [
      'inputs of other places, where each place has weights of its own',
      tie(
        chain(['input', { shape: [6, 9, 2] }], ['locally-connected-2d', { filters: 2 }], ['locally-connected-2d']),
        'locally-connected-2d-2',
        'locally-connected-2d-1',
      ),
      'locally-connected-2d-2',
      'tied-to-other-weights',
    ],
  ])('%s: the layer is named, and one click gives it weights of its own', (_what, network, id, code) => {
    const problems = check(network, walk(network)).filter((one) => one.code.startsWith('tied'))
    expect(problems.find(({ node }) => node === id)).toMatchObject({ code })
    expect(problemTexts(network, problems, englishText)[0]).toMatchObject({ fix: 'Give it weights of its own' })
    expect(problemTexts(network, problems, englishText)[0]!.text).not.toMatch(/[{}]/)
    const mended = problems.reduce((next, { fix }) => fix!.apply(next), network)
    expect(check(mended, walk(mended)).filter((one) => one.code.startsWith('tied'))).toEqual([])
    expect(totals(walk(network)).trainable).toBe(totals(walk(mended)).trainable)
  })

  it('layers whose inputs are not known yet are not blamed for their weights', () => {
    const open = tie(chain(['conv2d'], ['conv2d']), 'conv2d-2', 'conv2d-1')
    expect(check(open, walk(open)).map(({ code }) => code)).not.toContain('tied-to-other-weights')
  })
})

describe('weights fit', () => {
  it.each([
    ['dense', { units: 5 }, [8], [8], true],
    ['layer-normalization', {}, [4, 8], [3, 8], true],
    ['layer-normalization', {}, [8], [3, 8], false],
    ['layer-normalization', {}, [8, 3], [8], false],
    ['dense', { units: 5 }, [8], [9], false],
    ['conv2d', { filters: 4 }, [8, 8, 3], [20, 5, 3], true],
    ['conv2d', { filters: 4 }, [8, 8, 3], [8, 8, 4], false],
    ['batch-normalization', {}, [8, 8, 3], [2, 5, 3], true],
    ['prelu', { perChannel: false }, [4, 6, 2], [6, 4, 2], false],
    ['prelu', { perChannel: true }, [4, 6, 2], [6, 4, 2], true],
    ['locally-connected-2d', {}, [5, 9, 2], [9, 5, 2], false],
    ['simple-rnn', { units: 4 }, [9, 3], [2, 3], true],
    ['max-pooling-2d', {}, [8, 8, 3], [4, 4, 1], true],
  ])('%s with %j: of %j for %j: %s', (kind, own, one, other, fit) => {
    expect(weightsFit(layerKind(kind)!, own, [one], [other])).toBe(fit)
  })

  it('for the layers that are offered', () => {
    const facts = walk(row)
    const offered = (id: string) => tieCandidates(row, id, (one) => facts.get(one)?.inputs)
    expect(offered('dense-1')).toEqual(['dense-2', 'dense-3', 'dense-4'])
    expect(offered('flatten-1')).toEqual([])
  })
})

/** What must hold of any network: whoever is tied is tied to a layer with weights of its own, of its kind and values. */
function expectWhole(network: NetworkDocument): void {
  expect([...tiesOf(network).faults]).toEqual([])
  for (const [id, owner] of tiesOf(network).owners) {
    const [node, other] = [nodeById(network, id)!, nodeById(network, owner)!]
    expect([node.weightsOf, other.weightsOf]).toEqual([owner, undefined])
    expect([node.kind, node.values]).toEqual([other.kind, other.values])
  }
}

const start = branches(
  ['input', { shape: [8, 8, 4] }, { mark: 'in' }],
  ['conv2d', { filters: 4 }],
  ['conv2d', { filters: 4 }],
  ['dropout', {}],
  ['conv2d', { filters: 4 }, { from: ['in'] }],
  ['dropout', {}],
  ['flatten'],
  ['dense'],
  ['dense'],
)

type Edit = (network: NetworkDocument) => NetworkDocument
const at = (network: NetworkDocument, n: number) => network.nodes[n % Math.max(1, network.nodes.length)]?.id ?? 'none'
const place = fc.nat({ max: 30 })
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, place).map(
    ([n, m]): Edit =>
      (one) =>
        tie(one, at(one, n), at(one, m)),
  ),
  fc.tuple(place, place).map(
    ([n, m]): Edit =>
      (one) =>
        tie(one, at(one, n), at(one, m)),
  ),
  place.map(
    (n): Edit =>
      (one) =>
        untie(one, at(one, n)),
  ),
  place.map(
    (n): Edit =>
      (one) =>
        removeNodes(one, [at(one, n)]),
  ),
  fc.tuple(place, fc.nat({ max: 9 })).map(([n, count]): Edit => (one) => {
    const id = at(one, n)
    return setValue(one, id, nodeById(one, id)?.kind === 'dense' ? 'units' : 'filters', count + 1)
  }),
  fc.tuple(place, fc.constantFrom('dense', 'conv2d', 'dropout')).map(
    ([n, kind]): Edit =>
      (one) =>
        replaceKind(one, at(one, n), kind),
  ),
  fc.array(place, { maxLength: 5 }).map((chosen): Edit => (one) => {
    const ids = new Set(chosen.map((n) => at(one, n)))
    return addCopies(
      one,
      one.nodes.filter(({ id }) => ids.has(id)),
      one.wires,
      { x: 10, y: 10 },
    ).network
  }),
  fc.array(place, { minLength: 1, maxLength: 5 }).map((chosen): Edit => (one) => {
    const text = copyText(
      one,
      chosen.map((n) => at(one, n)),
    )
    return (text === undefined ? undefined : paste(one, text)?.network) ?? one
  }),
)

describe('random edits', () => {
  it('leave every tie whole, and every network before them as it was', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        const states = [start]
        const texts = [JSON.stringify(start)]
        for (const one of edits) {
          const next = one(states.at(-1)!)
          expectWhole(next)
          states.push(next)
          texts.push(JSON.stringify(next))
        }
        // Undoing an edit is going back to the document before it.
        expect(states.map((state) => JSON.stringify(state))).toEqual(texts)
      }),
      { numRuns: 150 },
    )
  })

  it('of documents that hold anything never throw, and mending leaves nothing that is wrong', () => {
    const ids = start.nodes.map(({ id }) => id)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...ids, 'gone')), (wild) => {
        const network = Object.entries(wild).reduce((next, [id, owner]) => withTie(next, id, owner), start)
        for (const { id } of network.nodes) expect(tiedGroup(network, id)).toContain(ownerOf(network, id))
        let mended = network
        // What one mend lets go may have hidden what is wrong with a layer that was tied to it.
        for (let round = 0; round < ids.length; round++)
          mended = check(mended, walk(mended))
            .filter(({ code }) => code.startsWith('tied'))
            .reduce((next, { fix }) => fix!.apply(next), mended)
        expect([...tiesOf(mended).faults]).toEqual([])
        for (const id of ids) removeNodes(network, [id])
      }),
      { numRuns: 200 },
    )
  })
})
