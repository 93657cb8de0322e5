import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterEach, describe, expect, it } from 'vitest'
import { codeText } from '@shared/network/code/code-text'
import { tfjsMakers } from '@shared/network/code/tfjs-form'
import { tfjsCode } from '@shared/network/code/typescript'
import { englishText } from '@shared/messages/english'
import { readNetwork } from '@shared/network/read/read-network'
import { buildLayers } from '../model/build'
import { weightBringers } from '../model/weights'
import { codeExamples, essence, inputRange, isSmall } from '../testing/code-examples'
import { tf, type LayersModel } from '../tf'

const examples = codeExamples().map((example) => ({
  ...example,
  code: codeText(tfjsCode(example.network, englishText)),
}))

function run(code: string): LayersModel {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const exports: { model?: LayersModel } = {}
  new Function('require', 'exports', outputText)(() => tf, exports)
  return exports.model!
}

afterEach(() => void tf.disposeVariables())

it('knows the makers of layers that tfjs has', () => {
  expect(tfjsMakers.filter((maker) => !(maker in tf.layers))).toEqual([])
})

it('is TypeScript without errors', () => {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const files = new Map(examples.map(({ code }, at) => [`${root}generated-${at}.ts`, code]))
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path)
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path)
  host.getSourceFile = (path, target, ...others) => {
    const code = files.get(path)
    return code === undefined
      ? getSourceFile.call(host, path, target, ...others)
      : ts.createSourceFile(path, code, target)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const complaints = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file?.text.slice(0, start).split('\n').length ?? 0
    return `${file?.text.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  expect([...new Set(complaints)]).toEqual([])
})

describe('the network in TypeScript', () => {
  it.each(examples)(
    '$title: tfjs runs it, and gives the same shape and as many weights',
    ({ code, shape, others = [], weights }) => {
      const model = run(code)
      expect(model.outputs.map((output) => output.shape.slice(1))).toEqual([shape, ...others])
      expect(model.countParams()).toBe(weights)
    },
  )

  it.each(examples)("$title: tfjs's JSON of it is read as the same network", ({ network, code }) => {
    const read = readNetwork(JSON.stringify(run(code).toJSON(undefined, false)))
    expect(read).toMatchObject({ ok: true, left: [] })
    expect(read.ok && essence(read.network)).toEqual(essence(network))
  })

  it.each(examples.filter(isSmall))("$title: it answers as Patchwork's own network does", ({ network, code }) => {
    const nodes = buildLayers(network, { weights: { seed: 3 }, logits: false })
    const inputs = nodes.flatMap(({ layer, output }) => (layer ? [] : [output]))
    const own = tf.model({ inputs, outputs: nodes.at(-1)!.output })
    const model = run(code)
    // A model of tfjs's has the weights that are trained in front of all others.
    const bringers = weightBringers(nodes).flatMap(({ layer }) => layer ?? [])
    const weights = [
      ...bringers.flatMap((layer) => layer.trainableWeights),
      ...bringers.flatMap((layer) => layer.nonTrainableWeights),
    ]
    model.setWeights(weights.map((weight) => weight.read()))
    tf.tidy(() => {
      const batch = inputs.map(({ shape }, at) =>
        tf.randomUniform([2, ...shape.slice(1).map(Number)], ...inputRange(network), 'float32', at + 1),
      )
      const [expected, found] = [own.predict(batch), model.predict(batch)].map((result) =>
        Array.isArray(result) ? result[0]! : result,
      )
      expect(found!.shape).toEqual(expected!.shape)
      expect(tf.max(tf.abs(tf.sub(expected!, found!))).dataSync()[0]).toBeLessThan(1e-4)
    })
  })
})
