import ts from 'typescript'
import { expect, it } from 'vitest'
import { englishText } from '@shared/messages/english'
import { codeText } from '@shared/network/code/code-text'
import { tfjsCode } from '@shared/network/code/typescript'
import { inputNodes, outputsOf } from '@shared/network/outputs'
import { walk } from '@shared/network/walk'
import { takenChannels } from '../model/network-model'
import { easyBatch } from '../testing/networks'
import { networksOfSeveralEnds } from '../testing/several-ends'
import { tf, type LayersModel } from '../tf'

function run(code: string): LayersModel {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const exports: { model?: LayersModel } = {}
  new Function('require', 'exports', outputText)(() => tf, exports)
  return exports.model!
}

/** The mean of −log of the right class's probability, or of the squared error, by the book. */
function lossOf(loss: 'classes' | 'sample', answer: readonly number[], labels: Int32Array, sample: readonly number[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  if (loss === 'sample') return mean(answer.map((value, at) => (value - sample[at]!) ** 2))
  return mean([...labels].map((label, n) => -Math.log(answer[3 * n + label]!)))
}

it.each(Object.entries(networksOfSeveralEnds))(
  'the TypeScript of %s trains by the losses of its outputs, each times its weight',
  async (_title, { network, shape }) => {
    const model = run(codeText(tfjsCode(network, englishText)))
    const batch = easyBatch(9, 4, shape)
    const takes = inputNodes(walk(network)).map(({ node, kind }) => kind?.takes?.(node.values))
    const outputs = outputsOf(network)
    const samples = tf.tidy(() => tf.div(tf.tensor(batch.values, [batch.count, ...shape]), 255))
    const classes = tf.tidy(() => tf.oneHot(tf.tensor1d(batch.labels, 'int32'), 3))
    const inputs = takes.map((range) => tf.tidy(() => takenChannels(samples, range).clone()))
    const { answers, penalty } = tf.tidy(() => ({
      answers: [model.predict(inputs)].flat().map((answer) => [...answer.dataSync()]),
      penalty: model.calculateLosses().reduce((sum, one) => sum + one.dataSync()[0]!, 0),
    }))
    const losses = outputs.map(({ loss, weight }, n) => {
      return weight * lossOf(loss, answers[n]!, batch.labels, [...samples.dataSync()])
    })
    const wanted = outputs.map(({ loss }) => (loss === 'classes' ? classes : samples))
    const [whole] = [await model.trainOnBatch(inputs, wanted)].flat()
    const expected = losses.reduce((sum, loss) => sum + loss, penalty)
    expect(whole).toBeCloseTo(expected, 4)
    tf.dispose([samples, classes, inputs])
    model.dispose()
  },
)
