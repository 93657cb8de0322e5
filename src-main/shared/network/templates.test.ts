import { expect, it } from 'vitest'
import { cardHeight, cardWidth } from './place'
import { templateNames, templateNetwork } from './templates'
import { totals, walk } from './walk'

// The articles' own counts where they give them (LeNet as in Caffe; NiN's is well known); ResNet-20's 0.27 million are
// 272,474 with option B.
it.each([
  ['lenet', 431_080, 0],
  ['resnet-20', 272_474, 1568],
  ['nin', 966_986, 0],
  ['alexnet-mini', 1_922_442, 0],
])('%s has as many weights as it is known for', (name, trainable, frozen) => {
  expect(totals(walk(templateNetwork(name)!))).toMatchObject({ trainable, frozen })
})

it.each(templateNames)('the cards of %s cover none of each other', (name) => {
  const { nodes } = templateNetwork(name)!
  for (const [n, one] of nodes.entries())
    for (const other of nodes.slice(n + 1)) {
      const apart =
        Math.abs(one.position.x - other.position.x) >= cardWidth ||
        one.position.y >= other.position.y + cardHeight(other) ||
        other.position.y >= one.position.y + cardHeight(one)
      expect(apart, `${one.id} and ${other.id}`).toBe(true)
    }
})
