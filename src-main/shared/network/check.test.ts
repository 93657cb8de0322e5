import { describe, expect, it } from 'vitest'
import { textAt } from '../messages/english'
import { english, russian } from '../messages/files'
import { spell } from '../messages/words'
import { layerKinds } from '../layers/registry'
import { addAt, addBehind } from './arrange'
import { branches } from './chain'
import { check, type NetworkProblem } from './check'
import { emptyNetwork, type NetworkDocument, type Values } from './document'
import { addNode, connect, newNode, removeNodes, removeWires, setValue } from './edit'
import { fitToData, type DataFit } from './fit'
import { layerNames, nameText } from './names'
import { problemTexts, problemWords } from './problem-text'
import { templateNames, templateNetwork } from './templates'
import { tie } from './tied'
import { plainLenet } from '../testing/plain-lenet'
import { walk } from './walk'

const digits: DataFit = { shape: [28, 28, 1], classes: 10 }
const lenet = plainLenet()

function problemsOf(network: NetworkDocument, data: DataFit | null = digits): NetworkProblem[] {
  return check(network, walk(network), data ?? undefined)
}

function chain(...steps: readonly (readonly [string, Values?])[]): NetworkDocument {
  return steps.reduce((network, [kind, values]) => addBehind(network, kind, undefined, values).network, emptyNetwork)
}

/** A layer beside the network, without wires. */
function beside(network: NetworkDocument, kind: string): NetworkDocument {
  return addAt(network, kind, { x: 400, y: 0 }).network
}

/** The wires are given as a file might hold them, past what edits allow. */
function wired(network: NetworkDocument, ...pairs: readonly (readonly [string, string, number?])[]): NetworkDocument {
  const wires = pairs.map(([from, to, input = 0], n) => ({ id: `extra-${n}`, from, to, input }))
  return { ...network, wires: [...network.wires, ...wires] }
}

/** The weights of one layer are to be those of another, as a file might say, past what edits allow. */
function using(network: NetworkDocument, ...pairs: readonly (readonly [string, string])[]): NetworkDocument {
  const owners = new Map(pairs)
  const nodes = network.nodes.map((node) => {
    const weightsOf = owners.get(node.id)
    return weightsOf === undefined ? node : { ...node, weightsOf }
  })
  return { ...network, nodes }
}

const ending = [['flatten'], ['dense', { units: 10, activation: 'softmax' }]] as const
const classifier = chain(['input'], ['flatten'], ['dense', { units: 10, activation: 'softmax' }])
const residual = branches(
  ['input', { shape: [28, 28, 1] }],
  ['conv2d', { filters: 8, padding: 'same' }, { mark: 'in' }],
  ['conv2d', { filters: 8, padding: 'same' }, { mark: 'main' }],
  ['add', {}, { from: ['main', 'in'] }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
)
const inception = branches(
  ['input', { shape: [28, 28, 1] }, { mark: 'in' }],
  ['conv2d', { kernel: [1, 1] }, { mark: 'small' }],
  ['conv2d', { kernel: [5, 5], padding: 'same' }, { mark: 'large', from: ['in'] }],
  ['concatenate', {}, { from: ['small', 'large', 'in'] }],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
)
const forked = connect(beside(lenet, 'flatten'), 'max-pooling-2d-1', 'flatten-2')

/** Networks with all that is wrong with them: `node: code > fix`. */
const table: readonly (readonly [string, NetworkDocument, readonly string[], (DataFit | null)?])[] = [
  ['LeNet on digits', lenet, []],
  ['a small classifier', classifier, []],
  ['a residual block', residual, []],
  ['branches that are joined', inception, []],
  ['a sum of unequal shapes', setValue(residual, 'conv2d-2', 'filters', 16), ['add-1: shapes-not-equal']],
  [
    'joined branches of unequal sizes',
    setValue(inception, 'conv2d-2', 'padding', 'valid'),
    ['concatenate-1: places-not-equal'],
  ],
  [
    'a sum of one',
    removeWires(residual, [residual.wires.find(({ to, input }) => to === 'add-1' && input === 1)!.id]),
    ['add-1: too-few-inputs > remove-layer'],
  ],
  [
    'a sum that lacks a branch which leads nowhere',
    removeWires(residual, [residual.wires.find(({ to, input }) => to === 'add-1' && input === 0)!.id]),
    ['add-1: too-few-inputs > connect-from', 'conv2d-2: loose-end > connect-to'],
  ],
  [
    'numbers that would have to be learned',
    chain(
      ['sequence-input', { shape: [20, 1] }],
      ['conv1d'],
      ['embedding'],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
    ['embedding-1: trained-before'],
    null,
  ],
  [
    'pictures where there is one row at each step',
    chain(
      ['input'],
      ['time-distributed', { of: 'conv2d' }],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
    ['time-distributed-1: rank-within > set-option'],
    null,
  ],
  [
    'softmax as a layer of its own',
    chain(['input'], ['flatten'], ['dense', { units: 10 }], ['activation', { function: 'softmax' }]),
    [],
  ],
  [
    'the weights of a layer that is gone',
    using(lenet, ['dense-2', 'gone']),
    ['dense-2: tied-to-unknown > own-weights'],
  ],
  [
    'weights in a circle',
    using(lenet, ['conv2d-1', 'conv2d-2'], ['conv2d-2', 'conv2d-1']),
    ['conv2d-1: tied-in-circle > own-weights', 'conv2d-2: tied-in-circle > own-weights'],
  ],
  ['the weights of another kind', using(lenet, ['dense-2', 'conv2d-1']), ['dense-2: tied-to-other-kind > own-weights']],
  [
    'the weights of other settings',
    using(lenet, ['dense-2', 'dense-1']),
    ['dense-2: tied-to-other-values > own-weights'],
  ],
  [
    'weights that do not fit what comes in',
    tie(lenet, 'conv2d-2', 'conv2d-1'),
    ['conv2d-2: tied-to-other-weights > own-weights'],
  ],
  ['nothing', emptyNetwork, ['null: empty-network']],
  ['no input', removeNodes(classifier, ['input-1']), ['null: no-input-layer > add-input', 'flatten-1: no-input']],
  ['two inputs', beside(classifier, 'input'), ['input-2: unused-input > remove-layer']],
  ['an input alone', chain(['input']), ['input-1: no-layers > add-head']],
  [
    'an input and a layer, not joined',
    beside(chain(['input']), 'flatten'),
    ['flatten-1: no-input > connect-from', 'input-1: no-layers > connect-to'],
  ],
  ['a branch to nowhere', forked, ['flatten-2: loose-end > remove-branch']],
  [
    'two halves that a layer must bridge',
    {
      nodes: lenet.nodes.filter(({ id }) => id !== 'flatten-1'),
      wires: lenet.wires.filter(({ from, to }) => from !== 'flatten-1' && to !== 'flatten-1'),
    },
    ['dense-1: no-input > connect-from', 'max-pooling-2d-2: output-differs-from-classes > add-head'],
  ],
  ['a lonely layer', beside(lenet, 'conv2d'), ['conv2d-3: no-input > remove-layer']],
  ['a lonely layer that could follow', beside(lenet, 'activation'), ['activation-1: no-input > connect-from']],
  ['a picture where a row is wanted', removeNodes(classifier, ['flatten-1']), ['dense-1: wrong-rank > insert-layer']],
  [
    'a row where a picture is wanted',
    chain(['input'], ['flatten'], ['conv2d']),
    ['conv2d-1: wrong-rank > insert-layer'],
  ],
  [
    'a shape of another size',
    chain(['input'], ['reshape', { picture: [14, 28, 1] }], ...ending),
    ['reshape-1: sizes-not-equal > set-option'],
  ],
  [
    'an order of other axes',
    chain(['input'], ['permute', { form: 'sequence' }], ...ending),
    ['permute-1: axes-not-equal > set-option'],
  ],
  [
    'an order with an axis twice',
    chain(['input'], ['permute', { picture: [2, 2, 3] }], ...ending),
    ['permute-1: axis-twice'],
  ],
  [
    'all cut off',
    chain(['input'], ['cropping-2d', { before: [14, 0], behind: [14, 0] }], ...ending),
    ['cropping-2d-1: nothing-left'],
  ],
  [
    'a product of unequal channels',
    branches(
      ['input', {}, { mark: 'input' }],
      ['flatten', {}, { mark: 'row' }],
      ['global-average-pooling-2d', {}, { from: ['input'], mark: 'mean' }],
      ['dot', {}, { from: ['row', 'mean'] }],
      ...ending.slice(1),
    ),
    ['dot-1: channels-not-equal'],
  ],
  ['too large a kernel', setValue(lenet, 'conv2d-2', 'kernel', [13, 5]), ['conv2d-2: kernel-too-large > set-option']],
  [
    'groups that do not divide the channels',
    setValue(setValue(lenet, 'conv2d-2', 'filters', 60), 'conv2d-2', 'groups', 6),
    ['conv2d-2: groups-uneven > set-size'],
  ],
  [
    'a stride and a dilation together',
    setValue(setValue(lenet, 'conv2d-2', 'strides', [1, 2]), 'conv2d-2', 'dilation', [2, 2]),
    ['conv2d-2: strides-and-dilation > set-size'],
  ],
  [
    'another stride for each axis, channels apart',
    chain(
      ['input', { shape: [8, 8, 1] }],
      ['depthwise-conv2d', { strides: [2, 1] }],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
    ['depthwise-conv2d-1: strides-uneven > set-size'],
    { shape: [8, 8, 1], classes: 10 },
  ],
  [
    'too large a window',
    chain(
      ['input', { shape: [1, 4, 1] }],
      ['max-pooling-2d', { window: [2, 2] }],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
    ['max-pooling-2d-1: window-too-large > set-option'],
    { shape: [1, 4, 1], classes: 10 },
  ],
  ['a whole that is none', setValue(lenet, 'conv2d-1', 'filters', 2.5), ['conv2d-1: bad-int > reset-value']],
  [
    'a rate beyond',
    chain(['input'], ['flatten'], ['dropout', { rate: 1 }], ['dense', { units: 10, activation: 'softmax' }]),
    ['dropout-1: bad-real > reset-value'],
  ],
  ['an unknown option', setValue(lenet, 'conv2d-1', 'padding', 'full'), ['conv2d-1: bad-choice > reset-value']],
  ['neither on nor off', setValue(lenet, 'conv2d-1', 'bias', 1), ['conv2d-1: bad-toggle > reset-value']],
  [
    'two wrong values',
    setValue(setValue(lenet, 'conv2d-1', 'kernel', [5]), 'conv2d-1', 'bias', 1),
    ['conv2d-1: bad-size > reset-value', 'conv2d-1: bad-toggle > reset-value'],
  ],
  [
    'a kind of a newer version',
    addBehind(chain(['input']), 'hologram').network,
    ['hologram-1: unknown-kind > remove-layer'],
  ],
  [
    'a circle',
    wired(removeNodes(lenet, ['input-1']), ['max-pooling-2d-2', 'conv2d-1']),
    [
      'null: no-input-layer > add-input',
      'conv2d-1: cycle > remove-wires',
      'max-pooling-2d-1: cycle > remove-wires',
      'conv2d-2: cycle > remove-wires',
      'max-pooling-2d-2: cycle > remove-wires',
    ],
  ],
  ['a wire too many', wired(lenet, ['input-1', 'flatten-1', 1]), ['flatten-1: too-many-inputs > remove-wires']],
  ['too many weights', setValue(classifier, 'input-1', 'shape', [4096, 4096, 64]), ['dense-1: too-many-weights'], null],
  [
    'another picture size',
    lenet,
    ['input-1: input-differs-from-data > fit-input'],
    { shape: [32, 32, 3], classes: 10 },
  ],
  ['more classes', lenet, ['dense-2: output-differs-from-classes > fit-output'], { shape: [28, 28, 1], classes: 26 }],
  [
    'more classes than a last layer, seen through softmax',
    addBehind(setValue(classifier, 'dense-1', 'activation', 'linear'), 'activation', undefined, { function: 'softmax' })
      .network,
    ['activation-1: output-differs-from-classes > fit-output'],
    { shape: [28, 28, 1], classes: 26 },
  ],
  [
    'no classes at the end',
    removeNodes(lenet, ['flatten-1', 'dense-1', 'dense-2']),
    ['max-pooling-2d-2: output-differs-from-classes > add-head'],
  ],
  [
    'a bare row at the end',
    removeNodes(lenet, ['dense-1', 'dense-2']),
    ['flatten-1: output-differs-from-classes > add-head'],
  ],
  ['no softmax', setValue(lenet, 'dense-2', 'activation', 'linear'), ['dense-2: no-softmax > set-softmax']],
  ['no softmax behind a dropout', addBehind(lenet, 'dropout').network, ['dropout-1: no-softmax > add-softmax']],
  ['samples without places', lenet, ['input-1: input-differs-from-data'], { shape: [784], classes: 10 }],
  [
    'sequences where pictures are expected',
    lenet,
    ['input-1: input-differs-from-data > fit-input'],
    { shape: [8000, 1], classes: 10 },
  ],
  [
    'pictures where volumes are expected',
    chain(['volume-input'], ['flatten'], ['dense', { units: 10, activation: 'softmax' }]),
    ['volume-input-1: input-differs-from-data > fit-input'],
  ],
  [
    'no input for volumes',
    chain(['flatten'], ['dense', { units: 10, activation: 'softmax' }]),
    ['null: no-input-layer > add-input', 'flatten-1: no-input'],
    { shape: [8, 9, 10, 1], classes: 10 },
  ],
  // What else several inputs and outputs can lack stands in outputs.test.ts.
  [
    'a branch that could be an output',
    branches(
      ['input', { shape: [28, 28, 1] }, { mark: 'in' }],
      ['conv2d', {}],
      ...ending,
      ['flatten', {}, { from: ['in'] }],
      ['dense', { units: 10, activation: 'softmax' }],
    ),
    ['dense-2: loose-end > make-output'],
  ],
  [
    'an input for channels that the data lacks',
    chain(['input', { shape: [28, 28, 2], part: 'some', first: 2 }], ...ending),
    ['input-1: channels-not-in-data > fit-input'],
  ],
  [
    'a decoder alone, of other channels than the sample',
    branches(['input'], ['conv2d', { padding: 'same' }, { output: { loss: 'sample', weight: 1 } }]),
    ['conv2d-1: no-class-output > judge-by-class', 'conv2d-1: output-differs-from-sample > fit-sample'],
  ],
]

const found = table.flatMap((row) => {
  const [name, network, , data = digits] = row
  return problemsOf(network, data).map((problem) => ({ name, network, data, problem }))
})

describe('check', () => {
  it.each(table.map((row) => [row[0], row] as const))('%s', (_, [, network, expected, data = digits]) => {
    const problems = problemsOf(network, data)
    expect(problems.map(({ node, code, fix }) => `${node}: ${code}${fix ? ` > ${fix.code}` : ''}`)).toEqual(expected)
  })

  it('judges the network alone while there is no data', () => {
    expect(problemsOf(setValue(lenet, 'dense-2', 'units', 3), null)).toEqual([])
  })

  it.each(found.filter(({ problem }) => problem.fix).map((one) => [one.name, one.problem.code, one] as const))(
    'the mend of “%s” (%s) takes its problem away, and goes back as one step',
    (_name, _code, { network, data, problem }) => {
      const before = JSON.stringify(network)
      const mended = problem.fix!.apply(network)
      const left = problemsOf(mended, data).map(({ node, code }) => `${node} ${code}`)
      // Two values of one layer may be wrong in the same way: the mend takes one of them.
      expect(left).not.toContain(`${problem.node} ${problem.code}`)
      expect(JSON.stringify(network)).toBe(before)
    },
  )

  it('puts the input in that suits the data, and leaves its wires and the other layers as they are', () => {
    const data = { shape: [8000, 1], classes: 10 }
    const mended = problemsOf(lenet, data)[0]!.fix!.apply(lenet)
    const values = { shape: [8000, 1], part: 'all', first: 1 }
    expect(mended.nodes[0]).toEqual({ ...lenet.nodes[0], kind: 'sequence-input', values })
    expect(mended.nodes.slice(1)).toEqual(lenet.nodes.slice(1))
    expect(mended.wires).toEqual(lenet.wires)
    const alone = chain(['flatten'], ['dense', { units: 10, activation: 'softmax' }])
    const volumes = { shape: [8, 9, 10, 1], classes: 10 }
    expect(problemsOf(problemsOf(alone, volumes)[0]!.fix!.apply(alone), volumes)).toEqual([])
  })

  it('mends a heap of layers into a network by its own buttons', () => {
    let network = ['conv2d', 'max-pooling-2d'].reduce(beside, emptyNetwork)
    for (let click = 0; click < 20; click++) {
      const [problem] = problemsOf(network).filter(({ fix }) => fix)
      if (!problem?.fix) break
      network = problem.fix.apply(network)
    }
    expect(problemsOf(network)).toEqual([])
  })
})

describe('the words for problems', () => {
  const languages = Object.entries({ english, russian })
  const codes = new Set(found.map(({ problem }) => problem.code))
  const fixes = new Set([...found.flatMap(({ problem }) => (problem.fix ? [problem.fix.code] : [])), 'set-size'])

  it.each(languages)('are there for every code in %s', (_, language) => {
    expect([...codes].filter((code) => !textAt(language, `problems.${code}`))).toEqual([])
    expect([...fixes].filter((code) => !textAt(language, `problems.fixes.${code}`))).toEqual([])
  })

  it.each(languages)('in %s name nothing that never occurs', (_, language) => {
    const tree = language.problems
    if (typeof tree !== 'object' || typeof tree.fixes !== 'object') throw new Error('no problems')
    expect(Object.keys(tree).filter((code) => code !== 'fixes' && !codes.has(code))).toEqual([])
    expect(Object.keys(tree.fixes).filter((code) => !fixes.has(code))).toEqual([])
  })

  const say =
    (language: typeof english) =>
    (key: string, params: Readonly<Record<string, string | number>> = {}) =>
      (textAt(language, key) ?? `missing ${key}`).replace(/\{(\w+)\}/g, (hole, name: string) =>
        String(params[name] ?? hole),
      )

  it.each(languages)('leave no placeholder open and no key unspelt in %s', (_, language) => {
    for (const { network, problem } of found) {
      const [words] = problemTexts(network, [problem], say(language))
      expect(`${words!.text} ${words!.fix} ${words!.layer}`).not.toMatch(/[{}]|missing|\bparams\b|undefined/)
      const { layer, text } = problemWords(network, problem)
      const later = { layer: layer && spell(layer, say(language)), text: spell(text, say(language)) }
      expect(later, 'left to be spelt').toEqual({ layer: words!.layer, text: words!.text })
    }
  })

  it.each([
    [
      'a name and an option',
      setValue(lenet, 'conv2d-2', 'kernel', [13, 5]),
      ['Convolution 2-D (2)', 'The kernel of 13 × 5 does not fit into an input of 12 × 12.', 'Set “Padding” to “Same”'],
    ],
    [
      'a layer to put in',
      removeNodes(classifier, ['flatten-1']),
      ['Dense', 'Wrong number of axes: this layer takes 1, but gets 3 (28 × 28 × 1).', 'Put “Flatten” in front'],
    ],
    [
      'numbers, and what to set instead',
      setValue(setValue(lenet, 'conv2d-2', 'filters', 60), 'conv2d-2', 'groups', 6),
      [
        'Convolution 2-D (2)',
        '“Groups” is 6, but 20 channels and 60 filters cannot both be divided by it. Choose a number that divides both.',
        'Set “Groups” to 5',
      ],
    ],
    [
      'where to lead it',
      beside(chain(['input']), 'flatten'),
      ['Flatten', 'No wire comes in, so this layer has nothing to work on.', 'Connect it with “Input”'],
    ],
  ])('spell out %s', (_, network, [layer, text, fix]) => {
    const [words] = problemTexts(network, problemsOf(network), say(english))
    expect(words).toEqual({ layer, text, fix })
  })

  it('number layers that would be called the same, and use the names that people give', () => {
    const named = {
      ...lenet,
      nodes: lenet.nodes.map((node) => (node.id === 'dense-1' ? { ...node, name: 'Reader' } : node)),
    }
    const strange = addNode(named, newNode(named, 'hologram', { x: 0, y: 0 }))
    const names = [...layerNames(strange, say(english)).values()].map(nameText)
    expect(names).toEqual([
      'Input',
      'Convolution 2-D (1)',
      'Max pooling 2-D (1)',
      'Convolution 2-D (2)',
      'Max pooling 2-D (2)',
      'Flatten',
      'Reader',
      'Dense',
      'hologram',
    ])
  })
})

describe('templates', () => {
  const fits: readonly DataFit[] = [
    digits,
    { shape: [32, 32, 3], classes: 100 },
    { shape: [96, 64, 4], classes: 2 },
    { shape: [8000, 1], classes: 2 },
    { shape: [500, 9], classes: 6 },
    { shape: [28, 28, 28, 1], classes: 11 },
  ]
  /** Those whose windows want larger pictures than these. */
  const large = ['alexnet', 'alexnet-towers', 'alexnet-one-tower', 'alexnet-seven']

  it.each(templateNames.flatMap((name) => fits.map((data) => [name, data] as const)))(
    '%s trains on %o as it is, or stays as it is known',
    (name, data) => {
      const own = templateNetwork(name)!
      const fitted = templateNetwork(name, data)!
      const [input] = walk(own).values()
      const codes = problemsOf(fitted, data).map(({ code }) => code)
      const axes = input?.result.ok ? input.result.shape.length : 0
      if (axes === data.shape.length && !large.includes(name)) expect(codes).toEqual([])
      else expect(codes).toContain('input-differs-from-data')
      if (axes === data.shape.length && large.includes(name)) expect(fitted).toEqual(own)
    },
  )

  it('for large pictures fit those', () => {
    const data = { shape: [200, 300, 1], classes: 20 }
    for (const name of large) expect(problemsOf(templateNetwork(name, data)!, data)).toEqual([])
  })

  it('have no name that is not theirs', () => {
    expect(templateNetwork('alexnet-2013')).toBeUndefined()
    expect(templateNetwork('toString')).toBeUndefined()
  })

  it('name only kinds and values that are there', () => {
    for (const name of templateNames)
      for (const node of templateNetwork(name)!.nodes) {
        expect(layerKinds.get(node.kind)?.complete(node.values)).toEqual(node.values)
      }
  })
})

describe('fitToData', () => {
  it('shapes the input and the last layer, and nothing else', () => {
    const fitted = fitToData(lenet, { shape: [64, 64, 3], classes: 7 })
    expect(problemsOf(fitted, { shape: [64, 64, 3], classes: 7 })).toEqual([])
    const changed = fitted.nodes.filter((node, n) => node !== lenet.nodes[n]).map(({ id }) => id)
    expect(changed).toEqual(['input-1', 'dense-2'])
  })

  it('sees through layers that hand the shape on', () => {
    const network = chain(
      ['input'],
      ['flatten'],
      ['dense', { units: 10 }],
      ['dropout'],
      ['activation', { function: 'softmax' }],
    )
    expect(problemsOf(fitToData(network, { shape: [8, 8, 1], classes: 4 }), { shape: [8, 8, 1], classes: 4 })).toEqual(
      [],
    )
  })

  it('leaves alone what cannot be fitted', () => {
    expect(fitToData(lenet, { shape: [784], classes: 10 })).toBe(lenet)
    expect(fitToData(emptyNetwork, digits)).toBe(emptyNetwork)
  })
})
