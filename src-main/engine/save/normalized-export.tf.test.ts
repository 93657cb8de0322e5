import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { branches, chain } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import type { TrainedNetwork } from '../look/trained'
import { tf } from '../tf'
import { arrangedNetworks, noisyNetworks } from '../testing/arranged'
import { residualNetwork } from '../testing/branched'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { easyBatch, settings } from '../testing/networks'
import { recurrentNetworks } from '../testing/recurrent'
import { tiedEagerNetworks, tiedNetworks, tiedNoisyNetworks } from '../testing/tied'
import { finishedRun } from '../testing/run-record'
import { makeEagerStepper } from '../train/eager-stepper'
import type { Stepper } from '../train/stepper'
import { exportNetwork } from './export'

let folder: ReturnType<typeof temporaryFolder>
let steppers: Stepper[]
beforeEach(() => {
  folder = temporaryFolder()
  steppers = []
})
afterEach(() => {
  for (const stepper of steppers) stepper.dispose()
  folder.remove()
})

/** A network after some steps, so that running means and variances are not those of the beginning. */
function trained(network: NetworkDocument, shape: number[]): TrainedNetwork {
  const preprocessing = { shape, divisor: 255 }
  const stepper = makeEagerStepper(network, settings(), preprocessing)
  steppers.push(stepper)
  for (let n = 0; n < 5; n++) stepper.step(easyBatch(16, n, shape))
  const classes = ['a', 'b', 'c']
  return { ...stepper, record: finishedRun({ network, classes, preprocessing }), step: 5 }
}

const order = (target: string) => ({ format: 'tfjs-layers' as const, target, name: 'it' })
const head = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const
const normalization = ['batch-normalization', { momentum: 0.5 }] as const

const networks: Record<string, [NetworkDocument, number[]]> = {
  'a residual block': [residualNetwork(), [8, 8, 1]],
  'normalized rows': [
    chain(['input', { shape: [4, 4, 1] }], ['flatten'], ['dense', { units: 5 }], normalization, [
      'dense',
      { units: 3, activation: 'softmax' },
    ]),
    [4, 4, 1],
  ],
  'normalized sequences': [chain(['sequence-input', { shape: [12, 2] }], normalization, ...head), [12, 2]],
  'normalized volumes': [chain(['volume-input', { shape: [3, 4, 5, 2] }], normalization, ...head), [3, 4, 5, 2]],
  'joined channels': [
    branches(
      ['input', { shape: [6, 6, 1] }, { mark: 'in' }],
      ['conv2d', { filters: 2, kernel: [1, 1] }, { mark: 'one' }],
      ['concatenate', {}, { from: ['one', 'in'] }],
      ...head,
    ),
    [6, 6, 1],
  ],
}

const more = {
  ...arrangedNetworks,
  ...noisyNetworks,
  ...recurrentNetworks,
  ...tiedNetworks,
  ...tiedEagerNetworks,
  ...tiedNoisyNetworks,
}
const arranged = Object.entries(more).map(([name, { network, shape }]): [string, [NetworkDocument, number[]]] => [
  name,
  [network, shape],
])

it.each([...Object.entries(networks), ...arranged])(
  'an exported LayersModel of %s computes the same',
  async (_name, [network, shape]) => {
    const before = tf.memory().numTensors
    const own = trained(network, shape)
    const target = join(folder.path, 'it')
    const { proof } = await exportNetwork(own, undefined, order(target))
    expect(proof.maxDifference).toBeLessThan(1e-5)
    const model = await tf.loadLayersModel(tf.io.fileSystem(join(target, 'model.json')))
    expect(JSON.stringify(model.toJSON(null, false))).not.toMatch(/Fused|Seeded|Changed|Scaled|Channel/)
    for (const weight of model.weights) weight.dispose()
    for (const stepper of steppers.splice(0)) stepper.dispose()
    expect(tf.memory().numTensors).toBe(before)
  },
)

it('a layer that TensorFlow.js does not have is named, and nothing is written', async () => {
  const network = chain(
    ['input', { shape: [6, 6, 1] }],
    ['conv2d', { filters: 4 }],
    ['local-response-normalization'],
    ...head,
  )
  const error = await appErrorOf(exportNetwork(trained(network, [6, 6, 1]), undefined, order(join(folder.path, 'it'))))
  const layer = { key: 'layers.local-response-normalization.title', params: {} }
  expect(error).toMatchObject({ code: 'layer-not-exportable', params: { layer } })
  expect(error.message).toMatch(/^Response norm\. cannot/)
  expect(readdirSync(folder.path)).toEqual([])
})
