import { expect, it } from 'vitest'
import { sampleFits } from '../data/dataset'
import { check } from './check'
import { emptyNetwork } from './document'
import { setValues } from './edit'
import { fitToData } from './fit'
import { followData } from './follow-data'
import { signature } from './signature'
import { templateNetwork } from './templates'
import { walk } from './walk'

const { mnist, speech, volumes } = sampleFits

it.each([
  ['lenet', mnist, speech, 'speech-conv'],
  ['lenet', mnist, volumes, 'volumes'],
  ['lenet', { shape: [64, 64, 3], classes: 5 }, speech, 'speech-conv'],
  ['resnet-20', undefined, speech, 'speech-conv'],
  ['speech-conv', speech, mnist, 'lenet'],
  ['volumes', volumes, speech, 'speech-conv'],
] as const)('%s that nobody has worked on gives way to a network for such samples', (name, before, data, wanted) => {
  const next = followData(templateNetwork(name, before)!, data)
  expect(signature(next)).toBe(signature(templateNetwork(wanted, data)!))
  expect(check(next, walk(next), data)).toEqual([])
})

it('keeps a network along as many axes, and fits it', () => {
  const network = templateNetwork('resnet-20', mnist)!
  const data = { shape: [48, 40, 3], classes: 7 }
  expect(followData(network, data)).toEqual(fitToData(network, data))
})

const lenet = templateNetwork('lenet', mnist)!
it.each([
  ['whose settings a person changed', setValues(lenet, lenet.nodes[1]!.id, { filters: 21 })],
  ['with a layer less', { ...lenet, nodes: lenet.nodes.slice(0, -1), wires: lenet.wires.slice(0, -1) }],
  ['that is empty', emptyNetwork],
])('keeps a network %s', (_what, network) => {
  expect(followData(network, speech)).toEqual(fitToData(network, speech))
})
