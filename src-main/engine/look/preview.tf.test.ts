import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LayerPreview } from '@shared/ipc/preview'
import { chain } from '@shared/network/chain'
import { removeWires, setValue } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { readBatch } from '../data/batches'
import { openDataset, type Dataset } from '../data/dataset'
import { makeNetworkModel } from '../model/network-model'
import { tf } from '../tf'
import { residualNetwork } from '../testing/branched'
import { appErrorOf } from '../testing/errors'
import { numberedSamples, temporaryFolder } from '../testing/idx-files'
import { preprocessing } from '../testing/networks'
import { Previews } from './preview'
import { thumbnailOf } from './thumbnail'

let folder: ReturnType<typeof temporaryFolder>
let dataset: Dataset
let previews: Previews
const goOn = new AbortController().signal

beforeEach(async () => {
  folder = temporaryFolder()
  const { images, labelFile } = numberedSamples(9, [8, 8], 3)
  const pair = { images: folder.write('images', images), labels: folder.write('labels', labelFile) }
  dataset = await openDataset({ kind: 'idx', title: 'it', train: pair, test: pair })
  previews = new Previews()
})
afterEach(async () => {
  await previews.forget()
  dataset.close()
  folder.remove()
})

/** Another way to the same: the model that trains, all layers at once. */
function expected(network: ReturnType<typeof chain>, index: number, seed: number, weightsSeed = seed): LayerPreview[] {
  const model = makeNetworkModel(network, preprocessing, { seed: weightsSeed })
  const samples = readBatch(dataset.test, Uint32Array.of(index), preprocessing)
  const outputs = model.layerOutputs(
    samples,
    network.nodes.map(({ id }) => id),
  )
  const layers = [...outputs].map(([node, output]) => {
    const last = !network.wires.some(({ from }) => from === node)
    const values = last ? model.answers(samples)[0]! : output.values
    return { node, shape: [...output.shape], ...thumbnailOf({ shape: output.shape, values }) }
  })
  model.dispose()
  return layers
}

const byNode = (layers: readonly LayerPreview[]) => [...layers].sort((one, other) => (one.node < other.node ? -1 : 1))

/** The same to half a step: probabilities are computed in two ways. */
function expectAlike(shown: readonly LayerPreview[], wanted: readonly LayerPreview[]): void {
  expect(byNode(shown).map(({ node, shape }) => [node, shape])).toEqual(
    byNode(wanted).map(({ node, shape }) => [node, shape]),
  )
  for (const [n, layer] of byNode(shown).entries()) {
    const other = byNode(wanted)[n]!
    expect(layer.low).toBeCloseTo(other.low, 5)
    expect(layer.high).toBeCloseTo(other.high, 5)
    layer.values.forEach((byte, at) => expect(Math.abs(byte - (other.values[at] ?? 0))).toBeLessThanOrEqual(1))
  }
}

describe('the outputs of a network', () => {
  it.each([0, 4])('are those of the first weights that its seed gives, for sample %i', async (index) => {
    const network = residualNetwork()
    const shown = await previews.show({ network, index, seed: 7 }, dataset, undefined, goOn)
    expect(shown).toMatchObject({ index, label: index % 3, step: 0 })
    expect(shown.layers).toHaveLength(network.nodes.length)
    expectAlike(shown.layers, expected(network, index, 7))
    const other = await previews.show({ network, index, seed: 8 }, dataset, undefined, goOn)
    expect(byNode(other.layers)[0]?.values).not.toEqual(byNode(shown.layers)[0]?.values)
  })

  it('are those of trained weights where a run has some', async () => {
    const network = residualNetwork()
    const model = makeNetworkModel(network, preprocessing, { seed: 99 })
    const trained = { stamp: 'a run', step: 12, weights: () => model.readWeights() }
    const shown = await previews.show({ network, index: 1, seed: 7 }, dataset, trained, goOn)
    model.dispose()
    expect(shown.step).toBe(12)
    expectAlike(shown.layers, expected(network, 1, 7, 99))
  })

  it('are there as far as an unfinished network goes', async () => {
    const whole = chain(
      ['input', { shape: [8, 8, 1] }],
      ['dropout'],
      ['conv2d', { filters: 2, kernel: [3, 3] }],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const cut = removeWires(
      whole,
      whole.wires.filter(({ to }) => to === 'flatten-1').map(({ id }) => id),
    )
    const { layers } = await previews.show({ network: cut, index: 0, seed: 1 }, dataset, undefined, goOn)
    expect(layers.map(({ node }) => node)).toEqual(['input-1', 'dropout-1', 'conv2d-1'])
    const pinned = setValue(whole, 'input-1', 'shape', [9, 9, 1])
    expect((await previews.show({ network: pinned, index: 0, seed: 1 }, dataset, undefined, goOn)).layers).toEqual([])
  })

  it('leave nothing behind but one set of weights, and not that when it is let go', async () => {
    const network = residualNetwork()
    const before = tf.memory().numTensors
    await previews.show({ network, index: 0, seed: 1 }, dataset, undefined, goOn)
    const once = tf.memory().numTensors
    for (const index of [1, 2]) await previews.show({ network, index, seed: 1 }, dataset, undefined, goOn)
    expect(tf.memory().numTensors).toBe(once)
    await previews.show({ network, index: 0, seed: 2 }, dataset, undefined, goOn)
    expect(tf.memory().numTensors).toBe(once)
    await previews.forget()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('previews are refused', () => {
  it('for a sample that there is not, and for what is too large', async () => {
    const ask = (network: ReturnType<typeof chain>, index: number) =>
      appErrorOf(previews.show({ network, index, seed: 1 }, dataset, undefined, goOn))
    expect(await ask(residualNetwork(), 9)).toMatchObject({ code: 'sample-unknown', params: { found: 10, count: 9 } })
    expect((await ask(templateNetwork('vgg-16')!, 0)).code).toBe('preview-too-large')
  })

  it('when nobody waits for them any more, between two layers, and the next one is answered', async () => {
    const network = residualNetwork()
    const before = tf.memory().numTensors
    const giveUp = new AbortController()
    const given = appErrorOf(previews.show({ network, index: 0, seed: 1 }, dataset, undefined, giveUp.signal))
    await new Promise((resolve) => setImmediate(resolve))
    giveUp.abort()
    expect((await given).code).toBe('cancelled')
    expect((await previews.show({ network, index: 0, seed: 1 }, dataset, undefined, goOn)).layers).toHaveLength(11)
    await previews.forget()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('where trained weights do not fit, and nothing of the attempt stays', async () => {
    const network = residualNetwork()
    const before = tf.memory().numTensors
    const trained = { stamp: 'torn', step: 1, weights: () => [] }
    await expect(previews.show({ network, index: 0, seed: 1 }, dataset, trained, goOn)).rejects.toThrow(/is missing/)
    expect(tf.memory().numTensors).toBe(before)
    expect((await previews.show({ network, index: 0, seed: 1 }, dataset, undefined, goOn)).layers).toHaveLength(11)
  })
})
