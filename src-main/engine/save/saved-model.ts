import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@shared/ipc/errors'
import { englishText } from '@shared/messages/english'
import { kindsWithoutLowering } from '@shared/network/compiled'
import type { NetworkDocument } from '@shared/network/document'
import { layerNames, nameText } from '@shared/network/names'
import { readJson } from '../files'
import { closeSession, loadSession, nativeTensor, readNative, releaseNative, runSession } from '../graph/native'
import { savedModelBytes } from '../graph/proto'
import type { Weight as WeightOfGraph } from '../graph/variables'
import type { Weight } from '../model/weights'
import { tf } from '../tf'
import { writeTensorBundle, type BundledTensor } from './bundle/tensor-bundle'
import { describeEnds, EndsFile, mainOutputName } from './describe-ends'
import { describePreprocessing } from './describe-preprocessing'
import type { Exporter, Reopened } from './exporter'
import { generator, json } from './folder-files'
import { savedModelGraph } from './saved-model-graph'
import { savedModelReadme } from './saved-model-readme'

const modelFile = 'saved_model.pb'
const signatureName = 'serving_default'
const variablesFolder = 'variables'

const PreprocessingFile = z.object({ generatedBy: z.string() })

/**
 * TensorFlow SavedModel: the whole way from pixels to probabilities as one graph, for TensorFlow in Python, C++, Java
 * and Go, for TensorFlow Serving and for converters.
 *
 * The weights are variables in files beside the graph, as TensorFlow itself keeps them. As constants in the graph they
 * would be copied many times over: a model of 200 MB took 12 seconds and 4 GB to answer in Python, as variables it takes
 * half a second and 0.8 GB. Nor could such a model be trained on, or be larger than protobuf's 2 GiB.
 */
export const savedModel: Exporter = {
  format: 'saved-model',

  async write({ record, readWeights }, name, directory) {
    refuseUncompiled(record.network)
    const { classes, network, preprocessing } = record
    const { nodes, signature, extras, weights } = savedModelGraph(network, preprocessing)
    const bytes = savedModelBytes({ nodes }, { [signatureName]: signature }, extras)
    await writeFile(join(directory, modelFile), bytes)
    if (weights.length > 0) {
      await mkdir(join(directory, variablesFolder))
      await writeTensorBundle(join(directory, variablesFolder, 'variables'), withValues(weights, readWeights()))
    }
    await writeFile(join(directory, 'labels.json'), json(classes))
    const ends = describeEnds(network, 'graph')
    const described = { generatedBy: generator, ...describePreprocessing(preprocessing, 'inside'), ...ends }
    await writeFile(join(directory, 'preprocessing.json'), json(described))
    await writeFile(join(directory, 'README.txt'), savedModelReadme(record, name))
  },

  async reopen(directory): Promise<Reopened> {
    const { input, outputs, shape } = await readSignature(directory)
    const session = loadSession(directory)
    return {
      answers({ count, values }) {
        const fed = nativeTensor('float32', [count, ...shape], Float32Array.from(values))
        try {
          return runSession(session, [fed], [input], [...outputs]).map((result) => {
            const answer = Float32Array.from(readNative(result))
            releaseNative(result)
            return answer
          })
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

function withValues(wanted: readonly WeightOfGraph[], given: readonly Weight[]): BundledTensor[] {
  const values = new Map(given.map((weight) => [`${weight.node}/${weight.name}`, weight.values]))
  return wanted.map(({ name, shape }) => {
    const own = values.get(name)
    if (!own) throw new Error(`${name} is missing`)
    return { name, shape, values: own }
  })
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

/** What the signature stands for: operations by name, and the sizes of one sample. */
interface Called {
  readonly input: string
  /** The main one first. */
  readonly outputs: readonly string[]
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
  const names = await outputNames(directory)
  const outputs = names.flatMap((name) => signature?.outputs[name]?.name ?? [])
  if (!input || outputs.length < names.length) throw new Error(`The model has no signature ${signatureName}`)
  const [, ...shape] = Sizes.parse(input.shape).map((size) => size.getSize())
  return { input: input.name, outputs, shape }
}

async function outputNames(directory: string): Promise<string[]> {
  const text = await readFile(join(directory, 'preprocessing.json'), 'utf8')
  return EndsFile.parse(JSON.parse(text)).outputs?.map(({ name }) => name) ?? [mainOutputName]
}
