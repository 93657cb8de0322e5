import { expect, it } from 'vitest'
import { emptyNetwork } from '@shared/network/document'
import { chain } from '@shared/network/chain'
import { appErrorOf } from '../testing/errors'
import { smallNetwork } from '../testing/networks'
import { tf } from '../tf'
import { measureSpeed } from './speed'

const request = { network: smallNetwork(), batchSize: 4, steps: 3, path: 'compiled', precision: 'float32' } as const

it.each([
  { path: 'compiled', precision: 'float32' },
  { path: 'compiled', precision: 'bfloat16' },
  { path: 'eager', precision: 'float32' },
] as const)('the speed of training is measured, $path in $precision, and nothing stays', async (how) => {
  const before = [tf.memory().numTensors, tf.node.getNumOfSavedModels()]
  const { samplesPerSecond, millisecondsPerStep, waitingShare, memory } = await measureSpeed({ ...request, ...how })
  expect(samplesPerSecond).toBeGreaterThan(0)
  expect(millisecondsPerStep).toBeGreaterThan(0)
  expect(waitingShare).toBeLessThan(1)
  expect(memory).toBeGreaterThan(1e6)
  expect([tf.memory().numTensors, tf.node.getNumOfSavedModels()]).toEqual(before)
})

it.each([
  ['no network', emptyNetwork],
  ['a network without an end', chain(['input', { shape: [8, 8, 1] }], ['conv2d'])],
])('of %s is refused', async (_what, network) => {
  expect((await appErrorOf(measureSpeed({ ...request, network }))).code).toBe('network-invalid')
})
