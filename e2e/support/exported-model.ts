import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './provisioned'

const ModelFile = z.object({
  modelTopology: z.object({}).loose(),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.object({}).loose()) })).length(1),
})
const Labels = z.array(z.string())
const Preparation = z.object({ divisor: z.number() })

/** What this test uses of TensorFlow.js. */
interface Tfjs {
  /** Without it, tfjs advertises its native backend on the console. */
  readonly enableProdMode: () => void
  readonly setBackend: (name: string) => Promise<boolean>
  readonly loadLayersModel: (handler: { load: () => Promise<unknown> }) => Promise<{
    predict(input: unknown): { data(): Promise<Float32Array> }
  }>
  readonly tensor: (values: number[], shape: number[]) => unknown
}

/**
 * What an exported model makes of a grey picture, by class name: opened as anyone would, from its files alone, with
 * TensorFlow.js's own JavaScript kernels and nothing of Patchwork.
 */
export async function predictWithExport(folder: string, pixels: Uint8Array): Promise<Record<string, number>> {
  const ofNode = createRequire(join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'package.json'))
  const tf = ofNode('@tensorflow/tfjs') as Tfjs
  tf.enableProdMode()
  await tf.setBackend('cpu')
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const { modelTopology, weightsManifest } = ModelFile.parse(read('model.json'))
  const [manifest] = weightsManifest
  const bytes = Buffer.concat((manifest?.paths ?? []).map((path) => readFileSync(join(folder, path))))
  const model = await tf.loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: manifest?.weights,
        weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      }),
  })
  const { divisor } = Preparation.parse(read('preprocessing.json'))
  const side = Math.sqrt(pixels.length)
  const inputs = Array.from(pixels, (value) => value / divisor)
  const probabilities = await model.predict(tf.tensor(inputs, [1, side, side, 1])).data()
  return Object.fromEntries(Labels.parse(read('labels.json')).map((name, place) => [name, probabilities[place] ?? 0]))
}
