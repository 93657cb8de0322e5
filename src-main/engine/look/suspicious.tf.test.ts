import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSource } from '@shared/data/dataset'
import { connect, type Connection } from '@shared/ipc/client'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { portPair } from '@shared/ipc/port'
import { chain } from '@shared/network/chain'
import { seededRandom } from '../random'
import { serveEngine } from '../serve'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { mnistExcerpt } from '../testing/mnist-excerpt'
import { settings } from '../testing/networks'

const [train, test, flips] = [4000, 400, 200]

let folder: ReturnType<typeof temporaryFolder>
let connection: Connection<EngineContract>
let server: ReturnType<typeof serveEngine>
let source: Extract<DatasetSource, { kind: 'idx' }>
/** The rows whose labels are wrong, and the right ones. */
const right = new Map<number, number>()
const directory = () => join(folder.path, 'run')

/** Gives 5 % of the training digits, chosen by a seed, another label. */
function flipLabels(path: string): void {
  const bytes = readFileSync(path)
  const random = seededRandom(1)
  while (right.size < flips) {
    const row = random.below(train)
    if (right.has(row)) continue
    const label = bytes[8 + row] ?? 0
    right.set(row, label)
    bytes[8 + row] = (label + 1 + random.below(9)) % 10
  }
  writeFileSync(path, bytes)
}

beforeAll(async () => {
  folder = temporaryFolder()
  const excerpt = mnistExcerpt(folder, { train, test })
  if (excerpt.kind !== 'idx') throw new Error('MNIST comes in IDX files')
  source = excerpt
  flipLabels(source.train.labels)
  const [here, there] = portPair()
  server = serveEngine(there)
  connection = connect(engine, here)
  const ended = new Promise((resolve) => {
    connection.on('runChanged', (record) => record.endedAt !== null && resolve(record))
  })
  const network = chain(
    ['input', { shape: [28, 28, 1] }],
    ['conv2d', { filters: 8, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  )
  await connection.client.startRun({
    id: 'run-1',
    number: 1,
    directory: directory(),
    network,
    dataset: source,
    settings: settings({ epochs: 3, batchSize: 64, optimizer: { kind: 'adam', values: { learningRate: 0.003 } } }),
  })
  await ended
})
afterAll(() => {
  server.stop()
  folder.remove()
})

const find = (own: Partial<Parameters<typeof connection.client.findSuspicious>[0]> = {}) =>
  connection.client.findSuspicious({ id: 'one', directory: directory(), source, test: false, most: 10_000, ...own })

describe('labels that a network doubts', () => {
  it('are the wrong ones, with what they should be', async () => {
    const told: number[] = []
    connection.on('suspiciousProgress', ({ done, total }) => told.push(done / total))
    const { rows, guesses, given, confidence, looked, found, step } = await find()
    expect({ looked, found, step }).toEqual({ looked: train, found: rows.length, step: 171 })
    expect(told.at(-1)).toBe(1)
    expect([...confidence]).toEqual([...confidence].sort((one, other) => one - other))
    const first = [...rows.subarray(0, flips)]
    const hits = first.filter((row) => right.has(row))
    const corrected = hits.filter((row) => guesses[rows.indexOf(row)] === right.get(row))
    expect(hits.length / flips).toBeGreaterThan(0.7)
    expect(corrected.length / hits.length).toBeGreaterThan(0.8)
    const labels = readFileSync(source.train.labels).subarray(8)
    expect([...given]).toEqual([...rows].map((row) => labels[row]))
  })

  it('are told up to a number, and of the test part only when asked for', async () => {
    const all = await find()
    expect([...(await find({ most: 5 })).rows]).toEqual([...all.rows.subarray(0, 5)])
    expect((await find({ most: 5 })).found).toBe(all.found)
    expect(all.rows.every((row) => row < train)).toBe(true)
    const withTest = await find({ test: true })
    expect(withTest.looked).toBe(train + test)
    const inTest = [...withTest.rows].filter((row) => row >= train)
    expect(inTest.length).toBe(withTest.found - all.found)
    expect(inTest.length).toBeGreaterThan(0)
  })

  it('cannot be told of data of another shape, and not once nobody waits', async () => {
    const other = folder.write(
      'other',
      Buffer.from([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, ...Array(8).fill(1)]),
    )
    const labels = folder.write('other-labels', Buffer.from([0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]))
    const small: DatasetSource = { ...source, train: { images: other, labels }, test: { images: other, labels } }
    expect((await appErrorOf(find({ source: small }))).code).toBe('suspicious-shape')
    const given = new AbortController()
    const asked = connection.client.findSuspicious(
      { id: 'two', directory: directory(), source, test: false, most: 1 },
      { signal: given.signal },
    )
    given.abort()
    expect((await appErrorOf(asked)).code).toBe('cancelled')
  })
})
