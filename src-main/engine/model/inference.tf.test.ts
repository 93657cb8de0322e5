import { describe, expect, it } from 'vitest'
import { easyBatch, preprocessing, smallNetwork } from '../testing/networks'
import { tf } from '../tf'
import { openInference } from './inference'
import { makeNetworkModel } from './network-model'

describe('inference through a compiled graph', () => {
  it('gives what every layer puts out as the eager network does, from one pass, and only what is wanted', () => {
    const network = smallNetwork()
    const model = makeNetworkModel(network, preprocessing, { seed: 2 })
    const compiled = openInference(network, preprocessing, model.readWeights())
    const ids = network.nodes.map(({ id }) => id)
    const batch = easyBatch(7, 1)
    const [expected, found] = [model.layerOutputs(batch, ids), compiled.layerOutputs(batch, ids)]
    expect([...found.keys()]).toEqual(ids)
    for (const [id, { shape, values }] of expected) {
      expect(found.get(id)?.shape).toEqual(shape)
      expect(values.length).toBe(7 * shape.reduce((product, size) => product * size, 1))
      expect([...(found.get(id)?.values ?? [])]).toEqual([...values].map((value) => expect.closeTo(value, 4)))
    }
    expect([...compiled.layerOutputs(batch, ids.slice(1, 2)).keys()]).toEqual(ids.slice(1, 2))
    expect(compiled.layerOutputs(batch, ['none']).size).toBe(0)
    const probabilities = [...compiled.predict(batch)]
    expect(probabilities).toEqual([...model.answers(batch)[0]!].map((value) => expect.closeTo(value, 5)))
    compiled.dispose()
    model.dispose()
  })

  it('names the weight that is missing or does not fit, and keeps nothing open', () => {
    const model = makeNetworkModel(smallNetwork(), preprocessing, { seed: 2 })
    const weights = model.readWeights()
    model.dispose()
    const sessions = tf.node.getNumOfSavedModels()
    expect(() => openInference(smallNetwork(), preprocessing, weights.slice(1))).toThrow('conv2d-1/kernel is missing')
    const cut = weights.map((weight) => ({ ...weight, shape: [1, ...weight.shape] }))
    expect(() => openInference(smallNetwork(), preprocessing, cut)).toThrow(/conv2d-1\/kernel has the shape/)
    expect(tf.node.getNumOfSavedModels()).toBe(sessions)
  })
})
