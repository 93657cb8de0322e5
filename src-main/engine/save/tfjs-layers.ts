import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { arithmeticOf } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { applyArithmetic } from '../data/preprocess'
import { readJson } from '../files'
import type { TrainedNetwork } from '../look/trained'
import { buildLayers } from '../model/build'
import { plainWeights } from '../model/layers/plain-weights'
import { disposeWeights, writeWeights } from '../model/weights'
import { tf, type ModelArtifacts } from '../tf'
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
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: shards.map((shard) => shard.name), weights: artifacts.weightSpecs ?? [] }],
    }
    const { classes, preprocessing } = network.record
    await writeFile(join(directory, 'model.json'), `${JSON.stringify(model)}\n`)
    for (const shard of shards) await writeFile(join(directory, shard.name), shard.bytes)
    await writeFile(join(directory, 'labels.json'), json(classes))
    await writeFile(join(directory, 'preprocessing.json'), json(describePreprocessing(preprocessing, 'outside')))
    await writeFile(join(directory, 'README.txt'), tfjsReadme(network.record, name))
  },

  async reopen(directory): Promise<Reopened> {
    const model = await tf.loadLayersModel(tf.io.fileSystem(join(directory, 'model.json')))
    const shape = (model.inputs[0]?.shape ?? []).slice(1).map((size) => size ?? 1)
    const { divisor, mean, deviation } = PreprocessingFile.parse(
      JSON.parse(await readFile(join(directory, 'preprocessing.json'), 'utf8')),
    )
    const normalization = mean && deviation ? { mean, deviation } : undefined
    return {
      predict: ({ count, values }) =>
        tf.tidy(() => {
          const prepared = applyArithmetic(values, arithmeticOf({ divisor, normalization }))
          const result = model.predict(tf.tensor(prepared, [count, ...shape], 'float32'))
          if (Array.isArray(result)) throw new Error('The model has more than one output')
          return Float32Array.from(result.dataSync())
        }),
      dispose: () => void model.dispose(),
    }
  },

  async wrote(directory) {
    const ignore = (detail: string) => new AppError('read-failed', { path: directory, detail })
    const found = await readJson(join(directory, 'model.json'), ModelFile, ignore).catch(() => undefined)
    return found?.generatedBy.startsWith(generator) ?? false
  },
}

async function toArtifacts({ record, readWeights }: TrainedNetwork, name: string): Promise<ModelArtifacts> {
  const nodes = buildLayers(record.network, { weights: { seed: record.settings.seed }, logits: false, plain: true })
  try {
    writeWeights(nodes, plainWeights(record.network, readWeights()))
    const inputs = nodes.flatMap(({ layer, output }) => (layer ? [] : [output]))
    const outputs = nodes.slice(-1).map(({ output }) => output)
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
