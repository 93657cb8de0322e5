import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'
import { englishText } from '@shared/messages/english'
import { kindsWithoutLowering } from '@shared/network/compiled'
import type { NetworkDocument } from '@shared/network/document'
import { layerNames, nameText } from '@shared/network/names'
import { readJson } from '../files'
import { closeSession, loadSession, nativeTensor, readNative, releaseNative, runSession } from '../graph/native'
import { savedModelBytes } from '../graph/proto'
import type { WeightPlace } from '../model/weights'
import { tf } from '../tf'
import { describePreprocessing } from './describe-preprocessing'
import type { Exporter, Reopened } from './exporter'
import { generator, json } from './folder-files'
import { savedModelGraph } from './saved-model-graph'
import { savedModelReadme } from './saved-model-readme'

const modelFile = 'saved_model.pb'
const signatureName = 'serving_default'

/**
 * A protobuf message holds at most 2 GiB. The graph without its weights stays far below what is kept back for it.
 */
const largestWeights = 2 ** 31 - 2 ** 24

const PreprocessingFile = z.object({ generatedBy: z.string() })

/**
 * TensorFlow SavedModel: the whole way from pixels to probabilities as one graph, for TensorFlow in Python, C++, Java
 * and Go, for TensorFlow Serving and for converters.
 *
 * The weights stand in the graph as constants, not as variables beside it: such a model is one file that is whole or
 * damaged, loads without a restore step, and is folded and laid out for the processor at once. What variables would
 * give, training on in TensorFlow, needs Keras's layers and not a bare graph; and the limit of 2 GiB lies far above what
 * is trained here.
 */
export const savedModel: Exporter = {
  format: 'saved-model',

  async write({ record, listWeights, readWeights }, name, directory) {
    refuseUncompiled(record.network)
    refuseTooLarge(listWeights())
    const { classes, network, preprocessing } = record
    const { nodes, signature } = savedModelGraph(network, preprocessing, classes.length, readWeights())
    await writeFile(join(directory, modelFile), savedModelBytes({ nodes }, { [signatureName]: signature }))
    await writeFile(join(directory, 'labels.json'), json(classes))
    const described = { generatedBy: generator, ...describePreprocessing(preprocessing, 'inside') }
    await writeFile(join(directory, 'preprocessing.json'), json(described))
    await writeFile(join(directory, 'README.txt'), savedModelReadme(record, name))
  },

  async reopen(directory): Promise<Reopened> {
    const { input, output, shape } = await readSignature(directory)
    const session = loadSession(directory)
    return {
      predict({ count, values }) {
        const fed = nativeTensor('float32', [count, ...shape], Float32Array.from(values))
        try {
          const [result] = runSession(session, [fed], [input], [output])
          if (!result) throw new Error('The model gave nothing')
          const probabilities = Float32Array.from(readNative(result))
          releaseNative(result)
          return probabilities
        } finally {
          releaseNative(fed)
        }
      },
      dispose: () => closeSession(session),
    }
  },

  async wrote(directory) {
    const ignore = (detail: string) => new AppError('read-failed', { path: directory, detail })
    const hasModel = await access(join(directory, modelFile)).then(
      () => true,
      () => false,
    )
    if (!hasModel) return false
    const found = await readJson(join(directory, 'preprocessing.json'), PreprocessingFile, ignore).catch(
      () => undefined,
    )
    return found?.generatedBy === generator
  },
}

function refuseUncompiled(network: NetworkDocument): void {
  const kinds = kindsWithoutLowering(network)
  if (kinds.length === 0) return
  const names = layerNames(network, englishText)
  const layers = network.nodes.flatMap(({ id, kind }) => {
    const name = names.get(id)
    return name && kinds.includes(kind) ? [nameText(name)] : []
  })
  throw new AppError('export-not-compilable', { layers: layers.join(', ') })
}

function refuseTooLarge(weights: readonly WeightPlace[]): void {
  const bytes = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0) * Float32Array.BYTES_PER_ELEMENT
  if (bytes <= largestWeights) return
  throw new AppError('export-too-large', { size: (bytes / 2 ** 30).toFixed(1), limit: 2 })
}

/** What the signature stands for: operations by name, and the sizes of one sample. */
interface Called {
  readonly input: string
  readonly output: string
  readonly shape: readonly number[]
}

/** tfjs types sizes as numbers and gives protobuf's messages. */
const Sizes = z.array(
  z.custom<{ getSize(): number }>((value) => z.object({ getSize: z.unknown() }).safeParse(value).success),
)

async function readSignature(directory: string): Promise<Called> {
  const [graph] = await tf.node.getMetaGraphsFromSavedModel(directory)
  const signature = graph?.signatureDefs[signatureName]
  const input = signature?.inputs['inputs']
  const output = signature?.outputs['probabilities']
  if (!input || !output) throw new Error(`The model has no signature ${signatureName}`)
  const [, ...shape] = Sizes.parse(input.shape).map((size) => size.getSize())
  return { input: input.name, output: output.name, shape }
}
