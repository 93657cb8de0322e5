import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainingMemory } from '@shared/network/memory'
import { templateNetwork } from '@shared/network/templates'
import { totals, walk } from '@shared/network/walk'
import type { SpeedRequest } from '@shared/training/speed'
import { forkEngine, provideEngineBundle } from '../testing/engine-bundle'

type Way = Pick<SpeedRequest, 'batchSize' | 'path' | 'precision'>

/** The most memory that an engine of its own held while it trained a network, in bytes; as Linux tells it. */
async function peak(template: string, way: Way): Promise<number> {
  const { child, client, ended } = forkEngine()
  try {
    await client.measureSpeed({ network: templateNetwork(template)!, steps: 8, ...way })
    const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) * 1024
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

describe.runIf(process.platform === 'linux')('the memory that training is said to take', () => {
  let program = 0
  beforeAll(async () => {
    provideEngineBundle()
    program = await peak('one-module', { batchSize: 1, path: 'compiled', precision: 'float32' })
  }, 600_000)

  it.each<[string, Way]>([
    ['lenet', { batchSize: 4096, path: 'compiled', precision: 'float32' }],
    ['resnet-20', { batchSize: 256, path: 'compiled', precision: 'float32' }],
    ['resnet-20', { batchSize: 256, path: 'compiled', precision: 'bfloat16' }],
    ['resnet-20', { batchSize: 128, path: 'eager', precision: 'float32' }],
    ['mobilenet', { batchSize: 16, path: 'compiled', precision: 'float32' }],
    ['alexnet-towers', { batchSize: 1, path: 'compiled', precision: 'float32' }],
  ])('is what %s takes, to a half: %j', async (template, way) => {
    const said = trainingMemory(totals(walk(templateNetwork(template)!)), way)
    const measured = (await peak(template, way)) - program
    expect(measured / said).toBeGreaterThan(0.6)
    expect(measured / said).toBeLessThan(1.5)
  })
})
