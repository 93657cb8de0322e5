import { chain } from '@shared/network/chain'
import { emptyNetwork } from '@shared/network/document'
import { addNode, newNode } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { describe, expect, it } from 'vitest'
import { firstWithPicture, mapLayers } from './network-map'

const translate = (key: string) => key
const data = { shape: [28, 28, 1], classes: 10 }

describe('the map of a network', () => {
  it('lists the layers as a picture goes through them, and says which kernels can be shown', () => {
    const layers = mapLayers(templateNetwork('one-module', data) ?? emptyNetwork, translate)
    expect(layers.map(({ name, noPicture }) => [name, noPicture])).toEqual([
      ['layers.input.title', 'no-weights'],
      ['layers.conv2d.title', null],
      ['layers.max-pooling-2d.title', 'no-weights'],
      ['layers.flatten.title', 'no-weights'],
      ['layers.dense.title', 'flat-weights'],
    ])
    expect(layers.map(({ shape }) => shape?.join('×'))).toEqual(['28×28×1', '24×24×16', '12×12×16', '2304', '10'])
    expect(firstWithPicture(layers)).toBe(layers[1]?.id)
  })

  it('can show the kernels of layers that have one for each place', () => {
    const ends = chain(['input', { shape: [8, 8, 1] }], ['locally-connected-2d'], ['flatten'], ['dense'])
    const found = mapLayers(ends, translate).map(({ noPicture }) => noPicture)
    expect(found).toEqual(['no-weights', null, 'no-weights', 'flat-weights'])
  })

  it('numbers the layers that are called the same', () => {
    const layers = mapLayers(templateNetwork('lenet', data) ?? emptyNetwork, translate)
    const kernels = layers.filter(({ noPicture }) => noPicture === null)
    expect(kernels.map(({ name }) => name)).toEqual(['layers.conv2d.title (1)', 'layers.conv2d.title (2)'])
  })

  it.each([
    ['an empty network', emptyNetwork],
    ['a network without convolution', templateNetwork('dense-only', data) ?? emptyNetwork],
  ])('has nothing to begin with in %s', (_name, network) => {
    expect(firstWithPicture(mapLayers(network, translate))).toBeNull()
  })

  it('keeps a layer of an unknown kind, without a shape', () => {
    const node = { ...newNode(emptyNetwork, 'conv2d', { x: 0, y: 0 }), kind: 'of-the-future' }
    const [layer] = mapLayers(addNode(emptyNetwork, node), translate)
    expect(layer).toMatchObject({ name: 'of-the-future', category: null, shape: null, noPicture: 'no-weights' })
  })
})
