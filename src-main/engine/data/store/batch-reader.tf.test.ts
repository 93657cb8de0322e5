import { truncateSync, unlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { augmentationKinds, initialStep } from '@shared/augmentation/registry'
import type { Preprocessing } from '@shared/data/preprocessing'
import { noAugmentation } from '@shared/training/augmentation'
import { range, seededRandom } from '../../random'
import { appErrorOf } from '../../testing/errors'
import { temporaryFolder } from '../../testing/idx-files'
import { planAugmentation } from '../augment/plan'
import { directBatches, epochBatches, pieces, type Batch, type BatchSource } from '../batches'
import { makePart, type DatasetPart } from '../part'
import { BatchReader } from './batch-reader'
import { fileStore, memoryStore, type SampleStore } from './sample-store'

// These run with the engine's tests, and so on every Node that the engine runs on.

const [count, size] = [1000, 48]
const bytesShape: Preprocessing = { shape: [4, 4, 3], divisor: 255 }
const floatShape: Preprocessing = { shape: [4, 3], divisor: 1, floats: { low: -1, high: 1 } }

let folder: ReturnType<typeof temporaryFolder>
let reader: BatchReader
let store: SampleStore | undefined
beforeEach(() => {
  folder = temporaryFolder()
  reader = new BatchReader(0)
})
afterEach(async () => {
  await reader.close()
  store?.close()
  store = undefined
  folder.remove()
})

const random = seededRandom(7)
/** Any bytes but those of NaN, which compares to nothing. */
const bytes = Uint8Array.from({ length: count * size }, (_, at) =>
  at % 4 === 3 ? random.below(64) : random.below(256),
)
const labels = Uint8Array.from({ length: count }, (_, n) => (n * 7) % 10)

function partOf(made: SampleStore, rows = range(count)): DatasetPart {
  store = made
  return makePart(labels, made, rows, 10)
}

function inFile(): SampleStore {
  const path = folder.write('samples', Buffer.concat([Buffer.alloc(16), bytes]))
  return fileStore({ path, offset: 16, rowBytes: size, count })
}

function inMemory(): SampleStore {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return memoryStore(buffer, size)
}

async function all(source: BatchSource, part: DatasetPart, order: Iterable<Uint32Array>, how = bytesShape) {
  const batches: { values: number[]; labels: number[] }[] = []
  for await (const { values, labels } of source.read(part, order, how)) {
    batches.push({ values: [...values], labels: [...labels] })
  }
  return batches
}

describe.each([
  ['in a file', inFile],
  ['in memory', inMemory],
])('samples %s', (_where, make) => {
  it.each([
    ['bytes', bytesShape],
    ['floats', floatShape],
  ])('come in the given order with the values of direct reading: %s', async (_what, how) => {
    const part = partOf(
      make(),
      range(count).filter((row) => row % 3 !== 0),
    )
    for (const epoch of [1, 2]) {
      const order = () => epochBatches(range(part.count), 64, 5, epoch)
      expect(await all(reader, part, order(), how)).toEqual(await all(directBatches, part, order(), how))
    }
    const inOrder = () => pieces(range(part.count), 100)
    expect(await all(reader, part, inOrder(), how)).toEqual(await all(directBatches, part, inOrder(), how))
  })

  it('come though batches are large, single, or none', async () => {
    const part = partOf(make())
    for (const size of [1, 999, 1000, 5000]) {
      const order = () => pieces(range(count), size)
      expect(await all(reader, part, order())).toEqual(await all(directBatches, part, order()))
    }
    expect(await all(reader, part, [])).toEqual([])
  })
})

describe('augmented samples', () => {
  const kinds = ['rotation', 'noise', 'mixup'] as const
  const augmentation = { ...noAugmentation, steps: kinds.map((kind) => initialStep(augmentationKinds.get(kind)!)) }

  it.each([
    ['bytes', bytesShape, 1],
    ['bytes', bytesShape, 4],
    ['floats', floatShape, 3],
  ])('come with the values, labels and shares of direct reading: %s', async (_what, how, threads) => {
    const plan = planAugmentation(augmentation, how, 3)!
    const part = partOf(inMemory(), range(count).reverse())
    const order = () => epochBatches(range(count), 96, 5, 2)
    const many = new BatchReader(undefined, threads)
    try {
      const found: Batch[] = []
      for await (const batch of many.read(part, order(), how, { plan, epoch: 2 })) {
        found.push({ ...batch, values: batch.values.slice() })
      }
      const expected: Batch[] = []
      for await (const batch of directBatches.read(part, order(), how, { plan, epoch: 2 })) expected.push(batch)
      expect(found).toEqual(expected)
      expect(found[0]?.mixed?.labels).toEqual(Int32Array.of(...found[0]!.labels.subarray(1), found[0]!.labels[0]!))
    } finally {
      await many.close()
    }
  })
})

describe('reading ahead', () => {
  /** Positions one by one, telling how many were taken. */
  function counted(): { order: Iterable<Uint32Array>; taken: () => number } {
    let taken = 0
    function* give() {
      for (const piece of pieces(range(count), 10)) {
        taken += 1
        yield piece
      }
    }
    return { order: give(), taken: () => taken }
  }

  it('keeps three batches ready beside the one in use, and no more', async () => {
    const { order, taken } = counted()
    const batches = reader.read(partOf(inFile()), order, bytesShape)
    for (const used of [1, 2, 3]) {
      await batches.next()
      expect(taken()).toBe(used + 3)
      // However long the step takes.
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(taken()).toBe(used + 3)
    }
    await batches.return()
  })

  it('has the next batch ready when a step of a few milliseconds ends', async () => {
    const batches = reader.read(partOf(inFile()), pieces(range(count), 10), bytesShape)
    await batches.next()
    await new Promise((resolve) => setTimeout(resolve, 50))
    let waited = false
    const immediate = new Promise<void>((resolve) => setImmediate(() => resolve())).then(() => (waited = true))
    await batches.next()
    expect(waited).toBe(false)
    await immediate
    await batches.return()
  })

  it('can be left at any time, and the next pass is whole', async () => {
    const part = partOf(inFile())
    for (const leaveAfter of [1, 2, 5, 99]) {
      let n = 0
      for await (const batch of reader.read(part, pieces(range(count), 10), bytesShape)) {
        expect(batch.count).toBe(10)
        if (++n === leaveAfter) break
      }
    }
    const order = () => pieces(range(count), 128)
    expect(await all(reader, part, order())).toEqual(await all(directBatches, part, order()))
  })

  it('serves two passes at once', async () => {
    const part = partOf(inFile())
    const order = (seed: number) => epochBatches(range(count), 32, seed, 1)
    const [one, other] = await Promise.all([all(reader, part, order(1)), all(reader, part, order(2))])
    expect(one).toEqual(await all(directBatches, part, order(1)))
    expect(other).toEqual(await all(directBatches, part, order(2)))
  })

  it('goes on where a file was removed, whose content stays as long as it is open', async () => {
    const part = partOf(inFile())
    const order = () => pieces(range(count), 100)
    const expected = await all(directBatches, part, order())
    if (process.platform !== 'win32') unlinkSync(`${folder.path}/samples`)
    expect(await all(reader, part, order())).toEqual(expected)
  })

  it('fails with one clear error where the file was cut meanwhile, and reads on elsewhere', async () => {
    const part = partOf(inFile())
    truncateSync(`${folder.path}/samples`, 16 + 500 * size)
    const got: Batch[] = []
    const reading = async () => {
      for await (const batch of reader.read(part, pieces(range(count), 100), bytesShape)) got.push(batch)
    }
    const error = await appErrorOf(reading())
    expect(error).toMatchObject({ code: 'file-changed', params: { file: `${folder.path}/samples` } })
    expect(got).toHaveLength(5)
    const before = () => pieces(range(500), 100)
    expect(await all(reader, part, before())).toEqual(await all(directBatches, part, before()))
  })

  it('fails where a position is out of range', async () => {
    const error = await appErrorOf(all(reader, partOf(inFile()), [Uint32Array.of(1, count)]))
    expect(error).toMatchObject({ code: 'unexpected', params: { detail: expect.stringContaining(`of ${count}`) } })
  })
})

describe('the thread', () => {
  it('is not made for little that is in memory, which comes all the same', async () => {
    const workers = () => process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length
    const before = workers()
    const usual = new BatchReader()
    const part = partOf(inMemory())
    const order = () => pieces(range(count), 100)
    expect(await all(usual, part, order())).toEqual(await all(directBatches, part, order()))
    expect(workers()).toBe(before)
    await usual.close()
  })

  it('ends with its reader: who waits is told, and who comes later', async () => {
    const part = partOf(inFile())
    const batches = reader.read(part, pieces(range(count), 10), bytesShape)
    const waiting = appErrorOf(batches.next())
    await reader.close()
    expect((await waiting).code).toBe('cancelled')
    expect((await appErrorOf(all(reader, part, pieces(range(count), 10)))).code).toBe('cancelled')
  })

  it('leaves nothing behind that keeps the process alive', async () => {
    const ports = () => process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length
    await reader.close()
    const before = ports()
    const readers = [new BatchReader(0), new BatchReader(0)]
    for (const one of readers) await all(one, partOf(inMemory()), pieces(range(count), 100))
    expect(ports()).toBeGreaterThan(before)
    for (const one of readers) await one.close()
    expect(ports()).toBe(before)
  })
})
