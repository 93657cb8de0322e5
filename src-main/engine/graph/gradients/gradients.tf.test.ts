import { afterAll, describe, expect, test } from 'vitest'
import type { Attributes, ConstantTensor, GraphValue } from '@shared/graph/value'
import { gradientsOf } from '../backward'
import { Graph } from '../graph'
import { GraphSession, type Fed, type Fetched } from '../session'
import { gradientRules } from './registry'

interface Case {
  readonly op: string
  readonly inputs: readonly (readonly number[])[]
  readonly attributes?: Attributes
  /** Inputs that are not differentiated: integer constants behind the fed ones. */
  readonly constants?: readonly ConstantTensor[]
  /** The constants stand in front of the inputs. */
  readonly constantsFirst?: true
  /** Keeps values away from kinks: each is drawn from ±[low, high]. */
  readonly away?: number
  /** Draws from 0.5 to 1.5, for operations that are defined there only. */
  readonly positive?: true
}

const window = (...ints: number[]) => ({ ints: [1, ...ints, 1] })
const valid = { text: 'VALID' }
const same = { text: 'SAME' }
const int32 = { type: 'int32' } as const
const scalar = (value: number) => ({ dtype: 'int32', shape: [], values: [value] }) as const

const cases: Record<string, Case> = {
  'Conv2D valid': {
    op: 'Conv2D',
    inputs: [
      [2, 5, 6, 3],
      [3, 2, 3, 4],
    ],
    attributes: { strides: window(1, 1), padding: valid },
  },
  'Conv2D same, stride 2': {
    op: 'Conv2D',
    inputs: [
      [2, 5, 6, 2],
      [3, 3, 2, 4],
    ],
    attributes: { strides: window(2, 2), padding: same },
  },
  'Conv2D two groups': {
    op: 'Conv2D',
    inputs: [
      [2, 5, 6, 4],
      [3, 3, 2, 6],
    ],
    attributes: { strides: window(1, 1), padding: same },
  },
  'Conv2D dilated': {
    op: 'Conv2D',
    inputs: [
      [1, 7, 7, 2],
      [3, 3, 2, 3],
    ],
    attributes: { strides: window(1, 1), padding: valid, dilations: window(2, 2) },
  },
  'Conv2D kernel as large as its input': {
    op: 'Conv2D',
    inputs: [
      [2, 3, 3, 2],
      [3, 3, 2, 5],
    ],
    attributes: { strides: window(1, 1), padding: valid },
  },
  Conv3D: {
    op: 'Conv3D',
    inputs: [
      [2, 4, 5, 4, 2],
      [2, 3, 2, 2, 3],
    ],
    attributes: { strides: window(1, 1, 1), padding: valid },
  },
  'Conv3D same, stride 2': {
    op: 'Conv3D',
    inputs: [
      [1, 4, 5, 4, 2],
      [3, 3, 3, 2, 2],
    ],
    attributes: { strides: window(2, 2, 2), padding: same },
  },
  'Conv3D dilated': {
    op: 'Conv3D',
    inputs: [
      [1, 5, 4, 6, 2],
      [2, 2, 2, 2, 2],
    ],
    attributes: { strides: window(1, 1, 1), padding: valid, dilations: window(3, 2, 2) },
  },
  DepthwiseConv2dNative: {
    op: 'DepthwiseConv2dNative',
    inputs: [
      [2, 5, 6, 3],
      [3, 2, 3, 2],
    ],
    attributes: { strides: window(1, 1), padding: valid },
  },
  'DepthwiseConv2dNative same, stride 2': {
    op: 'DepthwiseConv2dNative',
    inputs: [
      [2, 5, 6, 3],
      [3, 3, 3, 1],
    ],
    attributes: { strides: window(2, 2), padding: same },
  },
  'Conv2DBackpropInput same, stride 2': {
    op: 'Conv2DBackpropInput',
    inputs: [
      [3, 2, 2, 4],
      [2, 3, 4, 4],
    ],
    constants: [{ dtype: 'int32', shape: [4], values: [2, 6, 8, 2] }],
    constantsFirst: true,
    attributes: { T: { type: 'float32' }, strides: window(2, 2), padding: same },
  },
  'Conv2DBackpropInput valid, dilated': {
    op: 'Conv2DBackpropInput',
    inputs: [
      [2, 3, 2, 3],
      [1, 4, 3, 3],
    ],
    constants: [{ dtype: 'int32', shape: [4], values: [1, 6, 9, 2] }],
    constantsFirst: true,
    attributes: { T: { type: 'float32' }, strides: window(1, 1), padding: valid, dilations: window(2, 3) },
  },
  'Conv3DBackpropInputV2 same, strides': {
    op: 'Conv3DBackpropInputV2',
    inputs: [
      [2, 3, 2, 2, 3],
      [1, 2, 3, 2, 3],
    ],
    constants: [{ dtype: 'int32', shape: [5], values: [1, 4, 3, 6, 2] }],
    constantsFirst: true,
    attributes: { T: { type: 'float32' }, strides: window(2, 1, 3), padding: same },
  },
  GatherV2: {
    op: 'GatherV2',
    inputs: [[5, 3]],
    constants: [
      { dtype: 'int32', shape: [2, 3], values: [4, 0, 4, 2, 4, 0] },
      { dtype: 'int32', shape: [], values: [0] },
    ],
    attributes: { Tparams: { type: 'float32' }, Tindices: int32, Taxis: int32 },
  },
  ResizeBilinear: {
    op: 'ResizeBilinear',
    inputs: [[2, 3, 4, 2]],
    constants: [{ dtype: 'int32', shape: [2], values: [6, 12] }],
    attributes: { half_pixel_centers: { bool: true } },
  },
  MaxPool: {
    op: 'MaxPool',
    inputs: [[2, 5, 6, 3]],
    attributes: { ksize: window(2, 2), strides: window(2, 2), padding: valid },
  },
  'MaxPool overlapping, same': {
    op: 'MaxPool',
    inputs: [[2, 5, 6, 3]],
    attributes: { ksize: window(3, 3), strides: window(2, 2), padding: same },
  },
  AvgPool: {
    op: 'AvgPool',
    inputs: [[2, 5, 6, 3]],
    attributes: { ksize: window(3, 2), strides: window(2, 1), padding: same },
  },
  MaxPool3D: {
    op: 'MaxPool3D',
    inputs: [[1, 4, 4, 5, 2]],
    attributes: { ksize: window(2, 2, 2), strides: window(2, 2, 2), padding: valid },
  },
  AvgPool3D: {
    op: 'AvgPool3D',
    inputs: [[1, 4, 4, 5, 2]],
    attributes: { ksize: window(2, 2, 2), strides: window(2, 2, 2), padding: same },
  },
  MatMul: {
    op: 'MatMul',
    inputs: [
      [3, 4],
      [4, 5],
    ],
  },
  BatchMatMulV2: {
    op: 'BatchMatMulV2',
    inputs: [
      [2, 3, 4],
      [2, 4, 5],
    ],
  },
  'BatchMatMulV2, the second transposed': {
    op: 'BatchMatMulV2',
    inputs: [
      [2, 3, 4],
      [2, 5, 4],
    ],
    attributes: { adj_y: { bool: true } },
  },
  'StridedSlice with a whole first axis': {
    op: 'StridedSlice',
    inputs: [[2, 7, 5]],
    constants: [
      { dtype: 'int32', shape: [3], values: [0, 1, 0] },
      { dtype: 'int32', shape: [3], values: [0, 6, 5] },
      { dtype: 'int32', shape: [3], values: [1, 2, 3] },
    ],
    attributes: { Index: int32, begin_mask: { int: 1 }, end_mask: { int: 1 } },
  },
  BiasAdd: { op: 'BiasAdd', inputs: [[2, 3, 3, 4], [4]] },
  Relu: { op: 'Relu', inputs: [[3, 7]], away: 0.1 },
  Relu6: { op: 'Relu6', inputs: [[3, 7]], away: 0.1 },
  Elu: { op: 'Elu', inputs: [[3, 7]], away: 0.1 },
  Selu: { op: 'Selu', inputs: [[3, 7]], away: 0.1 },
  LeakyRelu: { op: 'LeakyRelu', inputs: [[3, 7]], attributes: { alpha: { float: 0.3 } }, away: 0.1 },
  'LeakyRelu with a falling slope': {
    op: 'LeakyRelu',
    inputs: [[3, 7]],
    attributes: { alpha: { float: -0.3 } },
    away: 0.1,
  },
  Sigmoid: { op: 'Sigmoid', inputs: [[3, 7]] },
  Tanh: { op: 'Tanh', inputs: [[3, 7]] },
  Softplus: { op: 'Softplus', inputs: [[3, 7]] },
  Softmax: { op: 'Softmax', inputs: [[3, 7]] },
  Exp: { op: 'Exp', inputs: [[3, 7]] },
  Abs: { op: 'Abs', inputs: [[3, 7]], away: 0.1 },
  L2Loss: { op: 'L2Loss', inputs: [[3, 7]] },
  Neg: { op: 'Neg', inputs: [[3, 7]] },
  Rsqrt: { op: 'Rsqrt', inputs: [[3, 7]], positive: true },
  Erf: { op: 'Erf', inputs: [[3, 7]] },
  'Sub with a repeated operand': {
    op: 'Sub',
    inputs: [
      [2, 3, 1],
      [2, 3, 4],
    ],
  },
  'Sub of a repeated operand from another': { op: 'Sub', inputs: [[2, 3, 4], [4]] },
  Maximum: {
    op: 'Maximum',
    inputs: [
      [2, 3, 4],
      [3, 4],
    ],
  },
  Identity: { op: 'Identity', inputs: [[3, 7]] },
  'AddV2 of equal shapes': {
    op: 'AddV2',
    inputs: [
      [2, 3, 4],
      [2, 3, 4],
    ],
  },
  'AddV2 with a repeated operand': { op: 'AddV2', inputs: [[2, 3, 4], [4]] },
  'Mul of equal shapes': {
    op: 'Mul',
    inputs: [
      [2, 3, 4],
      [2, 3, 4],
    ],
  },
  'Mul with a repeated operand': {
    op: 'Mul',
    inputs: [
      [3, 1],
      [2, 3, 4],
    ],
  },
  AddN: {
    op: 'AddN',
    inputs: [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    attributes: { N: { int: 3 } },
  },
  Reshape: {
    op: 'Reshape',
    inputs: [[2, 3, 4]],
    constants: [{ dtype: 'int32', shape: [2], values: [2, 12] }],
    attributes: { Tshape: int32 },
  },
  Transpose: {
    op: 'Transpose',
    inputs: [[2, 3, 4]],
    constants: [{ dtype: 'int32', shape: [3], values: [2, 0, 1] }],
    attributes: { Tperm: int32 },
  },
  Pad: {
    op: 'Pad',
    inputs: [[2, 3, 4]],
    constants: [{ dtype: 'int32', shape: [3, 2], values: [0, 0, 2, 1, 0, 3] }],
    attributes: { Tpaddings: int32 },
  },
  Slice: {
    op: 'Slice',
    inputs: [[3, 5, 4]],
    constants: [
      { dtype: 'int32', shape: [3], values: [0, 1, 2] },
      { dtype: 'int32', shape: [3], values: [-1, 3, 1] },
    ],
    attributes: { Index: int32 },
  },
  ConcatV2: {
    op: 'ConcatV2',
    inputs: [
      [2, 3, 1],
      [2, 3, 4],
      [2, 3, 2],
    ],
    constants: [scalar(2)],
    attributes: { N: { int: 3 }, Tidx: int32 },
  },
  'Split, of which one part is used': {
    op: 'Split',
    inputs: [[2, 3, 6]],
    constants: [scalar(2)],
    constantsFirst: true,
    attributes: { T: { type: 'float32' }, num_split: { int: 3 } },
  },
  Mean: {
    op: 'Mean',
    inputs: [[2, 3, 4, 5]],
    constants: [{ dtype: 'int32', shape: [2], values: [1, 2] }],
    attributes: { keep_dims: { bool: true }, Tidx: int32 },
  },
  Max: {
    op: 'Max',
    inputs: [[2, 3, 4, 5]],
    constants: [{ dtype: 'int32', shape: [2], values: [1, 2] }],
    attributes: { keep_dims: { bool: true }, Tidx: int32 },
  },
  'LRN of another power': {
    op: 'LRN',
    inputs: [[2, 3, 3, 5]],
    attributes: { depth_radius: { int: 1 }, bias: { float: 0.5 }, alpha: { float: 0.3 }, beta: { float: 0.4 } },
  },
  LRN: {
    op: 'LRN',
    inputs: [[2, 3, 3, 8]],
    attributes: { depth_radius: { int: 2 }, bias: { float: 2 }, alpha: { float: 0.1 }, beta: { float: 0.75 } },
  },
  'Cast to the same precision': {
    op: 'Cast',
    inputs: [[3, 4]],
    attributes: { SrcT: { type: 'float32' }, DstT: { type: 'float32' } },
  },
  FusedBatchNormV3: {
    op: 'FusedBatchNormV3',
    inputs: [[4, 3, 3, 2], [2], [2]],
    constants: [
      { dtype: 'float32', shape: [0], values: [] },
      { dtype: 'float32', shape: [0], values: [] },
    ],
    attributes: {
      T: { type: 'float32' },
      U: { type: 'float32' },
      epsilon: { float: 0.001 },
      is_training: { bool: true },
    },
  },
}

/** Repeatable numbers in (-1, 1), all well apart, so that no maximum is a close call. */
function numbers(size: number, salt: number, away: number): Float32Array {
  const ranked = Array.from({ length: size }, (_unused, index) => index)
  let state = 12345 + salt
  for (let index = size - 1; index > 0; index--) {
    state = (state * 1103515245 + 12345) % 2147483648
    const other = state % (index + 1)
    const [one, two] = [ranked[index] ?? 0, ranked[other] ?? 0]
    ranked[index] = two
    ranked[other] = one
  }
  return Float32Array.from(ranked, (rank) => {
    const value = (2 * (rank + 0.5)) / size - 1
    return value + (value < 0 ? -away : away)
  })
}

const product = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1)
const sessions: GraphSession[] = []
afterAll(() => sessions.forEach((session) => session.dispose()))

/** loss = Σ op(inputs) · r with fixed random r, and its gradients by each input. */
function prepare({ op, inputs, attributes = {}, constants = [], constantsFirst }: Case) {
  const graph = new Graph()
  const fed = inputs.map((shape, index) => graph.placeholder(`input_${index}`, 'float32', shape))
  const fixed = constants.map((tensor) => graph.constant(tensor))
  const all = constantsFirst ? [...fixed, ...fed] : [...fed, ...fixed]
  const output = graph.op(op, all, attributes, { dtype: 'float32' })
  const weights = graph.placeholder('weights', 'float32', null)
  const axes = graph.op(
    'Range',
    ['0', 'rank', '1'].map((text) =>
      text === 'rank' ? graph.op('Rank', [output], {}, { dtype: 'int32' }) : graph.scalar(Number(text), 'int32'),
    ),
    { Tidx: int32 },
  )
  const loss = graph.op('Sum', [graph.op('Mul', [output, weights]), axes], { Tidx: int32 })
  const gradients = gradientsOf(graph, output, weights, fed)
  const named = (values: readonly GraphValue[]) =>
    Object.fromEntries(values.map((value, index) => [String(index), value]))
  const session = new GraphSession(graph, {
    output: { inputs: named(fed), outputs: { output } },
    loss: { inputs: { ...named(fed), weights }, outputs: { loss } },
    gradients: {
      inputs: { ...named(fed), weights },
      outputs: named(gradients.map((gradient) => graph.op('Identity', [gradient]))),
    },
  })
  sessions.push(session)
  return session
}

function read(fetched: Fetched | undefined): number[] {
  if (!fetched) throw new Error('no such output')
  return Array.from(fetched.values)
}

function feed(one: Case, values: readonly Float32Array[]): Record<string, Fed> {
  const fed = values.map((data, index) => [
    String(index),
    { type: 'float32', shape: one.inputs[index] ?? [], values: data },
  ])
  return Object.fromEntries(fed)
}

describe('gradient rules against central differences', () => {
  test.each(Object.entries(cases))('%s', (_name, one) => {
    const session = prepare(one)
    const drawn = one.inputs.map((shape, index) => numbers(product(shape), index, one.away ?? 0))
    const values = one.positive ? drawn.map((data) => data.map((value) => Math.abs(value) + 0.5)) : drawn
    const shape = session.run('output', feed(one, values))['output']?.shape ?? []
    const weights: Fed = { type: 'float32', shape, values: numbers(product(shape), 99, 0.2) }
    const exact = session.run('gradients', { ...feed(one, values), weights })
    for (const [index, data] of values.entries()) {
      const gradient = read(exact[String(index)])
      expect(gradient).toHaveLength(data.length)
      const step = 2 ** -7
      for (let position = 0; position < data.length; position += Math.max(1, Math.floor(data.length / 12))) {
        const [more, less] = [step, -step].map((change) => {
          const moved = values.map((array) => array.slice())
          const target = moved[index]
          if (target) target[position] = (data[position] ?? 0) + change
          return read(session.run('loss', { ...feed(one, moved), weights })['loss'])[0] ?? 0
        })
        const difference = ((more ?? 0) - (less ?? 0)) / (2 * step)
        const scale = Math.max(1, Math.abs(difference))
        expect(
          Math.abs((gradient[position] ?? 0) - difference) / scale,
          `input ${index}, value ${position}`,
        ).toBeLessThan(6e-3)
      }
    }
  })

  test.each(['Mean', 'Max'])('a %s that drops its axes is refused, since its gradient could not be spread', (op) => {
    const dropped = { op, inputs: [[2, 3]], constants: [scalar(1)], attributes: { Tidx: int32 } }
    expect(() => prepare(dropped)).toThrow(/keep_dims/)
  })

  test('the largest values of an axis share its gradient', () => {
    const session = prepare({
      op: 'Max',
      inputs: [[2, 4]],
      constants: [scalar(1)],
      attributes: { keep_dims: { bool: true }, Tidx: int32 },
    })
    const x: Fed = { type: 'float32', shape: [2, 4], values: Float32Array.of(3, 1, 3, 0, -2, -2, -2, -2) }
    const weights: Fed = { type: 'float32', shape: [2, 1], values: Float32Array.of(1, 8) }
    expect(read(session.run('gradients', { 0: x, weights })['0'])).toEqual([0.5, 0, 0.5, 0, 2, 2, 2, 2])
  })

  test('of two equal values the first has the gradient of their maximum', () => {
    const session = prepare({ op: 'Maximum', inputs: [[3], [3]] })
    const fed = (...values: number[]): Fed => ({ type: 'float32', shape: [3], values: Float32Array.from(values) })
    const found = session.run('gradients', { 0: fed(1, 2, 3), 1: fed(2, 2, 2), weights: fed(5, 7, 9) })
    expect([read(found['0']), read(found['1'])]).toEqual([
      [0, 7, 9],
      [5, 0, 0],
    ])
  })

  test('an operation without a rule is named', () => {
    expect(() => prepare({ op: 'Floor', inputs: [[2, 3]] })).toThrow(/Floor/)
  })

  test('every rule but those of integers and losses is in the table', () => {
    const tested = new Set(Object.values(cases).map(({ op }) => op))
    const elsewhere = ['StopGradient', 'SparseSoftmaxCrossEntropyWithLogits']
    expect([...gradientRules.keys()].filter((op) => !tested.has(op) && !elsewhere.includes(op))).toEqual([])
  })
})
