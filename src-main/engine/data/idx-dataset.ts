import { basename } from 'node:path'
import type { DatasetSource, IdxPair } from '@shared/data/dataset'
import { storedParts } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { range } from '../random'
import { checkPair, checkShapes, type Pair } from './idx-pair'
import { setTestAside } from './part'
import { preprocessingFor } from './preprocess'
import { elementSize, openIdx, readElements, unpackShared, type IdxFile } from './readers/idx'
import { recognizeFiles } from './recognize'
import { installed, sampleSet } from './sample-sets'
import { fileStore, memoryStore, type SampleStore } from './store/sample-store'
import type { OpenSource, SampleNames, SampleTable } from './table'

type IdxSource = Exclude<DatasetSource, { kind: 'stored' }>

/** Opens IDX files, one's own or those of a sample set; the caller closes them. */
export async function openIdxSource(source: IdxSource): Promise<OpenSource> {
  const { title, classes, train, test } = await locate(source)
  const trainPair = await openPair(train)
  const testPair = test ? await openPair(test) : undefined
  checkShapes(trainPair, testPair)
  const names = classes ?? numberedClasses(trainPair.values)
  checkLabels(trainPair, names.length)
  if (testPair) checkLabels(testPair, names.length)

  const pairs = [trainPair, ...(testPair ? [testPair] : [])]
  const stores = await openStores(pairs)
  const close = () => stores.forEach((store) => store.close())
  try {
    return {
      source,
      title,
      classes: names,
      preprocessing: preprocessingFor(trainPair.images.shape),
      ownTest: testPair !== undefined,
      table: tableOf(pairs, stores, names.length),
      hold: async () => void (await Promise.all(stores.map((store) => store.hold()))),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

interface Place {
  readonly title: string
  readonly classes: readonly string[] | undefined
  readonly train: IdxPair
  readonly test: IdxPair | null
}

async function locate(source: IdxSource): Promise<Place> {
  if (source.kind === 'idx') return { ...source, classes: undefined }
  const set = sampleSet(source.id)
  const found = 'directory' in set ? await recognizeFiles([installed(set, set.directory)]) : undefined
  if (!found || !('classes' in set) || found.kind !== 'idx')
    throw new AppError('sample-set-missing', { title: set.title })
  return { title: set.title, classes: set.classes, train: found.train, test: found.test }
}

type OpenPair = Pair & { readonly values: Uint8Array }

async function openPair(paths: IdxPair): Promise<OpenPair> {
  const pair = checkPair({ images: await openIdx(paths.images), labels: await openIdx(paths.labels) })
  return { ...pair, values: await readElements(pair.labels) }
}

function numberedClasses(labels: Uint8Array): string[] {
  const highest = labels.reduce((most, label) => Math.max(most, label), 0)
  return Array.from({ length: highest + 1 }, (_, index) => String(index))
}

function checkLabels({ labels, values }: OpenPair, classCount: number): void {
  const position = values.findIndex((label) => label >= classCount)
  if (position < 0) return
  const params = { file: labels.file.path, position, found: values[position] ?? 0, highest: classCount - 1 }
  throw new AppError('label-out-of-range', params)
}

/** Opens the pictures of all pairs, or of none. */
async function openStores(pairs: readonly OpenPair[]): Promise<SampleStore[]> {
  const stores: SampleStore[] = []
  try {
    for (const { images } of pairs) stores.push(await idxStore(images))
    return stores
  } catch (error) {
    for (const store of stores) store.close()
    throw error
  }
}

/** The pictures of an IDX file. A packed one cannot be read by position, so it is unpacked into memory at once. */
async function idxStore(idx: IdxFile): Promise<SampleStore> {
  const rowBytes = elementSize(idx)
  const { path, packed } = idx.file
  if (!packed) return fileStore({ path, offset: idx.offset, rowBytes, count: idx.count })
  return memoryStore(await unpackShared(idx), rowBytes)
}

/** The rows of the training pair, then those of the test pair; without one, some are set aside for the test. */
function tableOf(pairs: readonly OpenPair[], stores: readonly SampleStore[], classCount: number): SampleTable {
  const [train, test] = pairs
  if (!train) throw new RangeError('A data set has a training part')
  const labels = new Uint8Array(pairs.reduce((sum, { values }) => sum + values.length, 0))
  labels.set(train.values)
  if (test) labels.set(test.values, train.values.length)
  const parts = new Uint8Array(labels.length).fill(storedParts.indexOf('train'))
  const testRows = test
    ? range(test.values.length).map((n) => train.values.length + n)
    : setTestAside(labels, range(labels.length), classCount, train.images.file.path).test
  for (const row of testRows) parts[row] = storedParts.indexOf('test')
  return { count: labels.length, labels, parts, flags: undefined, stores, names: idxNames(pairs) }
}

/** Samples of an IDX file are told by the file and their number in it. */
function idxNames(pairs: readonly OpenPair[]): SampleNames {
  const [train, test] = pairs.map(({ images }) => ({ file: basename(images.file.path), count: images.count }))
  const nameOf = (row: number): [string, number] =>
    train && row < train.count ? [train.file, row] : [test?.file ?? '', row - (train?.count ?? 0)]
  return {
    at: (rows) => Promise.resolve(Array.from(rows, nameOf)),
    each(visit) {
      for (let row = 0; row < (train?.count ?? 0) + (test?.count ?? 0); row++) visit(nameOf(row), row)
      return Promise.resolve()
    },
  }
}
