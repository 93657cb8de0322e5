import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { arithmeticOf } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { ChannelRange } from '@shared/layers/define'
import { sizeOf } from '@shared/layers/shape'
import { outputsOf } from '@shared/network/outputs'
import { keepNetwork } from '@shared/network/read/kept'
import { applyArithmetic } from '../data/preprocess'
import { readJson } from '../files'
import type { TrainedNetwork } from '../look/trained'
import { buildLayers } from '../model/build'
import { plainWeights } from '../model/layers/plain-weights'
import { takenChannels } from '../model/network-model'
import { disposeWeights, writeWeights } from '../model/weights'
import { tf, type ModelArtifacts } from '../tf'
import { describeEnds, EndsFile, type DescribedInput } from './describe-ends'
import { describePreprocessing } from './describe-preprocessing'
import type { Exporter, Reopened } from './exporter'
import { generator, json } from './folder-files'
import { tfjsReadme } from './tfjs-readme'

/** tfjs's own size of a piece of the weights, which browsers and servers can cache. */
const shardBytes = 4 * 2 ** 20

const ModelFile = z.object({ generatedBy: z.string() })
const PreprocessingFile = z.object({
  divisor: z.number(),
  mean: z.array(z.number()).optional(),
  deviation: z.array(z.number()).optional(),
  inputs: EndsFile.shape.inputs,
})

/**
 * TensorFlow.js LayersModel: `model.json` with the layers as plain Keras classes, the weights in pieces beside it, and
 * the class names and the preprocessing for those who feed it. `tf.loadLayersModel` opens it without Patchwork.
 */
export const tfjsLayers: Exporter = {
  format: 'tfjs-layers',

  async write(network, name, directory) {
    const artifacts = await toArtifacts(network, name)
    const shards = cut(artifacts)
    const model = {
      format: 'layers-model',
      generatedBy: `${generator} (TensorFlow.js ${tf.version['tfjs-layers']})`,
      convertedBy: null,
      userDefinedMetadata: keepNetwork(network.record.network, artifacts.modelTopology),
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: shards.map((shard) => shard.name), weights: artifacts.weightSpecs ?? [] }],
    }
    const { classes, preprocessing, network: layers } = network.record
    const described = {
      ...describePreprocessing(preprocessing, 'outside'),
      ...describeEnds(layers, 'layers'),
    }
    await writeFile(join(directory, 'model.json'), `${JSON.stringify(model)}\n`)
    for (const shard of shards) await writeFile(join(directory, shard.name), shard.bytes)
    await writeFile(join(directory, 'labels.json'), json(classes))
    await writeFile(join(directory, 'preprocessing.json'), json(described))
    await writeFile(join(directory, 'README.txt'), tfjsReadme(network.record, name))
  },

  async reopen(directory): Promise<Reopened> {
    const model = await tf.loadLayersModel(tf.io.fileSystem(join(directory, 'model.json')))
    const { divisor, mean, deviation, inputs } = PreprocessingFile.parse(
      JSON.parse(await readFile(join(directory, 'preprocessing.json'), 'utf8')),
    )
    const normalization = mean && deviation ? { mean, deviation } : undefined
    return {
      answers: ({ count, values }) =>
        tf.tidy(() => {
          const places = (model.inputs[0]?.shape ?? []).slice(1, -1).map((size) => size ?? 1)
          const channels = values.length / (count * sizeOf(places))
          const prepared = applyArithmetic(values, arithmeticOf({ divisor, normalization }))
          const samples = tf.tensor(prepared, [count, ...places, channels], 'float32')
          // Copies: what comes in may be freed before the other inputs have read it.
          const fed = model.inputs.map((_input, n) => takenChannels(samples, rangeOf(inputs?.[n])).clone())
          const results = model.predict(fed)
          return [results].flat().map((result) => Float32Array.from(result.dataSync()))
        }),
      // Not the model as a whole: a layer that it calls several times would stay.
      dispose: () => model.weights.forEach((weight) => weight.dispose()),
    }
  },

  async wrote(directory) {
    const ignore = (detail: string) => new AppError('read-failed', { path: directory, detail })
    const found = await readJson(join(directory, 'model.json'), ModelFile, ignore).catch(() => undefined)
    return found?.generatedBy.startsWith(generator) ?? false
  },
}

function rangeOf(input: DescribedInput | undefined): ChannelRange | undefined {
  return input?.channels && { first: input.channels.first - 1, count: input.shape.at(-1) ?? 1 }
}

async function toArtifacts({ record, readWeights }: TrainedNetwork, name: string): Promise<ModelArtifacts> {
  const nodes = buildLayers(record.network, { weights: { seed: record.settings.seed }, logits: false, plain: true })
  try {
    writeWeights(nodes, plainWeights(record.network, readWeights()))
    const inputs = nodes.flatMap(({ layer, output }) => (layer ? [] : [output]))
    const built = new Map(nodes.map(({ id, output }) => [id, output]))
    const outputs = outputsOf(record.network).flatMap(({ id }) => built.get(id) ?? [])
    const model = tf.model({ inputs, outputs, name: name.replace(/[^\w.-]+/g, '-') || 'network' })
    let artifacts: ModelArtifacts | undefined
    const keep = tf.io.withSaveHandler(async (saved) => {
      artifacts = saved
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
    })
    await model.save(keep)
    if (!artifacts) throw new Error('tfjs gave nothing to save')
    return artifacts
  } finally {
    disposeWeights(nodes)
  }
}

function cut({ weightData }: ModelArtifacts): { name: string; bytes: Uint8Array }[] {
  const parts = weightData === undefined ? [] : Array.isArray(weightData) ? weightData : [weightData]
  const bytes = Buffer.concat(parts.map((part) => new Uint8Array(part)))
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes))
  return Array.from({ length: count }, (_, n) => ({
    name: `group1-shard${n + 1}of${count}.bin`,
    bytes: bytes.subarray(n * shardBytes, (n + 1) * shardBytes),
  }))
}
