import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { LayerKind } from '@shared/layers/define'
import { layerKinds } from '@shared/layers/registry'
import { sizeOf, type Shape } from '@shared/layers/shape'
import type { NetworkDocument, NetworkNode } from '@shared/network/document'
import { check } from '@shared/network/check'
import { totals, walk } from '@shared/network/walk'
import type { Batch } from '../data/batches'
import type { TrainedNetwork } from '../look/trained'
import { seededRandom } from '../random'
import { tf } from '../tf'
import { temporaryFolder } from '../testing/idx-files'
import { settings, smallNetwork } from '../testing/networks'
import { askOracle, oracleMissing } from '../testing/oracle'
import { finishedRun } from '../testing/run-record'
import { tiedNetworks } from '../testing/tied'
import { makeCompiledStepper } from '../train/compiled-stepper'
import { writeTensorBundle } from './bundle/tensor-bundle'
import { exportNetwork } from './export'

const classes = ['a', 'b', 'c']
const folder = temporaryFolder()
afterAll(() => folder.remove())

/** Larger examples show nothing that smaller ones do not. */
const largestInput = 60_000

/** A network around one layer of a kind: its inputs are all the network's input, and a dense layer reads it. */
function aroundExample(kind: LayerKind, values: NetworkNode['values'], shape: Shape, wires: number): NetworkDocument {
  const input = [...layerKinds.values()].find((one) => one.inputs.max === 0 && one.fit?.({}, shape))
  const nodes = [
    { kind: input?.kind ?? '', values: input?.fit?.({}, shape) ?? {} },
    { kind: kind.kind, values },
    { kind: 'flatten', values: {} },
    { kind: 'dense', values: { units: classes.length, activation: 'softmax' } },
  ].map((node, n) => ({ id: `n${n}`, name: '', position: { x: 0, y: n }, ...node }))
  const into = Array.from({ length: wires }, (_, input) => ({ id: `w${input}`, from: 'n0', to: 'n1', input }))
  const rest = [1, 2].map((n) => ({ id: `v${n}`, from: `n${n}`, to: `n${n + 1}`, input: 0 }))
  return { nodes, wires: [...into, ...rest] }
}

const examples = [...layerKinds.values()].flatMap((kind) =>
  kind.examples.flatMap(({ values, inputs, out }, n) => {
    const [shape] = inputs
    if (!shape || typeof out === 'string' || sizeOf(shape) > largestInput) return []
    // What has no compiled form is refused (a test of its own).
    if (kind.inputs.max > 0 && !kind.lower) return []
    // A row of values is no input of its own: the layers around the others' examples read rows. Several inputs are all
    // the network's one.
    if (
      shape.length === 1 ||
      !kind.outShape(
        values,
        inputs.map(() => shape),
      ).ok
    )
      return []
    return [{ title: `${kind.kind} ${n + 1}`, network: aroundExample(kind, values, shape, inputs.length), shape }]
  }),
)
const tied = Object.entries(tiedNetworks).map(([title, one]) => ({ title, ...one }))
const cases = [{ title: 'a small network', network: smallNetwork(), shape: [8, 8, 1] }, ...tied, ...examples]

/** A picture's lines need a picture file and a library that reads it; the others begin with zeros. */
const readmeRuns = (shape: Shape) => shape.length !== 3

interface Made {
  readonly folder: string
  readonly samples: Batch
  readonly expected: Float32Array
  readonly maxDifference: number
  /** The class that the network gives a sample of zeros. */
  readonly guessOfZeros: string
}

function randomBatch(count: number, shape: Shape, seed: number): Batch {
  const random = seededRandom(seed)
  const values = Uint8Array.from({ length: count * sizeOf(shape) }, () => random.below(256))
  return { count, values, labels: Int32Array.from({ length: count }, () => random.below(classes.length)) }
}

/** Trains a network for some steps and exports it. */
async function make(network: NetworkDocument, shape: Shape, name: string): Promise<Made> {
  const preprocessing = { shape: [...shape], divisor: 255 }
  const stepper = makeCompiledStepper(network, settings({ seed: 4 }), preprocessing, 'float32')
  try {
    for (let n = 0; n < 3; n++) stepper.step(randomBatch(8, shape, n))
    const trained: TrainedNetwork = {
      record: finishedRun({ network, classes, preprocessing }),
      step: 3,
      predict: (samples) => stepper.predict(samples),
      answers: (samples) => stepper.answers(samples),
      listWeights: () => stepper.listWeights(),
      readWeights: (node) => stepper.readWeights(node),
    }
    const target = join(folder.path, name)
    const report = await exportNetwork(trained, undefined, { format: 'saved-model', target, name })
    const samples = randomBatch(4, shape, 99)
    const expected = stepper.predict(samples)
    const ofZeros = stepper.predict({ count: 1, values: new Uint8Array(sizeOf(shape)) })
    const guessOfZeros = classes[ofZeros.indexOf(Math.max(...ofZeros))]!
    return { folder: target, samples, expected, maxDifference: report.proof.maxDifference, guessOfZeros }
  } finally {
    stepper.dispose()
  }
}

const Tensors = z.object({ type: z.string(), shape: z.array(z.int().nullable()) })
const Answer = z.object({
  tensorflow: z.number().array(),
  keras: z.number().array(),
  one: z.number().array(),
  readme: z.string().nullable(),
  input: Tensors.extend({ name: z.string() }),
  output: Tensors,
  weights: z.object({ trainable: z.int(), frozen: z.int() }),
  gradients: z.boolean(),
})
const BundleTensor = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.int().array(),
  values: z.number().array(),
})

const tensor = (name: string, shape: number[]) => {
  return { name, shape, values: Float32Array.from({ length: sizeOf(shape) }, (_, n) => Math.sin(n + name.length)) }
}
/** Checkpoints at the edges of the format. */
const bundles = [
  [tensor('scalar', []), tensor('empty', [0, 3]), tensor('kernel', [3, 3, 1, 4])],
  // An index of several varint sizes, in an order of bytes that is not the one given.
  Array.from({ length: 500 }, (_, n) => tensor(`layer-${499 - n}/gewicht-Ω-${'x'.repeat(n % 150)}`, [n % 7, 1])),
  // Offsets and sizes of more than two bytes.
  [tensor('b', [300, 200]), tensor('a', [100, 257]), tensor('c', [1])],
]

const made: Made[] = []
let answers: z.output<typeof Answer>[] = []
let readBundles: z.output<typeof BundleTensor>[][] = []
beforeAll(async () => {
  for (const [n, { network, shape }] of cases.entries()) made.push(await make(network, shape, `model ${n}`))
  if (oracleMissing) return
  const questions = made.map(({ folder, samples }, n) => {
    const { shape } = cases[n]!
    return { folder, shape: [samples.count, ...shape], values: [...samples.values], readme: readmeRuns(shape) }
  })
  const prefixes = bundles.map((_tensors, n) => join(folder.path, `bundle-${n}`))
  for (const [n, tensors] of bundles.entries()) await writeTensorBundle(prefixes[n]!, tensors)
  const All = z.object({ models: Answer.array(), bundles: BundleTensor.array().array() })
  const answer = await askOracle('saved_models.py', { models: questions, bundles: prefixes }, All)
  answers = answer.models
  readBundles = answer.bundles
}, 300_000)

function weightsOf(network: NetworkDocument) {
  const { trainable, frozen } = totals(walk(network))
  return { trainable, frozen }
}

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length)
  return Math.max(...Array.from(one, (value, at) => Math.abs(value - other[at]!)))
}

describe('an exported SavedModel', () => {
  it('was tried with every kind of layer that can be compiled', () => {
    const tried = new Set(cases.flatMap(({ network }) => network.nodes.map(({ kind }) => kind)))
    const compiled = [...layerKinds.values()].filter(({ inputs, lower }) => inputs.max === 0 || lower)
    expect(compiled.map(({ kind }) => kind).filter((kind) => !tried.has(kind))).toEqual([])
    for (const { network, shape } of cases) {
      expect(check(network, walk(network), { shape, classes: classes.length })).toEqual([])
    }
  })

  it.each(cases.map(({ title }, n) => ({ title, n })))('$title: opened again, it computed the same', ({ n }) => {
    expect(made[n]!.maxDifference).toBeLessThan(1e-6)
  })

  it.skipIf(oracleMissing).each(cases.map(({ title, shape }, n) => ({ title, shape, n })))(
    '$title: TensorFlow and Keras in Python compute the same',
    ({ n, shape }) => {
      const { expected } = made[n]!
      const { tensorflow, keras, one, input, output } = answers[n]!
      expect(largestDifference(tensorflow, expected)).toBeLessThan(1e-6)
      expect(largestDifference(keras, expected)).toBeLessThan(1e-6)
      expect(largestDifference(one, expected.subarray(0, classes.length))).toBeLessThan(1e-6)
      expect(input).toEqual({ name: 'inputs', type: 'float32', shape: [null, ...shape] })
      expect(output).toEqual({ type: 'float32', shape: [null, classes.length] })
    },
  )

  it.skipIf(oracleMissing).each(cases.map(({ title, network }, n) => ({ title, network, n })))(
    '$title: its weights are variables in Python, and can be trained on',
    ({ network, n }) => {
      expect(answers[n]).toMatchObject({ weights: weightsOf(network), gradients: true })
    },
  )

  it.skipIf(oracleMissing)('is fed in Python by the lines in its README', () => {
    const ran = answers.filter(({ readme }) => readme !== null)
    expect(ran.length).toBeGreaterThan(0)
    for (const [n, { readme }] of answers.entries()) {
      if (readme !== null) expect(readme).toBe(made[n]!.guessOfZeros)
    }
  })

  it('is opened by tfjs-node', async () => {
    const { folder, samples, expected } = made[0]!
    const [graph, ...others] = await tf.node.getMetaGraphsFromSavedModel(folder)
    expect([graph?.tags, Object.keys(graph!.signatureDefs), others]).toEqual([['serve'], ['serving_default'], []])
    const model = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default')
    const input = tf.tensor(samples.values, [samples.count, 8, 8, 1], 'float32')
    const output = model.predict(input)
    if (!(output instanceof tf.Tensor)) throw new Error('One tensor was expected')
    expect(largestDifference(output.dataSync(), expected)).toBeLessThan(1e-6)
    output.dispose()
    input.dispose()
    model.dispose()
  })
})

describe.skipIf(oracleMissing)('a tensor bundle', () => {
  it.each(bundles.map((tensors, n) => ({ count: tensors.length, n })))(
    'of $count tensors is read by TensorFlow',
    ({ n }) => {
      const wanted = bundles[n]!.map(({ name, shape, values }) => ({
        name,
        type: 'float32',
        shape,
        values: [...values],
      }))
      const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1)
      expect([...readBundles[n]!].sort(byName)).toEqual(wanted.sort(byName))
    },
  )
})
