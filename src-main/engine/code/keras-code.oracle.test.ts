import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codeText } from '@shared/network/code/code-text'
import { kerasCode } from '@shared/network/code/python'
import { englishText } from '@shared/messages/english'
import { readNetwork } from '@shared/network/read/read-network'
import type { NetworkDocument } from '@shared/network/document'
import { buildLayers } from '../model/build'
import { weightBringers } from '../model/weights'
import { codeExamples, essence, inputRange, isSmall } from '../testing/code-examples'
import { askOracle, oracleMissing } from '../testing/oracle'
import { tf, type Tensor } from '../tf'

const Answer = z.union([
  z.object({
    shapes: z.array(z.array(z.int().nullable())),
    weights: z.int(),
    json: z.string(),
    outputs: z.array(z.number()).nullable(),
  }),
  z.object({ refused: z.string() }),
])

const examples = codeExamples().map((example) => ({
  ...example,
  code: codeText(kerasCode(example.network, englishText)),
  trial: isSmall(example) ? tryOut(example.network) : null,
}))
let answers: z.output<typeof Answer>[] = []

beforeAll(async () => {
  const questions = examples.map(({ code, trial }) => ({ code, trial: trial && { ...trial, outputs: undefined } }))
  if (!oracleMissing) answers = await askOracle('keras_code.py', questions, Answer.array())
}, 300_000)

/** Numbers of a tensor as JSON carries them. */
function plain(tensor: Tensor) {
  return { shape: tensor.shape, values: [...tensor.dataSync()] }
}

/** What Patchwork's own network answers, with its weights and the inputs. */
function tryOut(network: NetworkDocument) {
  return tf.tidy(() => {
    const nodes = buildLayers(network, { weights: { seed: 3 }, logits: false })
    const ends = nodes.flatMap(({ layer, output }) => (layer ? [] : [output]))
    const model = tf.model({ inputs: ends, outputs: nodes.at(-1)!.output })
    const inputs = ends.map(({ shape }, at) =>
      tf.randomUniform([2, ...shape.slice(1).map(Number)], ...inputRange(network), 'float32', at + 1),
    )
    const answer = model.predict(inputs)
    const weights = weightBringers(nodes)
      .flatMap(({ layer }) => layer?.getWeights() ?? [])
      .map(plain)
    const [output] = Array.isArray(answer) ? answer : [answer]
    return { weights, inputs: inputs.map(plain), outputs: plain(output!).values }
  })
}

describe.skipIf(oracleMissing)('the network in Python', () => {
  it.each(examples.map((example, at) => ({ ...example, at })))(
    '$title: Keras runs it, gives the same shape and as many weights, and its JSON is read as the same network',
    ({ network, shape, others = [], weights, code, at }) => {
      const answer = answers[at]!
      if ('refused' in answer) throw new Error(`Keras refuses it: ${answer.refused}\n${code}`)
      expect(answer).toMatchObject({ shapes: [shape, ...others], weights })
      const read = readNetwork(answer.json)
      expect(read).toMatchObject({ ok: true, left: [] })
      expect(read.ok && essence(read.network)).toEqual(essence(network))
    },
  )

  const tried = examples.flatMap(({ title, trial }, at) => (trial ? [{ title, trial, at }] : []))
  it.each(tried)("$title: with Patchwork's weights Keras answers as Patchwork does", ({ trial, at }) => {
    const answer = answers[at]!
    const found = 'outputs' in answer ? answer.outputs! : []
    expect(found).toHaveLength(trial.outputs.length)
    const differences = trial.outputs.map((value, n) => Math.abs(value - found[n]!))
    expect(differences.reduce((most, one) => Math.max(most, one), 0)).toBeLessThan(1e-4)
  })
})
