import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TrainedNetwork } from '../look/trained'
import { plainWeights } from '../model/layers/plain-weights'
import { makeNetworkModel, type NetworkModel } from '../model/network-model'
import type { Weight } from '../model/weights'
import { tf } from '../tf'
import { temporaryFolder } from '../testing/idx-files'
import { easyBatch } from '../testing/networks'
import { finishedRun } from '../testing/run-record'
import { windowNetworks, type WindowNetwork } from '../testing/windows'
import { exportNetwork } from './export'

let folder: ReturnType<typeof temporaryFolder>
let model: NetworkModel | undefined
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  model?.dispose()
  model = undefined
  folder.remove()
})

function trained({ network, shape }: WindowNetwork): TrainedNetwork {
  const preprocessing = { shape, divisor: 255 }
  model = makeNetworkModel(network, preprocessing, { seed: 3 })
  const { answers, listWeights, readWeights } = model
  const record = finishedRun({ network, classes: ['a', 'b', 'c'], preprocessing })
  return { record, step: 10, predict: (samples) => answers(samples)[0]!, answers, listWeights, readWeights }
}

describe.each(Object.entries(windowNetworks))('an exported LayersModel of %s', (_name, one) => {
  it('has classes that any tfjs knows, and computes what the network computes', async () => {
    const network = trained(one)
    const target = join(folder.path, 'it')
    const { proof } = await exportNetwork(network, undefined, { format: 'tfjs-layers', target, name: 'it' })
    expect(proof.maxDifference).toBeLessThan(1e-5)
    const { modelTopology } = JSON.parse(readFileSync(join(target, 'model.json'), 'utf8'))
    expect(JSON.stringify(modelTopology)).not.toMatch(/General|GlobalPooling|Volume|groups/)
    const loaded = await tf.loadLayersModel(tf.io.fileSystem(join(target, 'model.json')))
    const batch = easyBatch(6, 5, one.shape)
    const output = tf.tidy(() => loaded.predict(tf.div(tf.tensor(batch.values, [6, ...one.shape]), 255)))
    if (Array.isArray(output)) throw new Error('One output was expected')
    expect([...output.dataSync()]).toEqual([...network.predict(batch)].map((value) => expect.closeTo(value, 5)))
    output.dispose()
    loaded.dispose()
  })
})

describe('a kernel in groups', () => {
  const { network } = windowNetworks['a picture in groups']!
  const nodes = network.nodes.filter(({ values }) => values['groups'] !== undefined)

  it('becomes one of all channels, zero where a filter does not see a channel', () => {
    // Two groups: filters 1 and 2 see channels 1 and 2, filters 3 and 4 see channels 3 and 4; one tap.
    const node = { ...nodes[0]!, values: { ...nodes[0]!.values, groups: 2 } }
    const kernel: Weight = {
      node: node.id,
      name: 'kernel',
      shape: [1, 1, 2, 4],
      values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    }
    const bias: Weight = { node: node.id, name: 'bias', shape: [4], values: Float32Array.of(1, 2, 3, 4) }
    const found = plainWeights({ nodes: [node], wires: [] }, [kernel, bias])
    expect(found).toEqual([
      {
        ...kernel,
        shape: [1, 1, 4, 4],
        values: Float32Array.of(1, 2, 0, 0, 5, 6, 0, 0, 0, 0, 3, 4, 0, 0, 7, 8),
      },
      bias,
    ])
  })

  it('has as many weights that are not zero as before', () => {
    const own = trained(windowNetworks['a volume']!).readWeights()
    const plain = plainWeights(windowNetworks['a volume']!.network, own)
    const sum = (weights: readonly Weight[]) =>
      weights.reduce((total, { values }) => total + values.reduce((part, value) => part + Math.abs(value), 0), 0)
    expect(sum(plain)).toBeCloseTo(sum(own), 4)
    expect(plain.some(({ values }, n) => values.length > own[n]!.values.length)).toBe(true)
  })
})
