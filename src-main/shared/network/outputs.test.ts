import { describe, expect, it } from 'vitest'
import { addBehind } from './arrange'
import { branches, type BranchStep } from './chain'
import { check, type DataFit } from './check'
import { emptyNetwork, NetworkDocument } from './document'
import { addCopies, removeNodes, setValues } from './edit'
import { fitToData, followers } from './fit'
import { inputNodes, networkEnds, outputsOf, sampleShape, setMainOutput, setOutput, takenShape } from './outputs'
import { signature } from './signature'
import { walk } from './walk'

const end = (units: number, wires: BranchStep[2] = {}): BranchStep => ['dense', { units, activation: 'softmax' }, wires]
const aux = { loss: 'classes', weight: 0.3 } as const

/** A main end `dense-1`, an end halfway up `dense-2`, and a decoder `conv2d-3`. */
const threeEnds = branches(
  ['input', { shape: [12, 12, 3] }],
  ['conv2d', { filters: 4, padding: 'same' }, { mark: 'low' }],
  ['conv2d', { filters: 4, padding: 'same' }, { mark: 'high' }],
  ['flatten'],
  end(5),
  ['flatten', {}, { from: ['low'] }],
  end(5, { output: aux }),
  ['conv2d', { filters: 3, padding: 'same' }, { from: ['high'], output: { loss: 'sample', weight: 2 } }],
)
const data: DataFit = { shape: [12, 12, 3], classes: 5 }

/** Two towers: channel 1, and channels 2 and 3. */
const towers = branches(
  ['input', { shape: [12, 12, 1], part: 'some', first: 1 }],
  ['conv2d', { filters: 2 }, { mark: 'one' }],
  ['input', { shape: [12, 12, 2], part: 'some', first: 2 }, { from: [] }],
  ['conv2d', { filters: 2 }, { mark: 'other' }],
  ['concatenate', {}, { from: ['one', 'other'] }],
  ['flatten'],
  end(5),
)

function problemsOf(network: NetworkDocument, fit: DataFit | null = data): string[] {
  return check(network, walk(network), fit ?? undefined).map(
    ({ node, code, fix }) => `${node}: ${code}${fix ? ` > ${fix.code}` : ''}`,
  )
}

/** All problems, then those that are left after each mend that is offered. */
function mended(network: NetworkDocument, fit = data): string[] {
  const fixes = check(network, walk(network), fit).flatMap((problem) => problem.fix ?? [])
  return problemsOf(
    fixes.reduce((next, fix) => fix.apply(next), network),
    fit,
  )
}

describe('outputs', () => {
  it.each<[string, NetworkDocument, string[], string[]]>([
    ['the only end', removeNodes(threeEnds, ['dense-2', 'flatten-2', 'conv2d-3']), ['dense-1 classes 1'], []],
    [
      'the deepest end that tells classes first',
      threeEnds,
      ['dense-1 classes 1', 'conv2d-3 sample 2', 'dense-2 classes 0.3'],
      [],
    ],
    [
      'the one that was named main first',
      setMainOutput(threeEnds, 'dense-2'),
      ['dense-2 classes 0.3', 'dense-1 classes 1', 'conv2d-3 sample 2'],
      [],
    ],
    [
      'not those that nobody made outputs',
      setOutput(threeEnds, 'dense-2', null),
      ['dense-1 classes 1', 'conv2d-3 sample 2'],
      ['dense-2'],
    ],
    [
      'no main one where all are compared with the sample',
      removeNodes(threeEnds, ['dense-1', 'flatten-1', 'dense-2', 'flatten-2']),
      ['conv2d-3 sample 2'],
      [],
    ],
    ['none of nothing', emptyNetwork, [], []],
    ['none where only an input stands', branches(['input']), [], []],
    [
      'not a mark in the middle of the network',
      setOutput(threeEnds, 'conv2d-1', aux),
      ['dense-1 classes 1', 'conv2d-3 sample 2', 'dense-2 classes 0.3'],
      [],
    ],
  ])('are %s', (_what, network, outputs, loose) => {
    const ends = networkEnds(network, walk(network))
    expect(ends.outputs.map(({ id, loss, weight }) => `${id} ${loss} ${weight}`)).toEqual(outputs)
    expect(ends.loose.map(({ node }) => node.id)).toEqual(loose)
    expect(ends.main?.node.id).toBe(outputs[0]?.includes('classes') ? outputs[0].split(' ')[0] : undefined)
    expect(NetworkDocument.parse(JSON.parse(JSON.stringify(network)))).toEqual(network)
  })

  it('are set and taken back without a trace', () => {
    const before = setOutput(threeEnds, 'dense-2', null)
    expect(setOutput(setOutput(before, 'dense-2', aux), 'dense-2', null)).toEqual(before)
    expect(setOutput(threeEnds, 'nobody', aux)).toBe(threeEnds)
    const back = setMainOutput(setMainOutput(threeEnds, 'dense-2'), 'dense-1')
    expect(outputsOf(back)).toEqual(outputsOf(threeEnds))
  })

  it('pass what is asked of them on to a layer that is added behind them', () => {
    const { network, id } = ['dropout', 'dropout', 'dropout'].reduce(
      (next, kind) => addBehind(next.network, kind, next.id),
      { network: threeEnds, id: 'dense-2' },
    )
    expect(outputsOf(network)[0]?.id).toBe('dense-1')
    expect(outputsOf(network)).toContainEqual({ id, ...aux })
    expect(networkEnds(network, walk(network)).loose).toEqual([])
  })

  it('are copied as they are, but for the main one where there is one', () => {
    const named = setMainOutput(threeEnds, 'dense-2')
    const { nodes, wires } = named
    const beside = addCopies(named, nodes, wires, { x: 500, y: 0 }).network
    expect(outputsOf(beside)[0]?.id).toBe('dense-2')
    expect(beside.nodes.filter(({ output }) => output?.main).map(({ id }) => id)).toEqual(['dense-2'])
    const alone = addCopies(emptyNetwork, nodes, wires, { x: 0, y: 0 }).network
    expect(outputsOf(alone)).toEqual(outputsOf(named))
  })

  it('make another network of it, as far as training goes', () => {
    expect(signature(setOutput(threeEnds, 'dense-2', { ...aux, weight: 1 }))).not.toBe(signature(threeEnds))
    expect(signature(setOutput(threeEnds, 'dense-2', { ...aux }))).toBe(signature(threeEnds))
  })
})

describe('inputs', () => {
  it('take all channels or some of a sample', () => {
    const facts = walk(towers)
    expect(sampleShape(facts)).toEqual([12, 12, 3])
    const [one, other] = inputNodes(facts)
    expect([takenShape(one!, [9, 9, 3]), takenShape(other!, [9, 9, 3])]).toEqual([
      [9, 9, 1],
      [9, 9, 2],
    ])
    expect(takenShape(other!, [9, 9, 2])).toBeUndefined()
    expect(takenShape(inputNodes(walk(threeEnds))[0]!, [9, 9, 2])).toEqual([9, 9, 2])
    expect(sampleShape(walk(emptyNetwork))).toBeUndefined()
  })
})

describe('the checker', () => {
  const loose = setOutput(threeEnds, 'dense-2', null)
  const wide = setValues(threeEnds, 'conv2d-3', { filters: 4 })
  it.each<[string, NetworkDocument, string[], (DataFit | null)?]>([
    ['three outputs', threeEnds, []],
    ['two inputs of different channels', towers, []],
    ['an end that could tell classes', loose, ['dense-2: loose-end > make-output']],
    [
      'an end that could be like the sample',
      setOutput(threeEnds, 'conv2d-3', null),
      ['conv2d-3: loose-end > make-output'],
    ],
    ['an end that could be neither', setOutput(wide, 'conv2d-3', null), ['conv2d-3: loose-end > remove-branch']],
    ['a decoder of other channels', wide, ['conv2d-3: output-differs-from-sample > fit-sample']],
    ['the same without data', wide, ['conv2d-3: output-differs-from-sample > fit-sample'], null],
    [
      'a decoder of another size',
      setValues(threeEnds, 'conv2d-3', { padding: 'valid' }),
      ['conv2d-3: output-differs-from-sample > judge-by-class'],
    ],
    [
      'other classes, at each output that tells them',
      threeEnds,
      ['dense-1: output-differs-from-classes > fit-output', 'dense-2: output-differs-from-classes > fit-output'],
      { shape: [12, 12, 3], classes: 7 },
    ],
    [
      'an output without softmax',
      setValues(threeEnds, 'dense-2', { activation: 'relu' }),
      ['dense-2: no-softmax > set-softmax'],
    ],
    [
      'no output that tells classes',
      removeNodes(threeEnds, ['dense-1', 'flatten-1', 'dense-2', 'flatten-2']),
      ['conv2d-3: no-class-output > judge-by-class'],
    ],
    [
      'channels that the data lacks',
      towers,
      ['input-2: channels-not-in-data > fit-input'],
      { shape: [12, 12, 2], classes: 5 },
    ],
    [
      'inputs of another size',
      towers,
      ['input-1: input-differs-from-data > fit-input', 'input-2: input-differs-from-data > fit-input'],
      { shape: [20, 12, 3], classes: 5 },
    ],
    [
      'an input that leads nowhere',
      branches(['input', { shape: [12, 12, 3] }], ['input', { shape: [12, 12, 3] }, { from: [] }], ['flatten'], end(5)),
      ['input-1: unused-input > remove-layer'],
    ],
    [
      'an input that leads nowhere, and a layer that lacks one',
      branches(
        ['input', { shape: [12, 12, 3] }, { mark: 'one' }],
        ['input', { shape: [12, 12, 3] }, { from: [] }],
        ['add', {}, { from: ['one'] }],
        ['flatten'],
        end(5),
      ),
      ['add-1: too-few-inputs > connect-from', 'input-2: unused-input > connect-to'],
    ],
  ])('finds in %s what is wrong', (_what, network, problems, fit) => expect(problemsOf(network, fit)).toEqual(problems))

  it.each<[string, NetworkDocument, DataFit?]>([
    ['a loose end', loose],
    ['a decoder of other channels', wide],
    ['other classes', threeEnds, { shape: [12, 12, 3], classes: 7 }],
    ['channels that the data lacks', towers, { shape: [12, 12, 2], classes: 5 }],
    ['inputs of another size', towers, { shape: [20, 12, 3], classes: 5 }],
  ])('mends %s', (_what, network, fit) => expect(mended(network, fit)).toEqual([]))
})

describe('a network that is shaped by the data', () => {
  it.each<[string, NetworkDocument, DataFit]>([
    ['of other classes and channels', threeEnds, { shape: [20, 16, 1], classes: 8 }],
    ['of other sizes', towers, { shape: [20, 16, 3], classes: 8 }],
    ['of fewer channels', towers, { shape: [20, 16, 2], classes: 8 }],
    ['of one channel', towers, { shape: [20, 16, 1], classes: 8 }],
    ['of more channels', towers, { shape: [20, 16, 9], classes: 8 }],
  ])('suits data %s', (_what, network, fit) => expect(problemsOf(fitToData(network, fit), fit)).toEqual([]))

  it('has several layers that follow', () => {
    expect([...followers(threeEnds, walk(threeEnds))].sort()).toEqual(['conv2d-3', 'dense-1', 'dense-2', 'input-1'])
    expect([...followers(towers, walk(towers))].sort()).toEqual(['dense-1', 'input-1', 'input-2'])
  })
})
