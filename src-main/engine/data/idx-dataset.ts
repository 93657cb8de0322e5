import type { DatasetSource, IdxPair } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { range } from '../random'
import type { Dataset } from './dataset'
import { checkPair, checkShapes, type Pair } from './idx-pair'
import { countsOf, makePart, setTestAside, type DatasetPart } from './part'
import { preprocessingFor } from './preprocess'
import { elementSize, openIdx, readElements, unpackShared, type IdxFile } from './readers/idx'
import { recognizeFiles } from './recognize'
import { installed, sampleSet } from './sample-sets'
import { fileStore, memoryStore, type SampleStore } from './store/sample-store'

type IdxSource = Exclude<DatasetSource, { kind: 'stored' }>

/** Opens a data set of IDX files, one's own or those of a sample set; the caller closes it. */
export async function openIdxDataset(source: IdxSource): Promise<Dataset> {
  const { title, classes, train, test } = await locate(source)
  const trainPair = await openPair(train)
  const testPair = test ? await openPair(test) : undefined
  checkShapes(trainPair, testPair)
  const names = classes ?? numberedClasses(trainPair.values)
  checkLabels(trainPair, names.length)
  if (testPair) checkLabels(testPair, names.length)

  const stores = await openStores([trainPair, ...(testPair ? [testPair] : [])])
  const close = () => stores.forEach((store) => store.close())
  try {
    const parts = makeParts(trainPair, testPair, stores, names.length)
    const counts = { train: countsOf(parts.train), test: countsOf(parts.test) }
    return {
      ...parts,
      preprocessing: preprocessingFor(trainPair.images.shape),
      summary: {
        source,
        title,
        shape: [...trainPair.images.shape],
        classes: [...names],
        counts,
        ownTest: testPair !== undefined,
        majorityShare: Math.max(...counts.test) / parts.test.count,
      },
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

function makeParts(
  train: OpenPair,
  test: OpenPair | undefined,
  [trainStore, testStore]: readonly SampleStore[],
  classCount: number,
): { train: DatasetPart; test: DatasetPart } {
  if (!trainStore) throw new RangeError('A data set has a training part')
  if (test && testStore) {
    return {
      train: makePart(train.values, trainStore, range(train.values.length), classCount),
      test: makePart(test.values, testStore, range(test.values.length), classCount),
    }
  }
  const rows = setTestAside(train.values, range(train.values.length), classCount, train.images.file.path)
  return {
    train: makePart(train.values, trainStore, rows.train, classCount),
    test: makePart(train.values, trainStore, rows.test, classCount),
  }
}
