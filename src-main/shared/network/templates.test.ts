import { describe, expect, it } from 'vitest'
import { textAt } from '../messages/english'
import { english, russian } from '../messages/files'
import { cardHeight, cardWidth } from './place'
import { recipeLayers } from './recipes'
import { surfaceOf } from './surface'
import { firstTemplates, templateNames, templateNetwork, templates } from './templates'
import { totals, walk } from './walk'

// The papers' own counts where they give them, and those of well-known implementations: LeNet's of Caffe, VGG-16's and
// ResNet-18's of torchvision, MobileNet's of Keras, M5's of PyTorch's tutorial (less the 25 classes that this one does
// not have); ResNet-20's 0.27 million are 272,474 with option B.
it.each([
  ['alexnet', 60_965_224, 0],
  ['alexnet-towers', 60_965_224, 0],
  ['alexnet-one-tower', 62_378_344, 0],
  ['alexnet-mini', 1_922_442, 0],
  ['lenet', 431_080, 0],
  ['nin', 966_986, 0],
  ['vgg-16', 138_357_544, 0],
  ['resnet-20', 272_474, 1568],
  ['resnet-18', 11_689_512, 9600],
  ['mobilenet', 4_231_976, 21_888],
  ['keyword-spotting', 26_915 - 25 * 65, 384],
  // Of keyword-spotting all but its answers: two instead of ten, from 64 values and a bias each.
  ['speech-conv', 26_915 - 25 * 65 - 8 * 65, 384],
])('%s has as many weights as it is known for', (name, trainable, frozen) => {
  expect(totals(walk(templateNetwork(name)!))).toMatchObject({ trainable, frozen })
})

describe('the receptive field', () => {
  /** The sizes along one axis, each once, in the order in which they appear. */
  function sizes(name: string): number[] {
    const fields = [...walk(templateNetwork(name)!).values()].flatMap(({ field }) => field?.[0]?.size ?? [])
    return [...new Set(fields)]
  }

  it.each(['alexnet', 'alexnet-towers', 'alexnet-one-tower'])('grows along %s as along the network of 2012', (name) => {
    expect(sizes(name)).toEqual([1, 11, 19, 51, 67, 99, 131, 163, 195])
  })

  it.each([
    ['audio-window-2', [1, 2]],
    ['audio-window-3', [1, 3]],
    ['audio-two-layers', [1, 2, 3]],
    ['audio-pooling', [1, 2, 3, 5]],
    ['picture-pooling', [1, 2, 3, 5]],
  ])('of %s is %j', (name, expected) => expect(sizes(name)).toEqual(expected))
})

it('a group of neurons taken apart has as many weights as one layer', () => {
  const apart = totals(walk(templateNetwork('picture-neurons')!))
  const [, ...layers] = [...walk(templateNetwork('picture-neurons')!).values()]
  const neurons = layers.filter(({ inputs }) => inputs[0]?.length === 3 && inputs.length === 1).slice(0, 4)
  expect(neurons.map(({ weights }) => weights.trainable)).toEqual([10, 10, 10, 10])
  expect(apart.trainable).toBe(40 + (26 * 26 * 4 * 64 + 64) + (64 * 10 + 10))
})

it('two towers meet only behind the second convolution and in the dense layers', () => {
  const network = templateNetwork('alexnet-towers')!
  const meeting = network.nodes.filter(({ id }) => network.wires.filter(({ to }) => to === id).length > 1)
  const facts = walk(network)
  expect(meeting.map(({ id }) => facts.get(id)!.inputs)).toEqual([
    [
      [13, 13, 128],
      [13, 13, 128],
    ],
    [
      [6, 6, 128],
      [6, 6, 128],
    ],
    [[2048], [2048]],
    [[2048], [2048]],
  ])
})

it.each(templateNames)('the cards of %s cover none of each other', (name) => {
  const { nodes } = surfaceOf(templateNetwork(name)!)
  for (const [n, one] of nodes.entries())
    for (const other of nodes.slice(n + 1)) {
      const apart =
        Math.abs(one.position.x - other.position.x) >= cardWidth ||
        one.position.y >= other.position.y + cardHeight(other) ||
        other.position.y >= one.position.y + cardHeight(one)
      expect(apart, `${one.id} and ${other.id}`).toBe(true)
    }
})

it.each([
  ['picture-mlpconv', ['A']],
  ['nin', ['mlpconv', 'mlpconv 2', 'mlpconv 3']],
])('%s is drawn with the modules %j, each made as the recipe says', (name, names) => {
  const network = templateNetwork(name)!
  expect(network.modules!.map((module) => module.name)).toEqual(names)
  for (const { id } of network.modules!) expect(recipeLayers(network, id)).toHaveLength(3)
})

it.each(templates)('$name has its words in both languages', ({ name, group, section }) => {
  const keys = ['title', 'text', 'note', 'passage'].map((part) => `networks.${name}.${part}`)
  for (const key of [...keys, `groups.${group}`, `sections.${section}`])
    for (const tree of [english, russian]) expect(textAt(tree, `templates.${key}`), key).toBeTruthy()
})

it.each([
  [undefined, ['lenet', 'one-module', 'dense-only']],
  [
    [32, 32, 3],
    ['lenet', 'one-module', 'dense-only'],
  ],
  [
    [8000, 1],
    ['speech-conv', 'audio-pooling', 'keyword-spotting'],
  ],
  [[28, 28, 28, 1], ['volumes']],
  [[784], []],
])('the first templates for samples of %j', (shape, names) => {
  expect(firstTemplates(shape && { shape })).toEqual(names)
})
